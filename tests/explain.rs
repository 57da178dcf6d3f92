//! Every page of `prm explain`: its layout, and that its examples do what it says.

use prm::codes;
use prm::diagnostic::{Code, Severity};

use crate::support::{Compiled, Project};

#[test]
fn pages_have_their_layout() {
    let problems: Vec<String> = written().filter_map(|code| Page::read(code).err()).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn wrong_examples_give_their_code_and_nothing_else() {
    let mut problems = Vec::new();
    for page in written().filter_map(|code| Page::read(code).ok()) {
        if page.is_asked_at_output() {
            continue;
        }
        let compiled = page.project(&page.wrong).compile();
        let others: Vec<&str> = page.counted(&compiled).into_iter().filter(|code| *code != page.code.code).collect();
        if !compiled.codes().contains(page.code.code) {
            problems.push(format!("{}: the wrong example does not give it\n{}", page.code.code, compiled.lines()));
        } else if !others.is_empty() {
            problems.push(format!("{}: the wrong example gives {} too", page.code.code, others.join(" ")));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn right_examples_give_nothing() {
    let mut problems = Vec::new();
    for page in written().filter_map(|code| Page::read(code).ok()) {
        let compiled = page.project(&page.right).compile();
        let codes = page.counted(&compiled);
        if !codes.is_empty() || !compiled.0.unreadable.is_empty() {
            problems.push(format!("{}: {}\n{}", page.code.code, codes.join(" "), compiled.lines()));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The codes whose page is more than a heading; the others are named on the way.
pub fn written() -> impl Iterator<Item = &'static Code> {
    let (written, bare): (Vec<&Code>, Vec<&Code>) =
        codes::ALL.iter().filter(|code| code.retired.is_none()).partition(|code| is_written(code));
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|code| code.code).collect();
        eprintln!("without a page so far: {}", names.join(" "));
    }
    written.into_iter()
}

/// Whether a page is more than its heading.
pub fn is_written(code: &Code) -> bool {
    code.page.trim().lines().count() > 1
}

struct Page {
    code: &'static Code,
    wrong: Vec<(String, String)>,
    right: Vec<(String, String)>,
}

impl Page {
    /// Reads a page, which has a heading, a text, a wrong example, a right one, and perhaps a note.
    fn read(code: &'static Code) -> Result<Page, String> {
        let complain = |problem: &str| Err(format!("{}: {problem}", code.code));
        let heading = format!("# {}: {}\n", code.code, code.name);
        let Some(body) = code.page.strip_prefix(&heading) else { return complain(&format!("begins with {heading}")) };
        let mut sections = split_sections(body);
        let titles: Vec<&str> = sections.iter().map(|(title, _)| title.as_str()).collect();
        if !matches!(titles.as_slice(), ["", "Wrong", "Right"] | ["", "Wrong", "Right", "Note"]) {
            return complain(&format!("has the sections {titles:?}"));
        }
        if sections[0].1.trim().is_empty() {
            return complain("says nothing before its examples");
        }
        if code.page.lines().any(|line| line.chars().count() > 400) {
            return complain("has lines of more than 400 characters");
        }
        let right = fences(&sections.remove(2).1);
        let wrong = fences(&sections.remove(1).1);
        match (wrong, right) {
            (Ok(wrong), Ok(right)) => Ok(Page { code, wrong, right }),
            (Err(problem), _) | (_, Err(problem)) => complain(&problem),
        }
    }

    fn project(&self, files: &[(String, String)]) -> Project {
        let mut project = Project::new().at("main.prm");
        for (path, text) in files {
            project = project.with(path, text.as_str());
            if path == "prm.toml" {
                project = project.at("");
            }
        }
        // What is off must be switched on to be seen.
        if self.code.severity == Severity::Off { project.lint(self.code.name, "warn") } else { project }
    }

    /// The codes that count: hints on the pages of hints only.
    fn counted(&self, compiled: &Compiled) -> Vec<&'static str> {
        if self.code.severity == Severity::Hint {
            return compiled.codes().into_iter().collect();
        }
        compiled.shown().map(|diagnostic| diagnostic.code.code).collect()
    }

    /// Whether only the writing of an output asks for it, so that compiling says nothing.
    fn is_asked_at_output(&self) -> bool {
        matches!(self.code.name, "missing-framework" | "empty-statement")
    }
}

/// The text before the first `## Title`, and then each section with its title.
fn split_sections(body: &str) -> Vec<(String, String)> {
    let mut sections = vec![(String::new(), String::new())];
    let mut in_fence = false;
    for line in body.lines() {
        in_fence ^= line.starts_with("```");
        match line.strip_prefix("## ") {
            Some(title) if !in_fence => sections.push((title.to_owned(), String::new())),
            _ => {
                let (_, text) = sections.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    sections
}

/// The files in the fences of an example. A fence names its language, and a path where it is not `main.prm`.
fn fences(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut in_fence = false;
    for line in text.split_inclusive('\n') {
        if let Some(info) = line.trim_end().strip_prefix("```") {
            in_fence = !in_fence;
            if !in_fence {
                continue;
            }
            let path = match info.split_once(' ') {
                None if info == "prm" => "main.prm",
                None if info == "toml" => "prm.toml",
                Some(("prm" | "toml", path)) => path,
                _ => return Err(format!("has a fence of ```{info}")),
            };
            files.push((path.to_owned(), String::new()));
        } else if in_fence {
            files.last_mut().unwrap().1.push_str(line);
        }
    }
    if files.is_empty() { Err("has an example without a fence".to_owned()) } else { Ok(files) }
}
