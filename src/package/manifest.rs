//! `prm.toml`: the name of a package, its dependencies, its lints, its outputs.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_writer::TomlWrite;

use super::keys::{self, Takes};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Family, Severity, words};
use crate::source::{alike, join, normalize};
use crate::span::{FileId, Span};

/// A manifest.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Its file; `None` for a file that is a package alone.
    pub file: Option<FileId>,
    /// The name of the package.
    pub name: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The packages in other folders that it may use.
    pub dependencies: Vec<Dependency>,
    /// How grave it takes its diagnostics to be.
    pub lints: Lints,
    /// What `prm build` writes when no format is given.
    pub outputs: Vec<Output>,
    /// Whether it is not known which packages it may use: what it says of them is broken, or it cannot be read.
    pub is_unsure: bool,
}

/// How grave a package takes its diagnostics to be: `[lints]`.
#[derive(Clone, Debug, Default)]
pub struct Lints {
    codes: Vec<(&'static Code, Severity)>,
    families: Vec<(Family, Severity)>,
}

impl Lints {
    /// What is said of a code: by itself, or else by its family, which switches nothing on that is off.
    pub fn level(&self, code: &Code) -> Option<Severity> {
        let own = self.codes.iter().rev().find(|(other, _)| *other == code).map(|(_, level)| *level);
        let is_off = code.severity == Severity::Off;
        let family = || self.families.iter().find(|(family, _)| *family == code.family && !is_off);
        own.or_else(|| family().map(|(_, level)| *level))
    }

    /// Whether a check is to run: it is on, or switched on.
    pub fn wants(&self, code: &Code) -> bool {
        self.level(code).unwrap_or(code.severity) != Severity::Off
    }
}

/// A dependency.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The name by which it is used.
    pub name: String,
    /// The place of the name.
    pub span: Span,
    /// Its folder, as diagnostics name it.
    pub folder: String,
    /// The place of its path.
    pub path_span: Span,
}

/// An output.
#[derive(Clone, Debug)]
pub struct Output {
    /// What it is: the name of a [`Format`].
    pub format: String,
    /// The form, for formats that have several.
    pub form: Option<String>,
    /// The file, relative to the folder of the package.
    pub path: String,
    /// The place of the path.
    pub path_span: Span,
    /// How it is wanted.
    pub options: Options,
    /// The place of the path of its template.
    pub template_span: Option<Span>,
}

/// How an output is wanted: what is said besides its format and form. Each has one name, which is its key in
/// `[[output]]` and its option on the command line.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// `provenance`: whether a document says of each element which layer added, replaced or left it out.
    pub provenance: bool,
    /// `draft`: whether a document tells statuses, gaps and findings, for those who still work on the model.
    pub draft: bool,
    /// `compact`: whether data are written without blanks and line breaks between values.
    pub compact: bool,
    /// `catalog`: the id of the one covered catalog that is told of.
    pub catalog: Option<String>,
    /// `assessment`: the id of the assessment that is told of.
    pub assessment: Option<String>,
    /// `template`: a file by which a document is laid out; in a manifest, from the folder of the package.
    pub template: Option<String>,
}

impl Options {
    /// The names of those that are set.
    pub fn set(&self) -> impl Iterator<Item = &'static str> {
        let flags = [(self.provenance, "provenance"), (self.draft, "draft"), (self.compact, "compact")];
        let texts = [
            (self.catalog.is_some(), "catalog"),
            (self.assessment.is_some(), "assessment"),
            (self.template.is_some(), "template"),
        ];
        flags.into_iter().chain(texts).filter_map(|(is_set, name)| is_set.then_some(name))
    }
}

/// A format that an output may have. Which there are is known on a floor above, and passed in.
#[derive(Clone, Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// Its forms, the usual one first.
    pub forms: Vec<Form>,
}

/// A form of a format.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name; one alone is not named.
    pub name: &'static str,
    /// The options that it has.
    pub options: &'static [&'static str],
}

/// Reads a manifest; `folder` is the package's, as diagnostics name it, and `formats` are those that outputs may have.
pub fn read(file: FileId, text: &str, folder: &str, formats: &[Format]) -> (Manifest, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        folder,
        formats,
        manifest: Manifest { file: Some(file), ..Manifest::default() },
        diagnostics: Vec::new(),
    };
    match DeTable::parse(text) {
        Ok(table) => reader.document(table.get_ref()),
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let span = Span::new(file, range.start.min(text.len()), range.end.min(text.len()));
            let (message, help) = slip(text, range.start).unwrap_or_else(|| {
                let help = "a manifest begins `[package]`, `name = \"acme\"`, `version = \"1.0.0\"`";
                (format!("`prm.toml` is not TOML: {}", error.message().replace('\n', "; ")), help.to_owned())
            });
            let found = Diagnostic::new(&codes::MALFORMED_MANIFEST, span, message).label("here").help(help);
            reader.diagnostics.push(found);
            reader.manifest.is_unsure = true;
        }
    }
    (reader.manifest, reader.diagnostics)
}

