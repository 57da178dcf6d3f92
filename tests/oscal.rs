//! OSCAL out and in again: what is written is valid by the schemas of NIST (in `tests/oscal`) and by what these do not
//! see, and what is read of it is what was written.

use std::collections::BTreeSet;
use std::path::Path;

use prm::emit::output::{Request, find};
use prm::import;
use prm::package::manifest::Options;
use prm::syntax::statements::Kind;
use prm::syntax::tree::Role;
use prm::writer::{self, Entry, Statement};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::random::cases;
use crate::support::{Compiled, Project};

const FORMS: [&str; 4] = ["catalog", "profile", "mapping", "component"];

thread_local! {
    /// The schemas, compiled, by the form of the output.
    static SCHEMAS: (boon::Schemas, Vec<boon::SchemaIndex>) = {
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        let mut schemas = boon::Schemas::new();
        let compiled = FORMS.iter().map(|form| {
            let path = format!("tests/oscal/oscal_{form}_schema.json");
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
            compiler.add_resource(form, serde_json::from_str(&text).unwrap()).unwrap();
            compiler.compile(form, &mut schemas).unwrap()
        });
        let compiled = compiled.collect();
        (schemas, compiled)
    };
}

/// The document of a form, or why there is none.
fn made(compiled: &Compiled, form: &str, catalog: Option<&str>, epoch: Option<u64>) -> Result<String, String> {
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let mut options = Options::default();
    options.catalog = catalog.map(str::to_owned);
    let mut request = Request::new(&options);
    request.epoch = epoch;
    let artifacts =
        find("oscal").unwrap().form(Some(form)).unwrap().make(&input, &request).map_err(|refused| refused.problem)?;
    let mut bytes = Vec::new();
    artifacts.into_iter().for_each(|artifact| (artifact.write)(&mut bytes).unwrap());
    Ok(String::from_utf8(bytes).unwrap())
}

/// Holds a document to its schema, and to what the schema does not see.
fn assert_valid(form: &str, text: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    let at = FORMS.iter().position(|name| *name == form).unwrap();
    SCHEMAS.with(|(schemas, compiled)| {
        if let Err(fault) = schemas.validate(&document, compiled[at]) {
            panic!("{fault:#}\n{text}");
        }
    });
    let (mut ids, mut uuids, mut hrefs) = (Vec::new(), Vec::new(), Vec::new());
    walk(&document, &mut |object| {
        let word = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        ids.extend(word("id"));
        uuids.extend(word("uuid"));
        hrefs.extend(word("href").into_iter().chain(word("source")));
        assert_ne!(object.get("prose").and_then(Value::as_str), Some(""), "a text that says nothing");
        if let Some(relation) = object.get("relationship").and_then(Value::as_str) {
            let known = ["equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with"];
            assert!(known.contains(&relation), "{relation}");
        }
    });
    for list in [&ids, &uuids] {
        assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len(), "one of them stands twice: {list:?}");
    }
    for href in hrefs {
        let uuid = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leads out"));
        assert!(uuids.iter().any(|other| other == uuid), "{href} leads nowhere");
    }
}

fn walk(value: &Value, each: &mut dyn FnMut(&Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, each)),
        Value::Object(fields) => {
            each(fields);
            fields.values().for_each(|value| walk(value, each));
        }
        _ => {}
    }
}

