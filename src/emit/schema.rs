//! The JSON Schemas (draft 2020-12) of the JSON outputs, made of the types that are written; and that of manifests.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::output::formats;
use crate::codes;
use crate::diagnostic::Family;
use crate::package::keys::{DEPENDENCIES, Key, LEVELS, LINTS, OUTPUT, PACKAGE, Table, Takes};

/// The schema of a document, with its id.
pub fn of<Document: JsonSchema>(id: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Document>();
    schema.insert("$id".to_owned(), id.into());
    // A schema is a JSON value already; no key of it can fail to be text.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// The schema of `prm.toml`, made of the table of its keys. What editors know of TOML is the draft 7.
pub fn manifest() -> String {
    let tables = [
        (&PACKAGE, fixed(&PACKAGE)),
        (&DEPENDENCIES, object(Map::new(), fixed(&DEPENDENCIES))),
        (&LINTS, object(lints(), json!(false))),
        (&OUTPUT, json!({ "type": "array", "items": fixed(&OUTPUT) })),
    ];
    let described = |(table, mut schema): (&Table, Value)| {
        schema["description"] = table.meaning.into();
        (table.name.to_owned(), schema)
    };
    let mut schema = object(tables.into_iter().map(described).collect(), json!(false));
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["$id"] = "https://prm-lang.org/schema/manifest-1.json".into();
    schema["title"] = "prm.toml".into();
    schema["required"] = json!([PACKAGE.name]);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn object(properties: Map<String, Value>, others: Value) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": others })
}

/// A table with the keys of its row, and no others.
fn fixed(table: &Table) -> Value {
    let mut schema = object(table.keys.iter().map(|key| (key.name.to_owned(), value(key))).collect(), json!(false));
    let needed: Vec<&str> = table.keys.iter().filter(|key| key.is_needed).map(|key| key.name).collect();
    schema["required"] = json!(needed);
    schema
}

fn value(key: &Key) -> Value {
    let formats = formats();
    let mut schema = match key.takes {
        Takes::Text | Takes::Path | Takes::Catalog | Takes::Assessment => json!({ "type": "string" }),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Format => json!({ "enum": formats.iter().map(|format| format.name).collect::<Vec<_>>() }),
        Takes::Form => json!({ "enum": crate::package::manifest::form_names(&formats, None) }),
    };
    schema["description"] = key.meaning.into();
    schema
}

/// The checks whose gravity may be changed, by code and by name, and their families.
fn lints() -> Map<String, Value> {
    let levels: Vec<&str> = LEVELS.iter().map(|(level, _)| *level).collect();
    let level = |about: String| json!({ "enum": levels, "description": about });
    let codes = codes::ALL.iter().filter(|code| !code.forbids_output());
    let named = codes.flat_map(|code| {
        let told = |name: &str, other: &str| (name.to_owned(), level(format!("{other}: {}", code.summary)));
        [told(code.name, code.code), told(code.code, code.name)]
    });
    let families = Family::ALL.into_iter().filter(|family| !family.forbids_output());
    let families = families.map(|family| (family.word().to_owned(), level("All checks of the family.".to_owned())));
    families.chain(named).collect()
}