/// What people do who write TOML seldom: what there is to say of the line, and what to do.
fn slip(text: &str, at: usize) -> Option<(String, String)> {
    let before = text.get(..at)?.rfind('\n').map_or(0, |start| start + 1);
    let line = text.get(before..)?.lines().next()?.trim();
    let says = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|marks| line.starts_with(marks)) {
        return says("a merge left two versions of these lines", "keep one of them, and delete the lines of marks");
    }
    if line.starts_with("//") {
        return says("a comment begins with `#` in `prm.toml`", "write `#` instead of `//`");
    }
    let odd = |character: &char| {
        alike::is_double_quote(*character)
            || alike::is_blank(*character) && *character != ' '
            || alike::is_nothing(*character)
    };
    if let Some(odd) = line.chars().find(odd) {
        let name = if alike::is_blank(odd) { "a blank of a word processor".to_owned() } else { alike::name(odd) };
        return says(&format!("{name} stands in this line"), "write straight quotes and plain blanks");
    }
    let is_key =
        |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let Some((key, value)) = line.split_once('=') else {
        let (key, value) = line.split_once(':').filter(|(key, _)| is_key(key.trim()))?;
        return says(
            "`=` stands between a key and its value, not a colon",
            &format!("write `{} = {}`", key.trim(), value.trim()),
        );
    };
    let (key, value) = (key.trim(), value.trim());
    if value.contains('"') && value.contains('\\') {
        return says("a backslash begins an escape", "write `/` between folders");
    }
    if value.starts_with('{') && value.contains(':') && !value.contains('=') {
        return says(
            "`=` stands between a key and its value, not a colon",
            &format!("write `{key} = {}`", value.replacen(':', " =", 1)),
        );
    }
    let is_bare =
        is_key(key) && value.starts_with(|first: char| first.is_ascii_alphanumeric() || matches!(first, '.' | '/'));
    let help = format!("write `{key} = \"{value}\"`");
    (is_bare && !value.contains('"')).then(|| (format!("the text of `{key}` stands in no quotes"), help))
}