/// What is said of catalogs and crosswalks, without the places where.
fn said(compiled: &Compiled) -> Value {
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let mut bytes = Vec::new();
    prm::emit::json::write(&input, &mut bytes).unwrap();
    let mut whole: Value = serde_json::from_slice(&bytes).unwrap();
    let notices = |whole: &Value| {
        let of = |row: &Value| (row["of"].clone(), row["kind"].clone(), row["text"].clone());
        let mut rows: Vec<_> = whole["notices"].as_array().unwrap().iter().map(of).collect();
        rows.sort_by_key(|row| row.0.to_string());
        serde_json::to_value(rows).unwrap()
    };
    let mut kept = serde_json::json!({
        "catalogs": whole["catalogs"].take(), "crosswalks": whole["crosswalks"].take(), "notices": notices(&whole),
    });
    strip(&mut kept);
    kept
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(fields) => {
            ["origin", "file", "line"].iter().for_each(|place| drop(fields.remove(*place)));
            fields.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// Documents read again: what comes of them, and what was left out.
fn again(documents: &[String]) -> (String, Vec<String>) {
    let files: Vec<import::File<'_>> =
        documents.iter().map(|text| import::File { name: "again.json", bytes: text.as_bytes() }).collect();
    let importer = import::find("oscal").unwrap();
    let imported =
        import::import(importer, &files, &import::Options::default(), &[]).map_err(|(_, refused)| refused).unwrap();
    let left = imported.report.lines.iter().filter(|line| line.action == import::report::Action::LeftOut);
    let left = left.map(|line| format!("{}: {}", line.place, line.note)).collect();
    (imported.text, left)
}

/// What stands in a catalog of random shape: for each row its kind, what it stands in, its id, and what it says.
#[derive(Clone, Debug)]
struct Row {
    kind: u8,
    within: usize,
    id: u8,
    text: Option<String>,
    label: Option<String>,
    notes: Vec<String>,
}

/// Texts that people write, and some that nobody does.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Keys are known.".to_owned()),
        Just("One.\n\n- \"two\"\n- `three`".to_owned()),
        Just("{{ insert: param, x }} and [[7.4]]".to_owned()),
        Just("Prüfung – {{ und {{ insert: param }}".to_owned()),
        "[a-z][A-Za-zÄß\u{4e00}.,:;\\[\\]{}\"' \\\\]{0,20}[a-z]",
    ]
}

