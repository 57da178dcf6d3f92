//! The JSON Schemas (draft 2020-12) of the JSON outputs, made of the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// The schema of a document, with its id.
pub fn of<Document: JsonSchema>(id: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Document>();
    schema.insert("$id".to_owned(), id.into());
    // A schema is a JSON value already; no key of it can fail to be text.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