struct Reader<'a> {
    file: FileId,
    folder: &'a str,
    formats: &'a [Format],
    manifest: Manifest,
    diagnostics: Vec<Diagnostic>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn span<T>(&self, value: &Spanned<T>) -> Span {
        Span::new(self.file, value.span().start, value.span().end)
    }

    fn malformed(&mut self, span: Span, message: impl Into<String>, expected: impl Into<String>) {
        self.diagnostics.push(
            Diagnostic::new(&codes::MALFORMED_MANIFEST, span, message).label(format!("expected {}", expected.into())),
        );
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str], place: &str) {
        let name = key.get_ref();
        let near = words::nearest(name, known.iter().copied());
        let help = near.map_or_else(
            || format!("{place} takes {}", words::list(known, "and", 9)),
            |near| format!("did you mean `{near}`?"),
        );
        let span = self.span(key);
        self.diagnostics.push(
            Diagnostic::new(&codes::UNKNOWN_MANIFEST_KEY, span, format!("`{name}` means nothing in {place}"))
                .label("unknown key")
                .help(help),
        );
    }

    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "package" => self.with_table(value, "[package]", Reader::package),
                "dependencies" => self.with_table(value, "[dependencies]", Reader::dependencies),
                "lints" => self.with_table(value, "[lints]", Reader::lints),
                "output" => self.outputs(value),
                name => {
                    let known: Vec<&str> = keys::TABLES.iter().map(|table| table.name).collect();
                    self.manifest.is_unsure |= words::nearest(name, ["dependencies"]).is_some();
                    self.unknown(key, &known, "`prm.toml`");
                }
            }
        }
        if self.manifest.name.is_none() && self.diagnostics.is_empty() {
            self.malformed(Span::new(self.file, 0, 0), "the package has no name", "`[package]` with `name = \"…\"`");
        }
    }

    fn with_table(&mut self, value: &Value<'_>, name: &str, read: fn(&mut Self, &DeTable<'_>)) {
        match value.get_ref() {
            DeValue::Table(table) => read(self, table),
            _ => self.malformed(self.span(value), format!("`{name}` is no table"), "a table"),
        }
    }

    fn text(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.malformed(self.span(value), format!("`{key}` is no text"), "a text in quotes");
                None
            }
        }
    }

    fn flag(&mut self, value: &Value<'_>, key: &str) -> bool {
        match value.get_ref() {
            DeValue::Boolean(is_set) => *is_set,
            _ => {
                self.malformed(self.span(value), format!("`{key}` is neither on nor off"), "`true` or `false`");
                false
            }
        }
    }

    fn package(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "name" => {
                    self.manifest.name = self.text(value, "name");
                    if self.manifest.name.as_deref().is_some_and(|name| !is_name(name)) {
                        self.malformed(
                            self.span(value),
                            "this is no name for a package",
                            "letters, digits, `-`, `_` and dots",
                        );
                    }
                }
                "version" => self.manifest.version = self.text(value, "version"),
                _ => self.unknown(key, &keys::PACKAGE.names(), "`[package]`"),
            }
        }
    }

    fn dependencies(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let name = key.get_ref().to_string();
            let span = self.span(key);
            let DeValue::Table(body) = value.get_ref() else {
                self.malformed(
                    self.span(value),
                    format!("the dependency `{name}` has no path"),
                    "`{ path = \"../…\" }`",
                );
                self.manifest.is_unsure = true;
                continue;
            };
            let (mut path, mut is_told) = (None, false);
            for (key, value) in body.iter() {
                match key.get_ref().as_ref() {
                    "path" => path = self.text(value, "path").map(|path| (path, self.span(value))),
                    _ => {
                        self.unknown(key, &keys::DEPENDENCIES.names(), "a dependency");
                        is_told = true;
                    }
                }
            }
            self.manifest.is_unsure |= path.is_none();
            match path {
                // What stands there instead of it was told.
                None if is_told => {}
                Some((path, path_span)) => {
                    let path = path.trim_end_matches('/').to_owned();
                    let folder = if path.starts_with('/') { path } else { normalize(&join(self.folder, &path)) };
                    self.manifest.dependencies.push(Dependency { name, span, folder, path_span });
                }
                None => self.malformed(span, format!("the dependency `{name}` has no path"), "`{ path = \"../…\" }`"),
            }
        }
    }

    fn lints(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let (word, span) = (key.get_ref(), self.span(key));
            let found = match Family::find(word) {
                Some(family) if family.forbids_output() => Err(protected(word, span)),
                Some(family) => Ok((None, Some(family))),
                None => find_check(word, span).map(|code| (Some(code), None)),
            };
            match found {
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
                Ok((code, family)) => {
                    let Some(level) = self.level(value, word) else { continue };
                    self.manifest.lints.codes.extend(code.map(|code| (code, level)));
                    self.manifest.lints.families.extend(family.map(|family| (family, level)));
                }
            }
        }
    }

    fn level(&mut self, value: &Value<'_>, key: &str) -> Option<Severity> {
        match self.text(value, key)?.as_str() {
            "allow" => Some(Severity::Off),
            "warn" => Some(Severity::Warning),
            "deny" => Some(Severity::Error),
            other => {
                self.malformed(self.span(value), format!("`{other}` is no level"), "`allow`, `warn` or `deny`");
                None
            }
        }
    }

    fn outputs(&mut self, value: &Value<'_>) {
        let DeValue::Array(outputs) = value.get_ref() else {
            return self.malformed(self.span(value), "`output` is no list of tables", "`[[output]]`");
        };
        for output in outputs.iter() {
            match output.get_ref() {
                DeValue::Table(table) => self.output(table, self.span(output)),
                _ => self.malformed(self.span(output), "an output is a table", "`[[output]]`"),
            }
        }
    }

    /// One of a few words.
    fn choice(&mut self, value: &Value<'_>, key: &str, known: &[&str]) -> Option<String> {
        let text = self.text(value, key)?;
        if known.contains(&text.as_str()) {
            return Some(text);
        }
        let near = words::nearest(&text, known.iter().copied());
        let expected = near.map_or_else(|| words::list(known, "or", 9), |near| format!("`{near}`, perhaps"));
        self.malformed(self.span(value), format!("there is no {key} `{text}`"), expected);
        None
    }

    fn output(&mut self, table: &DeTable<'_>, place: Span) {
        let formats: Vec<&str> = self.formats.iter().map(|format| format.name).collect();
        let value = |name: &str| table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value);
        let format = value("format").and_then(|value| self.choice(value, "format", &formats));
        let known = format.as_deref().and_then(|name| self.formats.iter().find(|known| known.name == name));
        let form = value("as").filter(|_| known.is_none_or(|known| known.forms.len() > 1));
        let form = form.and_then(|value| self.choice(value, "as", &form_names(self.formats, known)));
        let (mut path, mut options, mut template_span) = (None, Options::default(), None);
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "format" => {}
                "as" if known.is_none_or(|known| known.forms.len() > 1) => {}
                "path" => path = self.text(value, "path").map(|text| (text, self.span(value))),
                "provenance" if has_option(known, form.as_deref(), "provenance") => {
                    options.provenance = self.flag(value, "provenance");
                }
                "draft" if has_option(known, form.as_deref(), "draft") => {
                    options.draft = self.flag(value, "draft");
                }
                "compact" if has_option(known, form.as_deref(), "compact") => {
                    options.compact = self.flag(value, "compact");
                }
                "catalog" if has_option(known, form.as_deref(), "catalog") => {
                    options.catalog = self.text(value, "catalog");
                }
                "assessment" if has_option(known, form.as_deref(), "assessment") => {
                    options.assessment = self.text(value, "assessment");
                }
                "template" if has_option(known, form.as_deref(), "template") => {
                    options.template = self.text(value, "template");
                    template_span = Some(self.span(value));
                }
                _ => self.unknown_to_output(key, known, form.as_deref()),
            }
        }
        match (format, path) {
            (Some(format), Some((path, path_span))) => {
                self.manifest.outputs.push(Output { format, form, path, path_span, options, template_span });
            }
            _ if self.diagnostics.is_empty() => self.malformed(
                place,
                "an output lacks its `format` or its `path`",
                "`format = \"…\"` and `path = \"…\"`",
            ),
            _ => {}
        }
    }

    /// A key that an output does not have, or not in this format and form.
    fn unknown_to_output(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        known: Option<&Format>,
        form: Option<&str>,
    ) {
        let keys = keys_of_output(known, form);
        let place = match (known, form) {
            (Some(known), Some(form)) => format!("an `[[output]]` of `{}` as `{form}`", known.name),
            (Some(known), None) => format!("an `[[output]]` of `{}`", known.name),
            (None, _) => "`[[output]]`".to_owned(),
        };
        self.unknown(key, &keys, &place);
    }
}