fn line() -> impl Strategy<Value = String> {
    words().prop_map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn row() -> impl Strategy<Value = Row> {
    let text = proptest::option::of(words());
    let notes = proptest::collection::vec(words(), 0..3);
    (0_u8..3, 0_usize..12, 0_u8..6, text, proptest::option::of(line()), notes)
        .prop_map(|(kind, within, id, text, label, notes)| Row { kind, within, id, text, label, notes })
}

const KINDS: [Kind; 3] = [Kind::Clause, Kind::Requirement, Kind::Control];

/// The statement of a catalog, and its ids: rows that may not stand where they would are left away.
fn catalog(name: &str, rows: &[Row]) -> (Statement, Vec<String>) {
    let mut placed: Vec<(Kind, Option<usize>, Statement)> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for row in rows {
        let kind = KINDS[usize::from(row.kind)];
        let within = row.within.checked_sub(1).filter(|within| *within < placed.len());
        let may_stand = matches!(
            (kind, within.map(|within| placed[within].0)),
            (_, None | Some(Kind::Clause)) | (Kind::Requirement, _) | (Kind::Control, Some(Kind::Control))
        );
        let number = placed.len() / 2 + 1;
        let id = match row.id {
            0 => format!("{number}"),
            1 => format!("A.{number}"),
            2 => format!("_{number}"),
            3 => format!("__{number}"),
            4 => format!("{number}.x"),
            _ => format!("-{number}"),
        };
        if !may_stand || ids.contains(&id) {
            continue;
        }
        let mut statement = Statement::new(kind).id(&id).title(format!("Title of {id}").as_str());
        let mut block: Vec<Entry> = Vec::new();
        block.extend(row.label.as_deref().map(|label| Statement::new(Kind::Label).text(label).into()));
        match &row.text {
            Some(text) if kind == Kind::Clause => block.push(Statement::new(Kind::Note).text(text.as_str()).into()),
            Some(text) => statement = statement.text(text.as_str()),
            None => {}
        }
        block.extend(row.notes.iter().map(|note| Entry::from(Statement::new(Kind::Note).text(note.as_str()))));
        ids.push(id);
        placed.push((kind, within, statement.with_all(block)));
    }
    let mut top = Vec::new();
    for at in 0..placed.len() {
        if placed[at].1.is_none() {
            top.push(whole(at, &placed));
        }
    }
    (Statement::new(Kind::Catalog).id(name).title("Rules").with_all(top), ids)
}

fn whole(at: usize, placed: &[(Kind, Option<usize>, Statement)]) -> Statement {
    let inner = (0..placed.len()).filter(|other| placed[*other].1 == Some(at)).map(|other| whole(other, placed));
    placed[at].2.clone().with_all(inner.collect::<Vec<_>>())
}

/// A line of a crosswalk: rows of either side by their positions, the relation, why.
type Drawn = (Vec<usize>, usize, Vec<usize>, Option<String>);

const RELATIONS: [Role; 5] = [Role::Equals, Role::Equivalent, Role::Subset, Role::Superset, Role::Intersects];

fn crosswalk(left: &[String], right: &[String], lines: &[Drawn]) -> Statement {
    let pick = |ids: &[String], chosen: &[usize]| {
        let mut picked: Vec<String> = chosen.iter().map(|at| ids[at % ids.len()].clone()).collect();
        picked.sort();
        picked.dedup();
        picked
    };
    let mut statement = Statement::new(Kind::Crosswalk)
        .id("over")
        .title("From one to two")
        .word(Role::FromCatalog, "one")
        .word(Role::ToCatalog, "two")
        .with(Statement::new(Kind::Note).text("Of both."));
    for (of, relation, to, because) in lines {
        let line = Statement::correspondence(pick(left, of), RELATIONS[*relation], pick(right, to));
        statement = statement.with(match because {
            Some(because) => line.because(because.as_str()),
            None => line,
        });
    }
    statement
        .with(Statement::new(Kind::Withdrawn).words(Role::Ref, pick(left, &[3])))
        .with(Statement::new(Kind::New).words(Role::Ref, pick(right, &[1, 2])))
}

proptest! {
    #![proptest_config(cases(40))]

    /// Catalogs and crosswalks of any shape come back as they were, and nothing of them is lost.
    #[test]
    fn what_goes_out_comes_in(
        one in proptest::collection::vec(row(), 1..14),
        two in proptest::collection::vec(row(), 1..6),
        lines in proptest::collection::vec(
            (proptest::collection::vec(0_usize..9, 1..3), 0_usize..5, proptest::collection::vec(0_usize..9, 1..3), proptest::option::of(line())),
            1..5,
        ),
        is_tailorable: bool,
        edition in proptest::option::of(prop_oneof![Just("2022"), Just("second,\nrevised"), Just("2024-02-29")]),
    ) {
        let ((mut first, left), (second, right)) = (catalog("one", &one), catalog("two", &two));
        prop_assume!(!left.is_empty() && !right.is_empty());
        first = first
            .with(Statement::new(Kind::Source).text("ISO/IEC 1,\n\nwith an amendment"))
            .with(Statement::new(Kind::Notice).text("Of our own."))
            .with(Statement::new(Kind::Note).text("Read\nthis."));
        if is_tailorable {
            first = first.with(Statement::new(Kind::Tailorable));
        }
        if let Some(edition) = edition {
            first = first.with(Statement::new(Kind::Edition).text(edition));
        }
        let source = writer::file(&[first.into(), second.into(), crosswalk(&left, &right, &lines).into()]).unwrap();
        let compiled = Project::text(source.clone()).compile();
        let mut documents = Vec::new();
        for catalog in ["one", "two"] {
            documents.push(made(&compiled, "catalog", Some(catalog), None).unwrap());
            assert_valid("catalog", &documents[documents.len() - 1]);
        }
        documents.push(made(&compiled, "mapping", None, None).unwrap());
        assert_valid("mapping", &documents[2]);
        let (text, left) = again(&documents);
        let back = Project::text(text.clone()).compile();
        prop_assert_eq!(said(&compiled), said(&back), "{}\n\n{}\n\n{}", source, text, documents.join("\n"));
        // What is left out tells of the files, not of what is in them.
        let of_files = ["uuid", "last-modified", "oscal-version", "provenance", "resources"];
        let lost: Vec<&String> = left.iter().filter(|line| !of_files.iter().any(|known| line.contains(known))).collect();
        prop_assert!(lost.is_empty(), "{:#?}", lost);
    }
}

/// Every package of the library, in every form that it has.
#[test]
fn packages_of_the_library_are_valid() {
    let mut seen = BTreeSet::new();
    for package in prm::package::standard_names() {
        let (manifest, files) = prm::package::standard_package(package).unwrap();
        let folder = format!("{package}-copy");
        let mut project = Project::new()
            .with(&format!("{folder}/prm.toml"), manifest.replace(&format!("\"{package}\""), &format!("\"{folder}\"")));
        for (path, text) in files {
            project = project.with(&format!("{folder}/{path}"), text);
        }
        let compiled = project.at(&folder).compile();
        for form in FORMS {
            if let Ok(text) = made(&compiled, form, None, None) {
                assert_valid(form, &text);
                seen.insert(form);
            }
        }
    }
    assert_eq!(seen.len(), FORMS.len(), "{seen:?}");
}

const MODEL: &str = r#"
model acme "Acme" {
  edition "2027-03"
  source "Our own"
  notice "Internal."
  covers rules
  exclude 5.3 because "Nobody does it."
}
catalog rules "Rules" {
  edition "2022"
  clause 5 "Controls" {
    control 5.1 "Keys" "Keys are kept." {
      requirement 5.1.a "Count" "They are counted."
      control 5.1.e "More" "They are counted twice."
    }
    control 5.2 "Doors"
    control 5.3 "Windows"
  }
}
group K "Keys"
process K.1 "Key management" in K {
  purpose "The purpose of key management is to keep keys."
  outcome 1 "Keys are counted." satisfies 5.1.a
  outcome 2 "Keys are kept." partly satisfies 5.1 satisfies 5
}
process K.2 "Door management" in K {
  purpose "The purpose of door management is to keep doors."
  outcome 1 "Doors are shut."
}
"#;

/// A model in all forms, small enough to be read.
#[test]
fn a_model_in_all_forms() {
    let compiled = Project::text(MODEL).compile();
    for form in ["catalog", "profile", "component"] {
        let text = made(&compiled, form, None, None).unwrap();
        assert_valid(form, &text);
        insta::assert_snapshot!(format!("oscal_{form}"), text);
    }
    assert_eq!(made(&compiled, "mapping", None, None).unwrap_err(), "the package has no crosswalk");
    let asked = made(&compiled, "catalog", Some("ruls"), None).unwrap_err();
    assert_eq!(asked, "the package neither declares nor covers a catalog `ruls`");
}

/// A profile of ours, read beside its catalog, is a model that covers and excludes the same.
#[test]
fn a_profile_comes_back() {
    let compiled = Project::text(MODEL).compile();
    let documents = ["profile", "catalog"].map(|form| made(&compiled, form, None, None).unwrap());
    let (text, _) = again(&documents);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("covers rules exclude rules:5.3 because \"Nobody does it.\""), "{text}");
    let back = Project::text(text).compile();
    let excluded = |compiled: &Compiled| {
        let statuses = compiled.statuses().into_iter().filter(|row| row.3 == prm::coverage::Status::Excluded);
        statuses.map(|row| row.2).collect::<Vec<_>>()
    };
    assert_eq!(excluded(&back), ["rules:5.3"]);
    assert_eq!(excluded(&compiled), excluded(&back));
}

