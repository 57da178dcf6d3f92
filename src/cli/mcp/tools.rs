//! What an assistant may ask: a row each in [`ALL`].

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::alike::Texts;
use crate::cli::args::{Color, Diagnostics};
use crate::cli::disk::{Disk, from_here};
use crate::cli::failure::Failure;
use crate::cli::{Run, explain, why};
use crate::compile::Checked;
use crate::coverage::Status;
use crate::diagnostic::words;
use crate::emit::json as data;
use crate::emit::keep_to;
use crate::model::{ReqKind, RequirementId};
use crate::render::{self, MessageFormat};

/// How many requirements are named if no number is given, and at most.
const FEW: usize = 10;
const MOST: usize = 100;

/// The folder that is read; nothing outside it is.
pub struct Place(PathBuf);

impl Place {
    /// A folder.
    pub fn new(folder: &str) -> Result<Place, Failure> {
        let unreadable = |error| Failure::new(format!("cannot read `{folder}`: {error}"), "name a folder with models");
        Path::new(folder).canonicalize().map(Place).map_err(unreadable)
    }

    /// A package or file in it, as compilations name it.
    fn within(&self, path: &str) -> Result<String, Failure> {
        let whole = self.0.join(path).canonicalize();
        let found =
            whole.map_err(|error| Failure::new(format!("cannot read `{path}`: {error}"), "name a package or file"))?;
        match found.strip_prefix(&self.0) {
            Ok(_) => Ok(from_here(&found.to_string_lossy())),
            Err(_) => Err(Failure::new(
                format!("`{path}` is outside the folder that was opened"),
                "start `prm mcp` in a folder that holds it",
            )),
        }
    }
}

/// A tool.
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    about: &'static str,
    /// What it is given besides the model: the name, its type, what it is, and whether it has to be given.
    given: &'static [(&'static str, &'static str, &'static str, bool)],
    ask: fn(&Asked<'_>) -> Result<String, Failure>,
}

/// Every tool. Adding a row here is the whole registration.
pub const ALL: &[Tool] = &[
    Tool {
        name: "check",
        about: "What is wrong with a model: errors and warnings, one JSON object a line, each with its place, and help",
        given: &[("pedantic", "boolean", "Hints too", false)],
        ask: check,
    },
    Tool {
        name: "coverage",
        about: "How far a model covers the requirements of its catalogs, as JSON, with the witnesses of each",
        given: &[
            ("catalog", "string", "This catalog alone", false),
            ("uncovered", "boolean", "Only requirements that are not covered, or in part", false),
        ],
        ask: coverage,
    },
    Tool {
        name: "why",
        about: "Why a requirement has its status and what would have to be added; or what an element is and where it comes from",
        given: &[(
            "reference",
            "string",
            "The id of a requirement (7.4.a, iso27001-2022:A.5.24) or of an element",
            true,
        )],
        ask: |asked| {
            why::answer(&asked.run.compilation.checked().ok_or_else(|| broken(asked))?, asked.text("reference")?)
        },
    },
    Tool {
        name: "explain",
        about: "What a diagnostic or a word of the language means",
        given: &[("code", "string", "A code such as P301, its name, or a word such as outcome", true)],
        ask: |asked| explain::answer(asked.text("code")?, false),
    },
    Tool {
        name: "search_requirements",
        about: "Requirements that a model sees, by words of their titles and texts, with what each is covered by",
        given: &[
            ("words", "string", "What they are about", true),
            ("catalog", "string", "Of this catalog alone", false),
            ("limit", "integer", "How many at most; 10 if left out", false),
        ],
        ask: |asked| requirements(asked, asked.text("words")?, ""),
    },
    Tool {
        name: "propose_links",
        about: "Requirements whose words are near to an outcome, as candidates for `satisfies`. Shared words show nothing: \
            a person decides, and says why",
        given: &[
            ("outcome", "string", "The text of an outcome, or its id (COM.01.2)", true),
            ("catalog", "string", "Of this catalog alone", false),
            ("limit", "integer", "How many at most; 10 if left out", false),
        ],
        ask: propose,
    },
];

/// What a tool was asked.
struct Asked<'a> {
    run: Run,
    given: &'a Map<String, Value>,
}

impl Asked<'_> {
    fn text(&self, name: &str) -> Result<&str, Failure> {
        let given = self.given.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        given.ok_or_else(|| Failure::new(format!("`{name}` is not given"), "give it as a text"))
    }

    fn is(&self, name: &str) -> bool {
        self.given.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    fn limit(&self) -> usize {
        let given = self.given.get("limit").and_then(Value::as_u64);
        given.and_then(|limit| usize::try_from(limit).ok()).map_or(FEW, |limit| limit.clamp(1, MOST))
    }
}

impl Tool {
    /// As the protocol describes tools.
    pub fn described(&self) -> Value {
        let path = (
            "path",
            "string",
            "A .prm file, or a folder with a prm.toml, below the folder that is served; `.` if left out",
        );
        let property =
            |(name, kind, about): (&str, &str, &str)| (name.to_owned(), json!({ "type": kind, "description": about }));
        let given = self.given.iter().map(|(name, kind, about, _)| (*name, *kind, *about));
        let properties: Map<String, Value> = std::iter::once(path).chain(given).map(property).collect();
        let required: Vec<&str> = self.given.iter().filter(|(.., is_due)| *is_due).map(|(name, ..)| *name).collect();
        json!({
            "name": self.name,
            "description": self.about,
            "inputSchema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false },
            "annotations": { "readOnlyHint": true, "openWorldHint": false },
        })
    }

