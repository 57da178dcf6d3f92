//! How models, catalogs and frameworks are named: by what they are, and by the documents that they follow.

use super::page::Page;
use crate::document::Inline;
use crate::document::words::EN;
use crate::model::{CatalogId, Framework, Head, Program, Text};
use crate::source::Sources;

/// The measurement framework, with the edition and the document that it follows.
pub fn framework_title(page: &Page<'_>) -> Inline {
    let framework = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    framework.map(|framework| framework_of(page, framework)).unwrap_or_default()
}

/// A framework, with its edition and the document that it follows.
pub fn framework_of(page: &Page<'_>, row: &Framework) -> Inline {
    let source = row.source.map(|source| after(page, source, row.notice));
    identified(page, page.text(row.title), row.edition, None, source)
}

/// A model by its title, edition and version, and by the document that it follows: it is not that document.
pub fn named(page: &Page<'_>, model: &Head) -> Inline {
    named_as(page, model, page.text(model.title))
}

/// The same by what it is called.
pub fn named_as(page: &Page<'_>, model: &Head, called: Inline) -> Inline {
    let program = page.input.program;
    let home = program.package_of(model.origin.span);
    let own = |text: Option<Text>| text.filter(|text| program.package_of(*text) == home);
    let version = home.and_then(|home| program.package(home).version.as_deref());
    let source = own(model.source).map(|source| after(page, source, own_notice(program, model)));
    identified(page, called, own(model.edition), version, source)
}

/// A catalog by its title and edition, and by the document that it follows.
pub fn named_catalog(page: &Page<'_>, catalog: CatalogId) -> Inline {
    let row = page.input.program.catalog(catalog);
    let source = row.source.map(|source| after(page, source, row.notice));
    identified(page, page.text(row.title), row.edition, None, source)
}

fn identified(
    page: &Page<'_>,
    called: Inline,
    edition: Option<Text>,
    version: Option<&str>,
    source: Option<Inline>,
) -> Inline {
    let words = page.words;
    let edition = edition.map(|edition| Inline::filled(words.edition_lower, &[&page.text(edition)]));
    let version = version.map(|version| Inline::filled(words.version_lower, &[&Inline::plain(version)]));
    let parts = [Some(called), edition, version, source];
    Inline::join(parts.into_iter().flatten(), ", ")
}

/// The document that a text follows, in words that do not make it that document's text.
pub fn after(page: &Page<'_>, source: Text, notice: Option<Text>) -> Inline {
    let is_independent = is_independent(page.input.sources, notice);
    let after = if is_independent { page.words.after_independent } else { page.words.after };
    Inline::filled(after, &[&page.text(source)])
}

/// A document of its own: its source, or else its title, and its edition.
pub fn edition_of(page: &Page<'_>, title: Text, source: Option<Text>, edition: Option<Text>) -> Inline {
    let named = page.text(source.unwrap_or(title));
    // The name of a standard has its edition.
    let edition = page.text_if(edition);
    if edition.is_empty() || source.is_some() && named.shown().contains(edition.shown()) {
        return named;
    }
    Inline::filled(page.words.with_edition, &[&named, &edition])
}

/// What is said, in English, of a text that follows a document: it is not that document; where a sentence of its notice says so, its
/// wording is independent.
pub fn around(sources: &Sources, notice: Option<Text>) -> (&'static str, &'static str) {
    let after = if is_independent(sources, notice) { EN.after_independent } else { EN.after };
    after.split_once("{0}").unwrap_or((after, ""))
}

fn is_independent(sources: &Sources, notice: Option<Text>) -> bool {
    notice.is_some_and(|notice| says_independent(&sources.text(notice)))
}

/// Whether a sentence speaks of an independent wording, and denies nothing before it has.
fn says_independent(notice: &str) -> bool {
    notice.to_lowercase().split(['.', ';', '!', '?', '\n']).any(|sentence| {
        let words: Vec<&str> = sentence.split(|letter: char| !letter.is_alphanumeric()).collect();
        let at = |wanted: &[&str]| words.iter().position(|word| wanted.contains(word));
        let both = at(&["wording", "wordings", "worded"]).zip(at(&["independent", "independently"]));
        let denied = at(&["not", "no", "never", "nor", "neither", "without"]);
        both.is_some_and(|(one, other)| denied.is_none_or(|denied| denied > one.max(other)))
    })
}

/// The notice that a model gives itself.
pub fn own_notice(program: &Program, head: &Head) -> Option<Text> {
    let home = program.package_of(head.origin.span)?;
    let head = program.package(home).model.head.as_ref()?;
    head.notices.iter().find(|notice| notice.of == head.id).map(|notice| notice.text)
}

#[cfg(test)]
mod tests {
    use super::says_independent;

    #[test]
    fn what_a_notice_says_of_the_wording() {
        for (notice, says) in [
            ("Purposes are independent wording. They are not the text of X.", true),
            ("Internal. The wording of the processes is independent of ISO/IEC.", true),
            ("Independently worded, not the text of X.", true),
            ("This is the text of X, not an independent wording.", false),
            ("The wording of X. Reviewed by independent experts.", false),
            ("Independent auditors have agreed.", false),
            ("No independent wording was made.", false),
            ("", false),
        ] {
            assert_eq!(says_independent(notice), says, "{notice}");
        }
    }
}