/// The moment is what the caller says, else the edition's, else one that nobody takes for true; all else stays.
#[test]
fn no_clock_is_looked_at() {
    let compiled = Project::text(MODEL).compile();
    let moment = |text: &str| {
        let document: Value = serde_json::from_str(text).unwrap();
        document.as_object().unwrap().values().next().unwrap()["metadata"]["last-modified"].as_str().unwrap().to_owned()
    };
    let [plain, given] = [None, Some(1_709_210_096)].map(|epoch| made(&compiled, "profile", None, epoch).unwrap());
    assert_eq!([moment(&plain), moment(&given)], ["2027-03-01T00:00:00Z", "2024-02-29T12:34:56Z"]);
    assert_eq!(plain, given.replace("2024-02-29T12:34:56Z", "2027-03-01T00:00:00Z"));
    let other = Project::text(MODEL.replace("2027-03", "third")).compile();
    assert_eq!(moment(&made(&other, "profile", None, None).unwrap()), "1980-01-01T00:00:00Z");
    // The document's own UUID changes with what it says, those of its elements do not.
    let uuids = |text: &str| {
        let mut found = Vec::new();
        walk(&serde_json::from_str(text).unwrap(), &mut |object| {
            found.extend(object.get("uuid").map(|uuid| uuid.as_str().unwrap().to_owned()));
        });
        found
    };
    let changed = Project::text(MODEL.replace("Doors are shut.", "Doors are locked.")).compile();
    let [before, after] =
        [&compiled, &changed].map(|compiled| uuids(&made(compiled, "component", None, None).unwrap()));
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1..], after[1..]);
}

