//! What a page is answered.

use std::fmt::Display;

use prm::{
    Checked, Compilation, Diagnostic, GraphFormat, GraphScope, MessageFormat, OUTPUTS, Options, Request, Severity,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::request::{Build, Check, Format};

/// What there is to say, in the form of `prm check --message-format json`; what could not be read; how the catalogs are
/// covered; and how the open file is coloured.
pub fn check(request: &[u8]) -> Vec<u8> {
    understood(request, |asked: Check| {
        let is_source = asked.open.ends_with(".prm");
        let colours = if is_source { colours(asked.package.text(&asked.open)) } else { Vec::new() };
        let compilation = asked.package.compile();
        let shown = shown(&compilation, asked.pedantic);
        let lines = prm::render(MessageFormat::Json, &shown, &compilation.sources, false);
        let messages: Vec<Value> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let unreadable = compilation.unreadable.iter().map(|file| format!("{}: {}", file.path, file.problem));
        Ok(json!({
            "messages": messages,
            "unreadable": unreadable.collect::<Vec<_>>(),
            "overlooked": compilation.overlooked,
            "sound": compilation.checked().is_some(),
            "colours": colours,
        }))
    })
}

/// The files of an output.
pub fn build(request: &[u8]) -> Vec<u8> {
    understood(request, |Build { package, format, form }| {
        let compilation = package.compile();
        let checked = compilation.checked().ok_or("this is shown once the errors are mended")?;
        let drawing = |scope| prm::graph(&checked, GraphFormat::Svg, scope, None);
        match format.as_str() {
            "map" => Ok(json!({"files": [{"path": "", "text": drawing(GraphScope::Map)}]})),
            "trace" => Ok(json!({"files": [{"path": "", "text": drawing(GraphScope::Traceability)}]})),
            _ => output(&compilation, &checked, &format, form.as_deref()),
        }
    })
}

fn output(compilation: &Compilation, checked: &Checked<'_>, format: &str, form: Option<&str>) -> Result<Value, String> {
    let options = Options::default();
    let output = prm::output(format).ok_or("there is no such output")?;
    let form = output.form(form).ok_or("the output has no such form")?;
    let findings = output.findings(compilation, &options, &shown(compilation, false));
    let input = checked.with_diagnostics(&findings);
    let made = form.make(&input, &Request::new(&options));
    let artifacts = made.map_err(|refused| format!("{}; {}", refused.problem, refused.help))?;
    let mut files = Vec::new();
    for artifact in artifacts {
        let mut bytes = Vec::new();
        (artifact.write)(&mut bytes).map_err(|error| error.to_string())?;
        files.push(json!({"path": artifact.path, "text": String::from_utf8_lossy(&bytes)}));
    }
    Ok(json!({"files": files}))
}

/// A text in its one layout.
pub fn format(request: &[u8]) -> Vec<u8> {
    understood(request, |asked: Format| match prm::format(&asked.text) {
        Ok(formatted) => Ok(json!({"text": formatted.text})),
        Err(_) => Err("the layout would say something else: a fault of the compiler".into()),
    })
}

/// The outputs that are text, and the version of the compiler.
pub fn about() -> Vec<u8> {
    let outputs = OUTPUTS.iter().flat_map(|output| {
        let forms = output.forms.iter().filter(|form| !form.is_binary);
        forms.map(|form| {
            json!({"format": output.format, "form": output.has_forms().then_some(form.name), "about": output.about})
        })
    });
    json!({"outputs": outputs.collect::<Vec<_>>()}).to_string().into_bytes()
}

/// What is said of a model; hints only to who asks for them.
fn shown(compilation: &Compilation, pedantic: bool) -> Vec<Diagnostic> {
    let is_shown = |found: &&Diagnostic| pedantic || found.severity != Severity::Hint;
    compilation.diagnostics.iter().filter(is_shown).cloned().collect()
}

/// The coloured stretches of a text: where each begins and how long it is, in units of UTF-16 as scripts count them, and
/// its colour.
fn colours(text: &str) -> Vec<(usize, usize, &'static str)> {
    let units = |bytes: &str| bytes.encode_utf16().count();
    let (mut byte, mut unit) = (0, 0);
    let stretches = prm::colours(text).into_iter().map(|(bytes, colour)| {
        unit += units(&text[byte..bytes.start]);
        byte = bytes.start;
        (unit, units(&text[bytes]), colour.word())
    });
    stretches.collect()
}

/// The answer to a request, or what is in the way of one.
pub fn understood<T: DeserializeOwned>(request: &[u8], answer: impl FnOnce(T) -> Result<Value, String>) -> Vec<u8> {
    let problem = |problem: &dyn Display| json!({"problem": problem.to_string()});
    let answered = match serde_json::from_slice(request) {
        Ok(asked) => answer(asked).unwrap_or_else(|refused| problem(&refused)),
        Err(error) => problem(&error),
    };
    answered.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(answer: fn(&[u8]) -> Vec<u8>, request: Value) -> Value {
        serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap()
    }

    #[test]
    fn messages_and_colours_of_a_file() {
        let text = "// 😀\nterm \"key\" \"\"\n";
        let request = json!({"files": {"a.prm": text}, "path": "a.prm", "open": "a.prm"});
        let answer = asked(check, request);
        assert_eq!(answer["colours"][0], json!([0, 5, "comment"]));
        assert_eq!(answer["colours"][1], json!([6, 4, "keyword"]));
        assert_eq!(answer["messages"][0]["line"], 2);
        assert_eq!(answer["messages"][0]["file"], "a.prm");
    }

    #[test]
    fn every_output_of_a_model_and_none_of_a_broken_one() {
        let text = include_str!("../../examples/holes.prm");
        let about: Value = serde_json::from_slice(&about()).unwrap();
        let mut outputs = about["outputs"].as_array().unwrap().clone();
        outputs.extend([json!({"format": "map"}), json!({"format": "trace"})]);
        for output in outputs {
            let request = |text: &str| json!({"files": {"a.prm": text}, "path": "a.prm", "format": output["format"], "form": output["form"]});
            let made = asked(build, request(text));
            // What a model has not, such as an assessment, is no output of it: then it is said what to add.
            let is_made = made["files"][0]["text"].as_str().is_some_and(|text| !text.is_empty());
            let says = |words: &str| made["problem"].as_str().is_some_and(|problem| problem.contains(words));
            let lacks = output["format"] == "assessment" && says("add") || says("no crosswalk");
            assert!(is_made || lacks, "{output}: {made}");
            assert!(asked(build, request("process"))["problem"].is_string(), "{output}");
        }
    }

    #[test]
    fn a_manifest_may_ask_for_what_the_command_makes() {
        let schema: Value = serde_json::from_str(include_str!("../../editors/prm.toml.schema.json")).unwrap();
        let names = |text: &str| -> Vec<String> {
            let mut found = Vec::new();
            let mut todo = vec![&schema];
            while let Some(value) = todo.pop() {
                if let Some(all) = value.pointer(&format!("/{text}/enum")).and_then(Value::as_array) {
                    found.extend(all.iter().map(|name| name.as_str().unwrap().to_owned()));
                }
                todo.extend(value.as_object().into_iter().flat_map(|map| map.values()));
                todo.extend(value.as_array().into_iter().flatten());
            }
            found
        };
        let formats = names("format");
        assert!(["docx", "xlsx", "oscal", "soa"].iter().all(|name| formats.iter().any(|format| format == name)));
        for format in formats {
            let manifest = format!("[package]\nname = \"a\"\n[[output]]\nformat = \"{format}\"\npath = \"out/a\"\n");
            let request = json!({"files": {"prm.toml": manifest, "a.prm": ""}, "path": "", "open": "a.prm"});
            let answer = asked(check, request);
            let about_manifest = |found: &&Value| found["file"] == "prm.toml";
            let found = answer["messages"].as_array().unwrap().iter().find(about_manifest);
            assert!(found.is_none(), "{format}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_no_fault() {
        for request in [json!(null), json!({}), json!({"files": [], "path": 1}), json!({"text": 1})] {
            for answer in [check, build, format] {
                assert!(asked(answer, request.clone())["problem"].is_string(), "{request}");
            }
        }
        assert!(String::from_utf8(check(b"\xff")).unwrap().contains("problem"));
        let unknown = json!({"files": {}, "path": "", "format": "cake", "form": null});
        assert!(asked(build, unknown)["problem"].is_string());
        let nothing = asked(check, json!({"files": {}, "path": "", "open": ""}));
        assert_eq!(nothing["sound"], false);
    }
}