/// The keys that an output may have, in its format and form.
pub fn keys_of_output(known: Option<&Format>, form: Option<&str>) -> Vec<&'static str> {
    let is_had = |key: &&keys::Key| match key.takes {
        _ if key.is_needed => true,
        Takes::Form => known.is_none_or(|known| known.forms.len() > 1),
        _ => has_option(known, form, key.name),
    };
    keys::OUTPUT.keys.iter().filter(is_had).map(|key| key.name).collect()
}

/// The names of the forms of a format; of all where it is not known.
pub fn form_names(formats: &[Format], known: Option<&Format>) -> Vec<&'static str> {
    let all = formats.iter().filter(|format| known.is_none_or(|known| known.name == format.name));
    let mut names: Vec<&str> =
        all.filter(|format| format.forms.len() > 1).flat_map(|format| &format.forms).map(|form| form.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a form of a format has an option; what is not known has them all.
fn has_option(known: Option<&Format>, form: Option<&str>, option: &str) -> bool {
    let form = known.and_then(|known| match form {
        Some(name) => known.forms.iter().find(|form| form.name == name),
        None => known.forms.first(),
    });
    form.is_none_or(|form| form.options.contains(&option))
}

/// The line of `[dependencies]` that names a package and its folder.
pub fn dependency_line(name: &str, path: &str) -> String {
    let mut line = String::new();
    // Writing to a String cannot fail.
    let _ = line.key(toml_writer::TomlKeyBuilder::new(name).as_default());
    line.push_str(" = { path = ");
    let _ = line.value(toml_writer::TomlStringBuilder::new(path).as_default());
    line.push_str(" }");
    line
}

/// The check with this code or name, for `allow` and `[lints]`.
///
/// # Errors
/// The diagnostic, for a check that does not exist or cannot be allowed.
pub fn find_check(name: &str, span: Span) -> Result<&'static Code, Box<Diagnostic>> {
    match codes::find(name) {
        None => Err(Box::new(
            Diagnostic::new(&codes::UNKNOWN_CHECK, span, format!("there is no check `{name}`"))
                .label("unknown check")
                .help(unknown_check(name)),
        )),
        Some(code) if code.forbids_output() => Err(protected(name, span)),
        Some(code) => Ok(code),
    }
}

fn unknown_check(name: &str) -> String {
    if Family::find(name).is_some() {
        return "`allow` takes one check; a family stands in `[lints]` of `prm.toml`".to_owned();
    }
    // `P4` and `p4XX` are no code, and can mean nothing but the family.
    let is_family = name.len() <= 4 && !name.bytes().skip(2).any(|byte| byte.is_ascii_digit());
    let family = name.get(..2).and_then(|start| Family::find(&format!("{}xx", start.to_uppercase())));
    match family.filter(|_| is_family).map(Family::word).or_else(|| codes::nearest(name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`prm explain` lists the checks".to_owned(),
    }
}

fn protected(name: &str, span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&codes::PROTECTED_CHECK, span, format!("`{name}` is an error that cannot be allowed"))
            .label("cannot be allowed")
            .help("mend what it points at; only P301 and above are for the author to judge"),
    )
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}
