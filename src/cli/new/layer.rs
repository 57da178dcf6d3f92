//! A package that extends another: a model, and examples that are right.
//!
//! The examples name elements of the base. Each is compiled before it is written; one that would not be right with this
//! base is left out, and another element is tried.

use std::collections::BTreeMap;
use std::io;

use crate::compile::Compilation;
use crate::coverage::Status;
use crate::diagnostic::Severity;
use crate::model::{Model, Outcome, Process, Program, ReqKind, RequirementId, Strength};
use crate::source::{self, Files, join};
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::{self, Entry, Fault, Statement, Text};

/// How many elements of the base are tried for one example.
const TRIES: usize = 40;

/// A base, as the layer names it.
pub struct Base {
    /// The name of its package.
    pub package: String,
    /// The id of its model.
    pub model: String,
    /// The line of the manifest that says where it is, unless it comes with the compiler.
    pub dependency: Option<String>,
}

/// The files of a layer, by their names in its folder.
pub fn files(disk: &dyn Files, folder: &str, name: &str, base: &Base) -> Result<Vec<(String, String)>, Fault> {
    let mut layer = Layer { disk, folder, name, base, examples: Vec::new(), said: 0 };
    let plain = layer.compile(layer.source(&[], false)?);
    layer.said = said(&plain);
    let Some(package) = plain.program.root() else { return layer.written() };
    let model = &package.model;
    let known = Known { program: &plain.program, compilation: &plain, model };
    for candidates in
        [known.owners(), known.additions(name), known.replacements(), known.omissions(), known.processes(name)]
    {
        let right = candidates.into_iter().take(TRIES).find(|example| layer.is_right(example));
        layer.examples.extend(right);
    }
    layer.written()
}

/// An example: what it teaches, and statements that may be taken into use.
#[derive(Clone, Debug)]
struct Example {
    lesson: &'static str,
    /// What stands in the block of the model, and why.
    of_model: Option<(&'static str, Statement)>,
    source: Vec<Entry>,
}

struct Layer<'a> {
    disk: &'a dyn Files,
    folder: &'a str,
    name: &'a str,
    base: &'a Base,
    examples: Vec<Example>,
    /// How many errors and warnings there are without examples.
    said: usize,
}

impl Layer<'_> {
    /// Whether nothing is to be said of an example, alone or beside those before it.
    fn is_right(&self, example: &Example) -> bool {
        let beside: Vec<Example> = self.examples.iter().chain([example]).cloned().collect();
        let is_right = |source: String| {
            let compilation = self.compile(source);
            said(&compilation) <= self.said && compilation.checked().is_some()
        };
        // What cannot be written, or not as a comment, is no example.
        self.source(&beside, true).is_ok()
            && [std::slice::from_ref(example), &beside]
                .iter()
                .all(|examples| self.source(examples, false).is_ok_and(is_right))
    }

    /// The layer with a source.
    fn compile(&self, source: String) -> Compilation {
        let files = [("prm.toml".to_owned(), self.manifest()), (format!("{}.prm", self.name), source)];
        let files = files.map(|(name, text)| (join(self.folder, &name), text.into_bytes()));
        crate::compile(&Beside { disk: self.disk, folder: self.folder, files: files.into() }, self.folder)
    }

    fn written(&self) -> Result<Vec<(String, String)>, Fault> {
        let source = self.source(&self.examples, true)?;
        Ok(vec![("prm.toml".to_owned(), self.manifest()), (format!("{}.prm", self.name), source)])
    }

    fn manifest(&self) -> String {
        let manifest = include_str!("prm.toml").replace("NAME", self.name);
        match &self.base.dependency {
            Some(line) => manifest
                .replace("# [dependencies]\n# base = { path = \"../base\" }", &format!("[dependencies]\n{line}")),
            None => manifest,
        }
    }

    /// The layer with some examples, taken into use or as comments.
    fn source(&self, examples: &[Example], as_comments: bool) -> Result<String, Fault> {
        let Layer { name, base: Base { package, model: base, .. }, .. } = self;
        let context = format!("Made for running and improving the processes of {name}; not for audits.");
        let mut model = Statement::new(Kind::Model)
            .id(*name)
            .title(format!("Process model of {name}"))
            .word(Role::Base, base)
            .with(Statement::new(Kind::Context).text(context));
        for (why, statement) in examples.iter().filter_map(|example| example.of_model.as_ref()) {
            model = model.with(Entry::Blank);
            model = if as_comments {
                model.with(Entry::BlockComment(format!("\n  // {why}\n  {}\n  ", statement.line()?)))
            } else {
                model.with(Entry::Comment((*why).to_owned())).with(statement.clone())
            };
        }
        let head = include_str!("layer.txt").replace("NAME", name).replace("BASE", package);
        let mut entries = vec![
            Entry::Comment(head.trim_end().to_owned()),
            Entry::Blank,
            Statement::new(Kind::Use).id(package).into(),
            Entry::Blank,
            model.into(),
        ];
        for example in examples {
            entries.extend([Entry::Blank, Entry::Comment(example.lesson.to_owned())]);
            if as_comments {
                entries.push(Entry::BlockComment(format!("\n{}", writer::file(&example.source)?)));
            } else {
                entries.extend(example.source.iter().cloned());
            }
        }
        writer::file(&entries)
    }
}

