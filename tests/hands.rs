//! Work that is shared among several hands comes to what one hand makes of it, byte for byte.

use std::convert::Infallible;
use std::path::Path;
use std::thread;

use prm::Memory;
use prm::compile::analyze;
use prm::emit::output::formats;
use prm::hands::{Hands, One, share};
use prm::package::{Anew, standard_names};

use crate::cases;
use crate::support::Project;

/// So many hands, which take the last parts first, all at once.
struct Crowd(usize);

impl Hands for Crowd {
    fn parts(&self, _: usize) -> usize {
        self.0
    }

    fn share(&self, parts: usize, work: &(dyn Fn(usize) + Sync)) {
        thread::scope(|scope| (0..parts).rev().for_each(|part| drop(scope.spawn(move || work(part)))));
    }
}

#[test]
fn each_thing_is_worked_on_once_and_in_its_place() {
    for (things, parts) in [(0, 3), (1, 3), (7, 3), (3, 7), (10, 1), (64, 64)] {
        let ranges = share(&Crowd(parts), things, parts, |range| range);
        assert!(ranges.len() <= parts && ranges.iter().all(|range| !range.is_empty()), "{things} in {parts}");
        assert_eq!(ranges.into_iter().flatten().collect::<Vec<_>>(), (0..things).collect::<Vec<_>>());
    }
}

/// What a compilation comes to: its files in their order, what it says and what it prints.
fn told(project: &Project, hands: &dyn Hands) -> String {
    let (files, formats, parser) = (Memory(project.files().clone()), formats(), &mut Anew(hands));
    let Ok(analysis) = analyze::<Infallible>(&files, project.path(), &formats, parser, &|_, _| true, &|| Ok(()));
    let compilation = analysis.compilation;
    let files: Vec<String> = compilation.sources.iter().map(|(_, source)| source.display()).collect();
    let mut json = Vec::new();
    if let Some(checked) = compilation.checked() {
        prm::write_json(&checked, &mut json).unwrap();
    }
    format!("{files:?}\n{:#?}\n{}", compilation.diagnostics, String::from_utf8(json).unwrap())
}

#[test]
fn several_hands_make_what_one_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = standard_names().into_iter().map(|name| Project::read(&root.join("stdlib").join(name)));
    let mut shared = 0;
    for project in cases::all().iter().map(cases::Case::project).chain(library) {
        shared += usize::from(project.files().len() > 3);
        assert_eq!(told(&project, &Crowd(5)), told(&project, &One), "{}", project.path());
    }
    assert!(shared > 10, "hardly a package has several files");
}