/// The checks of these tests see what is wrong.
#[test]
#[should_panic = "does not match pattern"]
fn a_token_that_is_none_is_seen() {
    let compiled = Project::text(MODEL).compile();
    assert_valid("catalog", &made(&compiled, "catalog", None, None).unwrap().replace("\"_5.2\"", "\"5.2\""));
}

/// The Core of the CSF and its reference to ISO/IEC 27001, cell by cell.
#[test]
fn the_framework_is_what_nist_says() {
    let compiled = Project::text("use nist-csf-2.0\nuse nist-csf-2.0-iso27001-2022\nuse iso27001-2022\nmodel x \"X\" {\n covers nist-csf-2.0 through nist-csf-2.0-iso27001-2022\n}\n").compile();
    let (program, sources) = (&compiled.0.program, &compiled.0.sources);
    let rows = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oscal").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let rows: Vec<Vec<String>> =
            text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect();
        rows
    };
    let catalog = program.catalogs.iter().find(|catalog| program.name(catalog.id) == "nist-csf-2.0").unwrap();
    let own: Vec<Vec<String>> = catalog
        .requirements()
        .map(|row| {
            let row = program.requirement(row);
            let (id, title) = (program.name(row.id).to_owned(), sources.text(row.title).into_owned());
            let note = row.remarks.notes().first().map(|note| sources.text(*note).into_owned());
            match (note, id.len()) {
                (Some(note), 2) => vec!["function".to_owned(), id, title, note],
                (Some(note), _) => vec!["category".to_owned(), id, title, note],
                (None, _) => vec!["subcategory".to_owned(), id, String::new(), title],
            }
        })
        .collect();
    assert_eq!(own, rows("nist-csf-2.0.tsv"));
    let crosswalk = program.crosswalks.iter().find(|row| program.name(row.id) == "nist-csf-2.0-iso27001-2022").unwrap();
    let name = |row: prm::model::RequirementId| program.name(program.requirement(row).id).to_owned();
    let mut pairs = BTreeSet::new();
    for line in &crosswalk.lines {
        assert_eq!((line.relation.words(), line.left.len()), ("intersects", 1));
        pairs.extend(line.right.iter().map(|(right, _)| (name(line.left[0].0), name(*right))));
    }
    let iso = program.catalogs.iter().find(|catalog| program.name(catalog.id) == "iso27001-2022").unwrap();
    let is_clause = |row: prm::model::RequirementId| program.requirement(row).kind == prm::model::ReqKind::Clause;
    let mut told = BTreeSet::new();
    for row in rows("nist-csf-2.0-iso27001-2022.tsv") {
        let right = iso.requirements().find(|right| name(*right) == row[2]).unwrap();
        // What stands in a clause stands for it.
        let stands_in_clause =
            |row: &prm::model::RequirementId| program.requirement(*row).parent.is_some_and(is_clause);
        let below = program.below(right).filter(|row| !is_clause(*row) && stands_in_clause(row));
        let meant: Vec<_> = if is_clause(right) { below.collect() } else { vec![right] };
        told.extend(meant.into_iter().map(|right| (row[0].clone(), name(right))));
    }
    assert_eq!(pairs, told);
}

/// What intersects shows where to look, and covers nothing.
#[test]
fn one_model_before_two_frameworks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-worlds.prm");
    let compiled = Project::read(&path).compile();
    let statuses = compiled.statuses();
    let status = |id: &str| statuses.iter().find(|row| row.2 == id).unwrap().3.word();
    let shown = ["iso27001-2022:A.6.3", "nist-csf-2.0:PR.AT-01", "nist-csf-2.0:PR.AT-02"].map(status);
    assert_eq!(shown, ["covered", "covered", "partial"]);
}
