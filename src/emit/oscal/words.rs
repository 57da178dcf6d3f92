//! What all OSCAL documents have: ids that are derived, properties, what they say of themselves.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use uuid::Uuid;

use crate::emit::Input;
use crate::model::{Package, Text};
use crate::package::OSCAL_NAMESPACE as NAMESPACE;

/// A document of a kind.
pub struct Document<Body> {
    kind: &'static str,
    uuid: String,
    metadata: Metadata,
    body: Body,
}

impl<Body: Serialize> Serialize for Document<Body> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a, Body> {
            uuid: &'a str,
            metadata: &'a Metadata,
            #[serde(flatten)]
            body: &'a Body,
        }
        let mut map = out.serialize_map(Some(1))?;
        let Document { uuid, metadata, body, .. } = self;
        map.serialize_entry(self.kind, &Whole { uuid, metadata, body })?;
        map.end()
    }
}

/// What a document says of itself.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    title: String,
    last_modified: String,
    version: String,
    oscal_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

/// What a document is of, for what it says of itself.
pub struct Subject<'a> {
    /// `catalog`, `profile` …: its key, and a part of its UUIDs.
    pub kind: &'static str,
    /// The package that says it.
    pub package: &'a Package,
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: Option<String>,
    /// What readers must be told.
    pub notice: Option<String>,
    /// What else there is to say.
    pub props: Vec<Prop>,
    /// Seconds since 1970 that the caller says it is.
    pub epoch: Option<u64>,
}

impl Subject<'_> {
    /// The document with its matter. Its own UUID changes with what it says.
    pub fn with<Body: Serialize>(self, body: Body) -> Document<Body> {
        let Subject { kind, package, id, title, edition, notice, mut props, epoch } = self;
        let edition = edition.filter(|edition| !edition.trim().is_empty());
        props.insert(0, Prop::own("id", id));
        props.extend(edition.as_deref().map(|edition| Prop::own("edition", edition)));
        let moment = epoch.map(moment).or_else(|| edition.as_deref().and_then(date));
        if moment.is_none() {
            props.push(Prop::own("last-modified", "not stated"));
        }
        let version = edition.as_deref().or(package.version.as_deref()).map(one_line);
        let version = version.filter(|version| !version.is_empty()).unwrap_or_else(|| "0".to_owned());
        let metadata = Metadata {
            title: line_or(&title, id),
            last_modified: moment.unwrap_or_else(|| "1980-01-01T00:00:00Z".to_owned()),
            version,
            oscal_version: "1.2.1",
            props,
            remarks: notice,
        };
        let mut digest = Digest(hmac_sha256::Hash::new());
        // What cannot be written as JSON is told where the document is written.
        let _ = serde_json::to_writer(&mut digest, &(&metadata.title, &metadata.props, &metadata.remarks, &body));
        let digest: String = digest.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let uuid = uuid(&["document", kind, &package.name, id, &metadata.version, &digest]);
        Document { kind, uuid, metadata, body }
    }
}

struct Digest(hmac_sha256::Hash);

impl std::io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The UUID (RFC 9562, version 5) of what these words name: the same on every run and machine.
pub fn uuid(words: &[&str]) -> String {
    let ours = Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE.as_bytes());
    Uuid::new_v5(&ours, words.join("\u{1f}").as_bytes()).hyphenated().to_string()
}

/// A property.
#[derive(Serialize)]
pub struct Prop {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ns: Option<&'static str>,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

impl Prop {
    /// One of ours. What has several lines stands whole in its remarks.
    pub fn own(name: &'static str, text: &str) -> Prop {
        let value = line_or(text, "-");
        let remarks = (value != text).then(|| text.to_owned());
        Prop { name, ns: Some(NAMESPACE), value, class: None, remarks }
    }

    /// One of ours that says something of a token.
    pub fn of(name: &'static str, token: &str, text: &str) -> Prop {
        Prop { class: Some(token.to_owned()), ..Prop::own(name, text) }
    }

    /// A label.
    pub fn label(text: &str) -> Prop {
        Prop { ns: None, remarks: None, ..Prop { name: "label", ..Prop::own("label", text) } }
    }
}

/// The words on one line, or others where there are none.
pub fn line_or(words: &str, otherwise: &str) -> String {
    let line = one_line(words);
    if line.is_empty() { otherwise.to_owned() } else { line }
}

fn one_line(words: &str) -> String {
    let is_plain = !words.contains(|character: char| character.is_whitespace() && character != ' ');
    match is_plain && words.trim() == words {
        true => words.to_owned(),
        false => words.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// What a document names.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BackMatter {
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    uuid: String,
    title: String,
    props: Vec<Prop>,
}

/// What names catalogs, and the references that lead there.
#[derive(Default)]
pub struct Resources(Vec<Resource>);

impl Resources {
    /// The reference to a catalog.
    pub fn catalog(&mut self, input: &Input<'_>, catalog: crate::model::CatalogId) -> String {
        let of = input.program.catalog(catalog);
        let (id, package) = (input.program.name(of.id), &input.program.package(of.origin.package).name);
        let uuid = uuid(&["resource", package, id]);
        if self.0.iter().all(|resource| resource.uuid != uuid) {
            let title = line_or(&input.sources.text(of.title), id);
            let edition = of.edition.map(|edition| Prop::own("edition", &input.sources.text(edition)));
            let props = std::iter::once(Prop::own("id", id)).chain(edition).collect();
            self.0.push(Resource { uuid: uuid.clone(), title, props });
        }
        format!("#{uuid}")
    }

    /// All that was named; `None` where nothing was.
    pub fn back_matter(self) -> Option<BackMatter> {
        (!self.0.is_empty()).then_some(BackMatter { resources: self.0 })
    }
}

/// What a text says.
pub fn text(input: &Input<'_>, text: Text) -> String {
    input.sources.text(text).into_owned()
}

/// Seconds since 1970 as OSCAL writes a moment: the civil calendar, in days from the first of March of the year 0.
fn moment(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The date of an edition that is one: `2022`, `2022-10`, `2022-10-25`.
fn date(edition: &str) -> Option<String> {
    let parts: Vec<&str> = edition.trim().split('-').collect();
    let number = |at: usize, digits: usize| match parts.get(at) {
        None => Some(1),
        Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse::<u32>().ok()
        }
        Some(_) => None,
    };
    let (year, month, day) = (number(0, 4)?, number(1, 2)?, number(2, 2)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_date =
        parts.len() <= 3 && (1900..3000).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}T00:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(moment(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(moment(1_709_210_096), "2024-02-29T12:34:56Z");
        assert_eq!(moment(4_102_444_800), "2100-01-01T00:00:00Z");
    }

    #[test]
    fn editions_are_dates_where_they_say_one() {
        assert_eq!(date("2022").as_deref(), Some("2022-01-01T00:00:00Z"));
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29T00:00:00Z"));
        for other in ["2023-02-29", "2022-13", "2.0", "second", "20222", "2022-1-1-1", "2022-", "+202"] {
            assert_eq!(date(other), None, "{other}");
        }
    }
}
