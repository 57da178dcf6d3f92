//! A package that extends another: a model, and examples that are right.
//!
//! The examples name elements of the base. Each is compiled before it is written; one that would not be right with this
//! base is left out, and another element is tried.

use std::collections::BTreeMap;
use std::io;

use crate::compile::Compilation;
use crate::coverage::Status;
use crate::diagnostic::Severity;
use crate::formatter;
use crate::model::{Model, Outcome, Process, Program, ReqKind, RequirementId, Strength};
use crate::source::{Entry, Files, join};

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
pub fn files(disk: &dyn Files, folder: &str, name: &str, base: &Base) -> Vec<(String, String)> {
    let mut layer = Layer { disk, folder, name, base, examples: Vec::new(), said: 0 };
    let plain = layer.compile(&[]);
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

/// An example: what it teaches, and source that may be taken into use.
#[derive(Clone, Debug)]
struct Example {
    lesson: &'static str,
    /// What stands in the block of the model.
    of_model: Option<String>,
    source: String,
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
        [std::slice::from_ref(example), &beside].iter().all(|examples| {
            let compilation = self.compile(examples);
            said(&compilation) <= self.said && compilation.checked().is_some()
        })
    }

    /// The layer with some examples taken into use.
    fn compile(&self, examples: &[Example]) -> Compilation {
        let source = self.source(examples, false);
        let files = [("prm.toml".to_owned(), self.manifest()), (format!("{}.prm", self.name), source)];
        let files = files.map(|(name, text)| (join(self.folder, &name), text.into_bytes()));
        crate::compile(&Beside { disk: self.disk, folder: self.folder, files: files.into() }, self.folder)
    }

    fn written(&self) -> Vec<(String, String)> {
        let source = self.source(&self.examples, true);
        let source = formatter::format(&source).map_or(source, |formatted| formatted.text);
        vec![("prm.toml".to_owned(), self.manifest()), (format!("{}.prm", self.name), source)]
    }

    fn manifest(&self) -> String {
        let manifest = include_str!("prm.toml").replace("NAME", self.name);
        match &self.base.dependency {
            Some(line) => manifest
                .replace("# [dependencies]\n# base = { path = \"../base\" }", &format!("[dependencies]\n{line}")),
            None => manifest,
        }
    }

    fn source(&self, examples: &[Example], as_comments: bool) -> String {
        let (open, close) = if as_comments { ("/*\n", "*/\n") } else { ("", "") };
        let inner = if as_comments { ("  /*\n", "  */\n") } else { ("", "") };
        let template = include_str!("layer.prm");
        let mut source = template.replace("use BASE", &format!("use {}", self.base.package));
        source = source.replace("extends BASE", &format!("extends {}", self.base.model));
        source = source.replace("BASE", &self.base.package).replace("NAME", self.name);
        for example in examples {
            if let Some(of_model) = &example.of_model {
                let end = source.find("\n}\n").map_or(source.len(), |at| at + 1);
                source.insert_str(end, &format!("\n{}{of_model}{}", inner.0, inner.1));
            }
            source.push_str(&format!("\n// {}\n{open}{}{close}", example.lesson, example.source));
        }
        source
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
            source: format!(
                "field owner \"Process owner\" on process\n\nextend process {} {{\n  owner \"Head of operations\"\n}}\n",
                self.program.name(process.id)
            ),
        };
        self.model.processes.iter().map(example).collect()
    }

    fn additions(&self, name: &str) -> Vec<Example> {
        let example = |process: &Process| {
            let link = process.outcomes.iter().flat_map(|outcome| &outcome.links).next()?;
            Some(Example {
                lesson: "What is added to a process stands in an `extend`. Ids of your own tell what is yours.",
                of_model: None,
                source: format!(
                    "extend process {} {{\n  outcome {name}-1 \"Results of the process are known to its owner.\"\n    \
                     satisfies {}\n}}\n",
                    self.program.name(process.id),
                    self.reference(link.requirement)
                ),
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
            let links = outcome.links.iter().map(|link| self.reference(link.requirement)).collect::<Vec<_>>();
            (is_plain && !text.contains('\n')).then(|| Example {
                lesson: "An outcome is stated anew with `replace`. Write your own wording; repeat the links, or they are lost.",
                of_model: None,
                source: format!(
                    "extend process {} {{\n  replace outcome {} {text} because \"This is how we say it.\"\n    satisfies {}\n}}\n",
                    self.program.name(process.id),
                    self.compilation.sources.slice(outcome.number),
                    links.join(", ")
                ),
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
            let id = self.program.name(outcome.id);
            let control = self.reference(link.requirement);
            (is_control && is_covered && claims == 1 && process.outcomes.len() > 3).then(|| Example {
                lesson: "What is left out of the base stands in an `omit`. This goes with the exclusion in the model.",
                of_model: Some(format!(
                    "  // A control that does not apply is excluded, with the reason.\n  exclude {control} because \"We have no use for it.\"\n"
                )),
                source: format!("omit {id} because \"It is there for {control} alone.\"\n"),
            })
        };
        // What is done without is rather technical, and stands rather at the end.
        self.outcomes().collect::<Vec<_>>().into_iter().rev().filter_map(example).collect()
    }

    fn processes(&self, name: &str) -> Vec<Example> {
        let example = |process: &Process| Example {
            lesson: "A process for which the base has no place.",
            of_model: None,
            source: format!(
                "group {name} \"Processes of our own\"\n\nprocess {name}.1 \"Visitor reception\" {{\n  \
                 allow unlinked-outcome because \"The standards do not ask for it.\"\n  \
                 purpose \"The purpose of the visitor reception process is to know who is in the building.\"\n\n  \
                 outcome 1 \"Visitors are identified on arrival.\"\n  \
                 outcome 2 \"Visitors are accompanied by the person whom they visit.\"\n  \
                 outcome 3 \"Badges are returned when visitors leave.\"\n\n  \
                 supports {} \"Tells who was in the building, and when.\"\n}}\n",
                self.program.name(process.id)
            ),
        };
        self.model.processes.iter().map(example).collect()
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

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        if folder != self.folder {
            return self.disk.list(folder);
        }
        let names = self.files.keys().filter_map(|path| path.rsplit('/').next());
        Ok(names.map(|name| Entry { name: name.to_owned(), is_folder: false }).collect())
    }

    fn real(&self, path: &str) -> String {
        self.disk.real(path)
    }
}
