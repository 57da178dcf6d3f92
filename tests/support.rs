//! The one way in which tests reach the compiler: a project is built, compiled, and asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use prm::compile::Compilation;
use prm::coverage::Status;
use prm::diagnostic::{Diagnostic, Severity};
use prm::model::{ReqKind, RequirementId};
use prm::render::{self, MessageFormat};
use prm::source::Memory;
use serde_json::Value;

/// What stands in a folder, in order.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Files, and the path that is compiled.
#[derive(Clone, Debug)]
pub struct Project {
    files: BTreeMap<String, Vec<u8>>,
    path: String,
}

impl Project {
    /// A single file, which is a package by itself.
    pub fn text(text: impl Into<Vec<u8>>) -> Project {
        Project { files: [("main.prm".to_owned(), text.into())].into(), path: "main.prm".to_owned() }
    }

    /// An empty project; a folder is compiled once it has a `prm.toml`.
    pub fn new() -> Project {
        Project { files: BTreeMap::new(), path: String::new() }
    }

    /// A file or folder on the disk, by its name alone.
    pub fn read(path: &Path) -> Project {
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            return Project { files: [(name.clone(), fs::read(path).unwrap())].into(), path: name };
        }
        let mut project = Project::new();
        project.read_folder(path, "");
        project
    }

    fn read_folder(&mut self, folder: &Path, below: &str) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &format!("{name}/"));
            } else if [".prm", "prm.toml", ".lock"].iter().any(|end| name.ends_with(end)) {
                self.files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }

    /// Adds a file.
    pub fn with(mut self, path: &str, text: impl Into<Vec<u8>>) -> Project {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    /// Compiles this file or folder of the project.
    pub fn at(mut self, path: &str) -> Project {
        self.path = path.to_owned();
        self
    }

    /// Gives the project a manifest that sets this lint.
    pub fn lint(self, check: &str, level: &str) -> Project {
        let manifest = format!("[package]\nname = \"main\"\nversion = \"1.0.0\"\n[lints]\n{check} = \"{level}\"\n");
        self.with("prm.toml", manifest).at("")
    }

    /// The files, by path.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// What is compiled.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Compiles it.
    pub fn compile(&self) -> Compiled {
        Compiled(prm::compile(&Memory(self.files.clone()), &self.path))
    }
}

/// What came of a project.
pub struct Compiled(pub Compilation);

impl Compiled {
    /// Everything but hints.
    pub fn shown(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint)
    }

    /// `main.prm:3:5: error[P104]: …`, one a line, hints left out.
    pub fn lines(&self) -> String {
        let shown: Vec<Diagnostic> = self.shown().cloned().collect();
        let text = render::diagnostics(MessageFormat::Short, &shown, &self.0.sources, false);
        let unreadable = self.0.unreadable.iter().map(|file| format!("{}: {}\n", file.path, file.problem));
        text + &unreadable.collect::<String>()
    }

    /// The codes that occur, hints included.
    pub fn codes(&self) -> BTreeSet<&'static str> {
        self.0.diagnostics.iter().map(|diagnostic| diagnostic.code.code).collect()
    }

    /// The line of the first character of a diagnostic, from 1, and its file.
    pub fn place(&self, diagnostic: &Diagnostic) -> (String, usize) {
        let span = diagnostic.primary.span;
        (self.0.sources.file(span.file).display(), self.0.sources.position(span).line)
    }

    /// All requirements and controls: file, line of the declaration, full id and status.
    pub fn statuses(&self) -> Vec<(String, usize, String, Status)> {
        let program = &self.0.program;
        let rows = (0..).map(RequirementId).zip(&program.requirements);
        rows.filter(|(_, row)| row.kind != ReqKind::Clause)
            .map(|(id, row)| {
                let span = row.origin.span;
                let line = self.0.sources.position(span).line;
                let file = self.0.sources.file(span.file).display();
                (file, line, program.full_id(id), self.0.coverage.status(id))
            })
            .collect()
    }
}

/// Holds a JSON document to its schema, formats included.
pub fn assert_follows(schema: &Value, document: &Value) {
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema.clone()).unwrap();
    let mut schemas = boon::Schemas::new();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    if let Err(fault) = schemas.validate(document, schema) {
        panic!("{fault:#}\n{document:#}");
    }
}