/// What can be said of the base.
struct Known<'a> {
    program: &'a Program,
    compilation: &'a Compilation,
    model: &'a Model,
}

impl Known<'_> {
    fn owners(&self) -> Vec<Example> {
        let example = |process: &Process| Example {
            lesson: "A field is a statement of your own. Here, every process may name who owns it.",
            of_model: None,
            source: vec![
                Statement::new(Kind::Field).id("owner").title("Process owner").word(Role::OnKind, "process").into(),
                Entry::Blank,
                self.extension(process).with(Statement::field("owner", "Head of operations")).into(),
            ],
        };
        self.model.processes.iter().map(example).collect()
    }

    fn additions(&self, name: &str) -> Vec<Example> {
        let example = |process: &Process| {
            let link = process.outcomes.iter().flat_map(|outcome| &outcome.links).next()?;
            let outcome = Statement::new(Kind::Outcome)
                .id(format!("{name}-1"))
                .text("Results of the process are known to its owner.")
                .satisfies([self.reference(link.requirement)]);
            Some(Example {
                lesson: "What is added to a process stands in an `extend`. Ids of your own tell what is yours.",
                of_model: None,
                source: vec![self.extension(process).with(outcome).into()],
            })
        };
        self.model.processes.iter().filter_map(example).collect()
    }

    /// An outcome stated anew, with its links: what is not restated is lost.
    fn replacements(&self) -> Vec<Example> {
        let example = |(process, outcome): (&Process, &Outcome)| {
            let is_plain = outcome.joint_sets.is_empty()
                && !outcome.links.is_empty()
                && outcome.links.iter().all(|link| link.strength == Strength::Full);
            let text = self.compilation.sources.slice(outcome.text);
            let outcome = Statement::new(Kind::ReplaceOutcome)
                .id(self.compilation.sources.slice(outcome.number))
                .text(Text::of_literal(text))
                .because("This is how we say it.")
                .satisfies(outcome.links.iter().map(|link| self.reference(link.requirement)));
            (is_plain && !text.contains('\n')).then(|| Example {
                lesson: "An outcome is stated anew with `replace`. Write your own wording; repeat the links, or they are lost.",
                of_model: None,
                source: vec![self.extension(process).with(outcome).into()],
            })
        };
        self.outcomes().filter_map(example).collect()
    }

    /// A control that does not apply, and the outcome that is there for nothing else.
    fn omissions(&self) -> Vec<Example> {
        let example = |(process, outcome): (&Process, &Outcome)| {
            let [link] = outcome.links.as_slice() else { return None };
            let is_control = self.program.requirement(link.requirement).kind == ReqKind::Control;
            let is_covered = self.compilation.coverage.status(link.requirement) == Status::Covered;
            let claims: usize = self.outcomes().map(|(_, other)| claims(other, link.requirement)).sum();
            let control = self.reference(link.requirement);
            let omission = Statement::new(Kind::Omit)
                .word(Role::Omitted, self.program.name(outcome.id))
                .because(format!("It is there for {control} alone."));
            (is_control && is_covered && claims == 1 && process.outcomes.len() > 3).then(|| Example {
                lesson: "What is left out of the base stands in an `omit`. This goes with the exclusion in the model.",
                of_model: Some((
                    "A control that does not apply is excluded, with the reason.",
                    Statement::new(Kind::Exclude).word(Role::Ref, control).because("We have no use for it."),
                )),
                source: vec![omission.into()],
            })
        };
        // What is done without is rather technical, and stands rather at the end.
        self.outcomes().collect::<Vec<_>>().into_iter().rev().filter_map(example).collect()
    }

    fn processes(&self, name: &str) -> Vec<Example> {
        let outcome = |number: &str, text: &str| Statement::new(Kind::Outcome).id(number).text(text);
        let plain = Statement::new(Kind::Process)
            .id(format!("{name}.1"))
            .title("Visitor reception")
            .with(
                Statement::new(Kind::Allow)
                    .word(Role::Check, "unlinked-outcome")
                    .because("The standards do not ask for it."),
            )
            .with(
                Statement::new(Kind::Purpose)
                    .text("The purpose of the visitor reception process is to know who is in the building."),
            )
            .with(Entry::Blank)
            .with(outcome("1", "Visitors are identified on arrival."))
            .with(outcome("2", "Visitors are accompanied by the person whom they visit."))
            .with(outcome("3", "Badges are returned when visitors leave."))
            .with(Entry::Blank);
        let example = |process: &Process| {
            let supports = Statement::new(Kind::Supports)
                .word(Role::Target, self.program.name(process.id))
                .text("Tells who was in the building, and when.");
            Example {
                lesson: "A process for which the base has no place.",
                of_model: None,
                source: vec![
                    Statement::new(Kind::Group).id(name).title("Processes of our own").into(),
                    Entry::Blank,
                    plain.clone().with(supports).into(),
                ],
            }
        };
        self.model.processes.iter().map(example).collect()
    }

    /// The block in which something is said of a process of the base.
    fn extension(&self, process: &Process) -> Statement {
        Statement::new(Kind::ExtendProcess).id(self.program.name(process.id))
    }

    fn outcomes(&self) -> impl Iterator<Item = (&Process, &Outcome)> {
        self.model.processes.iter().flat_map(|process| process.outcomes.iter().map(move |outcome| (process, outcome)))
    }

    /// A requirement by its id, and by its catalog where several have it.
    fn reference(&self, id: RequirementId) -> String {
        let sight = self.program.root_id().map(|root| self.program.sight(root));
        sight.map_or_else(|| self.program.full_id(id), |sight| sight.reference(id))
    }
}

/// How many errors and warnings there are.
fn said(compilation: &Compilation) -> usize {
    compilation.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).count()
}

fn claims(outcome: &Outcome, requirement: RequirementId) -> usize {
    outcome.links.iter().filter(|link| link.requirement == requirement).count()
}

/// Files that are not there yet, beside those of the disk.
struct Beside<'a> {
    disk: &'a dyn Files,
    folder: &'a str,
    files: BTreeMap<String, Vec<u8>>,
}

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.disk.read(path),
        }
    }

    fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        match self.files.get(&join(folder, path)) {
            Some(bytes) => Ok(Some(bytes.clone())),
            None => self.disk.read_below(folder, path),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<source::Entry>> {
        if folder != self.folder {
            return self.disk.list(folder);
        }
        let names = self.files.keys().filter_map(|path| path.rsplit('/').next());
        Ok(names.map(source::Entry::file).collect())
    }

    fn real(&self, path: &str) -> String {
        self.disk.real(path)
    }
}
