//! The one place that speaks to minijinja.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::{Printer, data};
use crate::document::setting::{Template, Unprintable};
use crate::document::tree::Document;

/// How many instructions a template may take: many times what the largest document needs.
const FUEL: u64 = 5_000_000;

/// How long what it writes may be, in bytes.
const LONGEST: usize = 256 << 20;

/// Lays a document out, with sections behind it: their ids, titles and contents.
///
/// # Errors
/// Where the template is no text, is not written right, names what is not there, or does too much.
pub(in crate::document) fn render(
    template: &Template<'_>,
    document: &Document,
    printer: &mut dyn Printer,
    sections: Vec<[&str; 3]>,
) -> Result<Vec<u8>, Unprintable> {
    let text = std::str::from_utf8(template.bytes).map_err(|_| Unprintable {
        problem: format!("the template `{}` is no text", template.path),
        help: "save it as UTF-8 in your editor".to_owned(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let escape = printer.escape();
    environment.set_formatter(move |out, state, value| write(out, state, value, escape));
    let fault = |error: Error| told(template.path, text, &error);
    let context = data::of(document, printer, &sections);
    let written = environment.template_from_named_str(template.path, text).and_then(|template| {
        let mut out = Bounded(Vec::new());
        template.render_captured_to(context, &mut out)?;
        Ok(out.0)
    });
    written.map_err(fault)
}

/// Writes a value: what is printed already as it is, all else so that it means itself.
fn write(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
    escape: fn(&str) -> String,
) -> Result<(), Error> {
    if value.is_undefined() {
        return minijinja::escape_formatter(out, state, value);
    }
    let text = value.to_string();
    let text = if value.is_safe() || value.is_number() { text } else { escape(&text) };
    Ok(out.write_str(&text)?)
}

struct Bounded(Vec<u8>);

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is wrong with a template, at its line, and what to do.
fn told(path: &str, text: &str, error: &Error) -> Unprintable {
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let at = error.line().map(|line| {
        let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
        let shown: String = shown.chars().take(80).collect();
        format!(", line {line} (`{shown}`)")
    });
    let help = match error.kind() {
        ErrorKind::UndefinedError => "the names that a template may use stand in docs/documents.md",
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            "a template has the filters, functions and tests of minijinja, and no others"
        }
        ErrorKind::TemplateNotFound => "a template is one file; put into it what it asks for",
        ErrorKind::OutOfFuel => "it repeats itself too often; look at its loops",
        ErrorKind::WriteFailure => "it writes more than 256 MiB; look at its loops",
        _ => {
            "templates are those of Jinja: `{{ title.written }}`, `{% for block in blocks %}`; docs/documents.md has an example"
        }
    };
    Unprintable { problem: format!("the template `{path}`{}: {what}", at.unwrap_or_default()), help: help.to_owned() }
}