    /// Asks it.
    pub fn ask(&self, given: &Value, place: &Place) -> Result<String, Failure> {
        let Some(given) = given.as_object() else {
            return Err(Failure::new("the arguments are no object", "give them by their names"));
        };
        let names = || std::iter::once("path").chain(self.given.iter().map(|(name, ..)| *name));
        if let Some(strange) = given.keys().find(|name| names().all(|known| known != name.as_str())) {
            let known: Vec<&str> = names().collect();
            let help = format!("it takes {}", words::list(&known, "and", 9));
            return Err(Failure::new(format!("`{}` takes no `{strange}`", self.name), help));
        }
        let path = place.within(given.get("path").and_then(Value::as_str).unwrap_or("."))?;
        let pedantic = given.get("pedantic").and_then(Value::as_bool).unwrap_or(false);
        let options = Diagnostics { message_format: MessageFormat::Json, deny: None, pedantic };
        let run = Run::with(&Disk, &path, &options, Color::Never);
        if let Some(unreadable) = run.compilation.unreadable.first() {
            return Err(Failure::unreadable(unreadable));
        }
        (self.ask)(&Asked { run, given })
    }
}

fn check(asked: &Asked<'_>) -> Result<String, Failure> {
    let Run { shown, compilation, .. } = &asked.run;
    let summary = render::summary(shown);
    let summary = if summary.is_empty() { "nothing is wrong".to_owned() } else { summary };
    Ok(render::report(MessageFormat::Json, shown, &[], &compilation.sources, false) + &summary + "\n")
}

fn coverage(asked: &Asked<'_>) -> Result<String, Failure> {
    let checked = asked.run.compilation.checked().ok_or_else(|| broken(asked))?;
    asked.run.has_model()?;
    let checked = match asked.given.get("catalog").and_then(Value::as_str) {
        None => checked,
        Some(catalog) => keep_to(&checked, catalog).map_err(|refused| Failure::new(refused.problem, refused.help))?,
    };
    let (mut bytes, only_gaps) = (Vec::new(), asked.is("uncovered"));
    let written = data::write_coverage(
        &checked,
        |status| !only_gaps || matches!(status, Status::Uncovered | Status::Partial),
        &mut bytes,
    );
    written.map_err(|error| Failure::new(error.to_string(), ""))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn propose(asked: &Asked<'_>) -> Result<String, Failure> {
    let given = asked.text("outcome")?;
    let program = &asked.run.compilation.program;
    let model = program.root().map(|package| &package.model);
    let id = program.names.get(given.trim());
    let outcome = id.and_then(|id| model?.outcome(id));
    let text = outcome.map(|outcome| asked.run.compilation.sources.text(outcome.text).into_owned());
    requirements(
        asked,
        &text.unwrap_or_else(|| given.to_owned()),
        "Words in common are no evidence: read both texts, let a person judge whether the outcome alone meets the whole \
         requirement (`satisfies`), a part of it (`partly satisfies`), or only with others (`together with`), and state why.\n",
    )
}

/// The requirements nearest to a text, a JSON object a line.
fn requirements(asked: &Asked<'_>, near: &str, last: &str) -> Result<String, Failure> {
    let checked = asked.run.compilation.checked().ok_or_else(|| broken(asked))?;
    let program = checked.program;
    let catalog = asked.given.get("catalog").and_then(Value::as_str);
    let sight = program.root_id().map(|root| program.sight(root));
    let is_seen = |id: &str| sight.as_ref().is_some_and(|sight| !sight.catalog(id).all().is_empty());
    if let Some(catalog) = catalog.filter(|catalog| !is_seen(catalog)) {
        return Err(Failure::new(format!("the package sees no catalog `{catalog}`"), "bring it in with `use`"));
    }
    let seen = program.catalogs.iter().filter(|one| {
        let id = program.name(one.id);
        catalog.map_or_else(|| is_seen(id), |catalog| catalog == id)
    });
    let rows: Vec<RequirementId> = seen
        .flat_map(|catalog| catalog.requirements())
        .filter(|row| program.requirement(*row).kind != ReqKind::Clause)
        .collect();
    let text_of = |row: &RequirementId| {
        let requirement = program.requirement(*row);
        let text = requirement.text.map(|text| checked.sources.text(text)).unwrap_or_default();
        format!("{} {text}", checked.sources.text(requirement.title))
    };
    let texts: Vec<String> = rows.iter().map(text_of).collect();
    let texts = Texts::new(texts.iter().map(String::as_str));
    let found = texts.nearest(near).into_iter().take(asked.limit());
    let mut lines = String::new();
    for (at, shared) in found {
        let Some(row) = rows.get(at) else { continue };
        lines.push_str(&format!("{}\n", told(&checked, *row, &shared)));
    }
    Ok(if lines.is_empty() { "no requirement shares a word with it\n".to_owned() } else { lines + last })
}

fn told(checked: &Checked<'_>, row: RequirementId, shared: &[&str]) -> Value {
    let requirement = checked.program.requirement(row);
    let covered = checked.coverage.catalogs.iter().any(|covered| covered.catalog == requirement.catalog);
    json!({
        "requirement": checked.program.full_id(row),
        "title": checked.sources.text(requirement.title),
        "text": requirement.text.map(|text| checked.sources.text(text).into_owned()),
        "status": covered.then(|| checked.coverage.status(row).word()),
        "shared": shared,
    })
}

fn broken(asked: &Asked<'_>) -> Failure {
    let errors = asked.run.shown.iter().filter(|found| found.code.forbids_output()).count();
    Failure::new(
        format!("the model has {} in text, names or structure", words::count(errors, "error")),
        "ask `check` what they are; nothing else can be told before they are mended",
    )
}
