//! References as people write them who know the standard by heart: as it prints them, by a title, as a range, or
//! without commas. Each is one message that names the ids.

use rustc_hash::FxHashMap;

use super::Binder;
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit, words};
use crate::model::{CatalogId, Program, RequirementId, term_key};
use crate::source::{Sources, alike};
use crate::span::{Span, narrow};

/// The requirements of the catalogs that a package sees, by what people may write for them.
#[derive(Default)]
pub(super) struct Printed {
    /// By their ids and labels without the marks between the parts.
    ids: FxHashMap<String, Vec<RequirementId>>,
    /// By title, without regard to case.
    titles: FxHashMap<String, Vec<RequirementId>>,
}

/// Words before a reference that say what it is.
const DESIGNATORS: [&str; 30] = [
    "clause",
    "clauses",
    "control",
    "controls",
    "annex",
    "section",
    "sections",
    "sec",
    "art",
    "article",
    "articles",
    "requirement",
    "requirements",
    "para",
    "paragraph",
    "chapter",
    "ref",
    "no",
    "nr",
    "number",
    "item",
    "point",
    "anhang",
    "kapitel",
    "abschnitt",
    "ziffer",
    "artikel",
    "with",
    "iso",
    "iec",
];

/// Of how many catalogs the names are looked at.
const CATALOGS: usize = 50;

/// Words and marks between the members of a list.
const JOINERS: [&str; 10] = ["and", "or", "und", "oder", "et", "&", "+", ";", "/", "as"];

/// What a reference without its marks is: `6.1.2 c) 1)` and `6.1.2.c.1` are the same.
fn normal(written: &str) -> String {
    let mut normal = String::with_capacity(written.len());
    let mut before = '.';
    let latin = |character: char| alike::latin(character).unwrap_or(character);
    for character in written.chars().map(latin).flat_map(char::to_lowercase) {
        let is_part = character.is_alphanumeric();
        let is_edge = is_part && before.is_alphanumeric() && before.is_numeric() != character.is_numeric();
        if (is_edge || !is_part) && !normal.ends_with('.') && !normal.is_empty() {
            normal.push('.');
        }
        if is_part {
            normal.push(character);
        }
        before = character;
    }
    normal.trim_end_matches('.').to_owned()
}

impl Printed {
    fn of(program: &Program, sources: &Sources, catalogs: &[CatalogId]) -> Printed {
        let mut printed = Printed::default();
        for id in catalogs.iter().flat_map(|catalog| program.catalog(*catalog).requirements()) {
            let row = program.requirement(id);
            let label = row.label.map(|label| normal(&sources.text(label)));
            let own = normal(program.name(row.id));
            for form in label.into_iter().filter(|label| *label != own).chain([own.clone()]) {
                printed.ids.entry(form).or_default().push(id);
            }
            printed.titles.entry(term_key(sources.text(row.title).trim())).or_default().push(id);
        }
        printed
    }

    /// The only requirement whose id ends so, behind its first part: `5.26` for `A.5.26`.
    fn behind(&self, written: &str) -> Option<RequirementId> {
        let word = written.split_whitespace().last()?;
        let ending = format!(".{}", normal(word));
        if !word.starts_with(|first: char| first.is_ascii_digit()) || ending.len() < 4 || !ending[1..].contains('.') {
            return None;
        }
        let mut found = self.ids.iter().filter(|(id, _)| {
            id.strip_suffix(ending.as_str())
                .is_some_and(|first| !first.contains('.') && first.chars().all(char::is_alphabetic))
        });
        match (found.next(), found.next()) {
            (Some((_, ids)), None) if ids.len() == 1 => ids.first().copied(),
            _ => None,
        }
    }

    /// What is written in one of the ways of a standard; the words before it say what it is.
    fn find(&self, written: &str) -> &[RequirementId] {
        let mut rest = written.trim();
        loop {
            if let Some(found) = self.ids.get(&normal(rest)).filter(|_| !rest.is_empty()) {
                return found;
            }
            let cut = |character: char| character.is_whitespace() || matches!(character, ':' | ',' | '/');
            let Some((first, behind)) = rest.split_once(cut) else { return &[] };
            // Of `A.5.1 an A.5.2`, the first is no word.
            if self.ids.contains_key(&normal(first)) && first.bytes().any(|byte| byte.is_ascii_digit()) {
                return &[];
            }
            let name = first.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
            let is_designation = name.is_empty()
                || DESIGNATORS.contains(&name.as_str())
                || name.chars().next().is_some_and(char::is_alphabetic) && name.len() > 1 && !name.contains('.')
                || name.len() == 5 && name.bytes().all(|byte| byte.is_ascii_digit());
            if !(is_designation || name.len() == 4 && rest.len() < written.len()) {
                return &[];
            }
            rest = behind.trim_start();
        }
    }
}

impl Binder<'_> {
    /// What a reference means that is no id of the catalogs, and what it clearly says although it is not well written.
    /// `None` where nothing is found, and nothing was said.
    pub(super) fn as_printed(&mut self, span: Span, catalogs: &[CatalogId]) -> Option<Vec<RequirementId>> {
        let written = self.slice(span).to_owned();
        if written.len() > 200 {
            return None;
        }
        let key = if catalogs == self.package.scope.catalogs { None } else { catalogs.first().copied() };
        if !self.printed.contains_key(&key) {
            let printed = Printed::of(&self.state.program, self.sources, catalogs);
            self.printed.insert(key, std::rc::Rc::new(printed));
        }
        let printed = std::rc::Rc::clone(self.printed.get(&key)?);
        let bare = written.trim_matches(|c: char| c == '"' || alike::is_quote(c)).trim();
        // That there is none is said in one word.
        if bare.trim_start_matches('#').eq_ignore_ascii_case("n/a") {
            return None;
        }
        if let Some(found) = self.in_brackets(span, &written, &printed) {
            return Some(found);
        }
        if let Some(found) = self.range(span, &written, &printed) {
            return Some(found);
        }
        if let Some(found) = self.letter(span, bare, &printed) {
            return Some(found);
        }
        match printed.find(bare) {
            [] => {}
            found => return Some(self.named(span, &written, found, "as a standard prints it")),
        }
        if let Some(found) = self.search(printed.ids.len()).and_then(|()| printed.behind(bare)) {
            return Some(self.named(span, &written, &[found], "without its first part"));
        }
        if let Some(found) = printed.titles.get(&term_key(bare)).filter(|_| bare.chars().any(char::is_alphabetic)) {
            return Some(self.named(span, &written, found, "by its title"));
        }
        if let Some(found) = self.two_in_one(span, &written, catalogs) {
            return Some(found);
        }
        self.list(span, &written, catalogs, &printed).or_else(|| self.of_catalog(span, bare, catalogs, &printed))
    }

    /// The name of a standard, alone or with an id behind it.
    fn of_catalog(
        &mut self,
        span: Span,
        written: &str,
        catalogs: &[CatalogId],
        printed: &Printed,
    ) -> Option<Vec<RequirementId>> {
        let program = &self.state.program;
        for catalog in catalogs.iter().take(CATALOGS) {
            let row = program.catalog(*catalog);
            let name = program.name(row.id);
            let source = row.source.map(|source| self.sources.text(source)).unwrap_or_default();
            let is_it = [name, &source, &self.sources.text(row.title)]
                .iter()
                .any(|known| !known.is_empty() && normal(known) == normal(written));
            if is_it {
                let message = format!("`{written}` is the catalog `{name}`, and no requirement of it");
                self.report(
                    Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, message)
                        .label("expected the id of a requirement")
                        .help(format!("delete it; where several catalogs have an id, write `{name}:ID`")),
                );
                return Some(Vec::new());
            }
            let behind = written.strip_prefix(name).map(|behind| behind.trim_start_matches(['.', '/', ':', ' ']));
            if let Some(found) = behind.map(|behind| printed.find(behind)).filter(|found| !found.is_empty()) {
                return Some(self.named(span, written, found, "with its catalog before it"));
            }
        }
        None
    }

    /// A member of a list that stands in brackets: said once.
    fn in_brackets(&mut self, span: Span, written: &str, printed: &Printed) -> Option<Vec<RequirementId>> {
        let closes = written.ends_with([')', ']']) && !written.contains(['(', '[']);
        let opens = written.starts_with(['(', '[']) && !written.contains([')', ']']);
        let is_open = std::mem::replace(&mut self.bracket, opens.then_some(span)).filter(|open| open.file == span.file);
        let bare = written.trim_matches(['(', ')', '[', ']']);
        let is_whole = self.state.program.names.get(bare).is_some();
        let found =
            printed.find(bare).first().copied().filter(|_| is_whole && (opens || closes && is_open.is_some()))?;
        if opens {
            let message = "references stand in no brackets";
            self.report(
                Diagnostic::new(&codes::MALFORMED_STATEMENT, Span { end: span.start + 1, ..span }, message)
                    .label("delete it, and the one that closes it")
                    .help("write the ids with commas between: `satisfies A.5.1, A.5.2`"),
            );
        }
        Some(vec![found])
    }

    /// `4.1.b.A.5.1`: two ids with a stop where a comma is meant.
    fn two_in_one(&mut self, span: Span, written: &str, catalogs: &[CatalogId]) -> Option<Vec<RequirementId>> {
        let program = &self.state.program;
        let find = |id: &str| {
            let rows = program.index.requirements(program.names.get(id)?);
            rows.iter().find(|row| catalogs.contains(&program.requirement(**row).catalog)).copied()
        };
        let split = |(at, _): (usize, &str)| Some((at, find(&written[..at])?, find(&written[at + 1..])?));
        let mut splits = written.match_indices('.').filter_map(split);
        let (at, one, other) = splits.next().filter(|_| splits.next().is_none())?;
        let list = format!("{}, {}", &written[..at], &written[at + 1..]);
        self.report(
            Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, format!("`{written}` is two ids with a stop between"))
                .label("expected a comma between them")
                .help(format!("write `{list}`"))
                .perhaps(list),
        );
        self.state.guesses.requirements.extend([one, other]);
        Some(Vec::new())
    }

    /// One reference that is written otherwise than by its id.
    fn named(&mut self, span: Span, written: &str, found: &[RequirementId], how: &str) -> Vec<RequirementId> {
        let program = &self.state.program;
        let id = |id: &RequirementId| match found {
            [_] => program.name(program.requirement(*id).id).to_owned(),
            _ => program.full_id(*id),
        };
        let mut ids: Vec<String> = found.iter().map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        let is_stop = ids.len() == 1 && written.trim_end_matches(['.', ';', ':']) == ids[0];
        let (code, message) = match is_stop {
            true => (&codes::MALFORMED_ID, format!("more than the id `{}` stands in `{written}`", ids[0])),
            false => (&codes::UNKNOWN_REQUIREMENT, format!("`{written}` names a requirement {how}")),
        };
        let diagnostic = Diagnostic::new(code, span, message).label("expected its id");
        let diagnostic = match ids.as_slice() {
            // Where a letter of the same follows, it lacks the rest of its id then.
            [only] if self.is_before_letter(span) => diagnostic.help(format!("write its id: `{only}`")).perhaps(only),
            [only] => diagnostic.help(format!("write its id: `{only}`")).replace_with(only),
            _ => diagnostic.help(format!("write the id of the one that is meant: {}", words::list(&ids, "or", 6))),
        };
        self.report(diagnostic);
        self.state.guesses.requirements.extend(found);
        if is_stop { found.to_vec() } else { Vec::new() }
    }

    /// Whether a letter alone is the next of the list.
    fn is_before_letter(&self, span: Span) -> bool {
        let behind = self.sources.file(span.file).text.get(span.end as usize..).unwrap_or_default();
        let next = behind.trim_start().strip_prefix(',').unwrap_or_default().trim_start();
        let mut letters = next.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.next().is_none_or(|next| !next.is_alphanumeric() && next != '.')
    }

    /// `A.5.1-A.5.4`, `A.5.1 to A.5.4`: the ids from the one to the other.
    fn range(&mut self, span: Span, written: &str, printed: &Printed) -> Option<Vec<RequirementId>> {
        let program = &self.state.program;
        let dashes = written.char_indices().filter(|(_, c)| *c == '-' || alike::is_dash(*c) || *c == '\u{2026}');
        let dashes = dashes.map(|(at, character)| (at, character.len_utf8()));
        let words = [" to ", " bis ", " through ", "..."].into_iter();
        let words = words.filter_map(|word| Some((written.find(word)?, word.len())));
        let ends = |(at, length): (usize, usize)| {
            let (from, to) = (written[..at].trim(), written[at + length..].trim());
            let first = *printed.find(from).first()?;
            let stem = program.name(program.requirement(first).id).rsplit_once('.').map_or("", |(stem, _)| stem);
            let long = format!("{stem}.{to}");
            let last = printed.find(to).first().or_else(|| printed.find(&long).first());
            let last =
                last.copied().filter(|last| program.requirement(*last).catalog == program.requirement(first).catalog);
            last.filter(|last| *last > first).map(|last| (first, last))
        };
        let (first, last) = dashes.chain(words).find_map(ends)?;
        let parent = program.requirement(first).parent;
        let is_sibling = |id: &RequirementId| program.requirement(*id).parent == parent;
        let all = (first.0..=last.0).map(RequirementId);
        let found: Vec<RequirementId> = all.filter(is_sibling).collect();
        let ids: Vec<&str> = found.iter().map(|id| program.name(program.requirement(*id).id)).collect();
        let diagnostic =
            Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, format!("`{written}` is a range, which no id is"))
                .label("expected each id")
                .help(format!("write each of them: {}", words::list(&ids, "and", 24)))
                .replace_with(ids.join(", "));
        self.report(diagnostic);
        self.state.guesses.requirements.extend(found);
        Some(Vec::new())
    }

    /// `4.1 a) and b)`: several parts of one, of which the first alone is named in full.
    fn letters(&mut self, span: Span, written: &str, parts: &[&str], printed: &Printed) -> Option<Vec<RequirementId>> {
        let (stem, letters) = parts.split_first().filter(|(_, letters)| letters.len() > 1)?;
        let is_short = |part: &&str| part.trim_matches(['(', ')']).len() < 3;
        letters.iter().all(is_short).then_some(())?;
        let find = |part: &&str| printed.find(&format!("{stem} {part}")).first().copied();
        let found: Vec<RequirementId> = letters.iter().map(find).collect::<Option<_>>()?;
        let program = &self.state.program;
        let ids: Vec<&str> = found.iter().map(|id| program.name(program.requirement(*id).id)).collect();
        let message = format!("`{written}` names several requirements as a standard prints them");
        let help = format!("write each of them: {}", words::list(&ids, "and", 24));
        let says = Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, message).label("expected their ids");
        let says = says.help(help).replace_with(ids.join(", "));
        self.report(says);
        self.state.guesses.requirements.extend(found);
        Some(Vec::new())
    }

    /// `4.1 a), b)`: a letter behind a reference that names the whole, or another part of it.
    fn letter(&mut self, span: Span, written: &str, printed: &Printed) -> Option<Vec<RequirementId>> {
        let letter = written.trim_matches(['(', ')']);
        (letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(())?;
        let before = self.sources.file(span.file).text.get(..span.start as usize)?.trim_end().strip_suffix(',')?;
        let start = before.rfind([',', '\n']).map_or(0, |at| at + 1);
        let before = before[start..].rsplit("satisfies ").next()?;
        let one = printed.find(before).first().copied()?;
        let program = &self.state.program;
        let stem = program.name(program.requirement(one).id).rsplit_once('.')?.0;
        let found = printed.find(&format!("{stem} {letter}")).first().copied()?;
        let is_said = self.state.diagnostics.last().is_some_and(|said| {
            said.primary.span.file == span.file && said.primary.span.end as usize + 3 > span.start as usize
        });
        self.state.guesses.requirements.push(found);
        if !is_said {
            self.named(span, written, &[found], "by its letter alone");
        }
        Some(Vec::new())
    }

    /// Several references without commas between: those that are there count.
    fn list(
        &mut self,
        span: Span,
        written: &str,
        catalogs: &[CatalogId],
        printed: &Printed,
    ) -> Option<Vec<RequirementId>> {
        let is_between = |character: char| {
            character.is_whitespace()
                || matches!(character, ';' | '/' | '&' | '+' | ',' | '\u{ff0c}' | '\u{3001}' | '|')
        };
        let parts = written
            .split(is_between)
            .filter(|part| !part.is_empty() && !JOINERS.contains(&part.to_lowercase().as_str()));
        let parts: Vec<&str> = parts.collect();
        if parts.len() < 2 {
            return None;
        }
        if let Some(found) = self.letters(span, written, &parts, printed) {
            return Some(found);
        }
        // A letter alone may be the letter of anything.
        let is_letter =
            |part: &str| part.trim_end_matches(')').chars().count() == 1 && !part.contains(char::is_numeric);
        let look = |part: &&str| printed.find(part).first().copied().filter(|_| !is_letter(part));
        let found: Vec<Option<RequirementId>> = parts.iter().map(look).collect();
        let has_digit = |part: &&str| part.bytes().any(|byte| byte.is_ascii_digit());
        let is_list = parts.len() < written.split_whitespace().count() && parts.iter().all(has_digit);
        if found.iter().flatten().count() == 0 && !is_list {
            return None;
        }
        // `A.5.1 adn A.5.2`: what is no id at all, between two that are, joins them.
        let is_joiner = |at: usize| {
            let is_found = |at: usize| found.get(at).is_some_and(Option::is_some);
            at > 0
                && is_found(at - 1)
                && is_found(at + 1)
                && parts[at].len() < 4
                && parts[at].chars().all(char::is_alphabetic)
        };
        let unknown: Vec<usize> = (0..parts.len()).filter(|at| found[*at].is_none() && !is_joiner(*at)).collect();
        let place = |at: usize| {
            let start = span.start + narrow(parts[at].as_ptr() as usize - written.as_ptr() as usize);
            Span { start, end: start + narrow(parts[at].len()), ..span }
        };
        if let Some(word) = unknown.iter().find(|at| !has_digit(&parts[**at])) {
            let message = format!("there is no requirement `{}`", parts[*word]);
            let help = match parts[*word].trim_matches(['(', ')', '[', ']']).to_lowercase().as_str() {
                "partly" | "partially" | "partial" => {
                    "what is met only in part has a clause of its own: `partly satisfies REF because \"…\"`"
                }
                comment if comment.starts_with('#') || comment.starts_with("--") => "a comment begins with `//`",
                _ => "references are ids, with commas between: `satisfies A.5.1, A.5.2`",
            };
            self.report(
                Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, place(*word), message)
                    .label("unknown requirement")
                    .help(help),
            );
        } else if !unknown.is_empty() {
            for at in &unknown {
                // With the name, what stands between is mended.
                self.unknown_member(place(*at), catalogs, |edit| {
                    let member = |other: usize| if other == *at { edit.text.as_str() } else { parts[other] };
                    let all = (0..parts.len()).filter(|at| !is_joiner(*at)).map(member).collect::<Vec<_>>().join(", ");
                    if unknown.len() == 1 { Edit { span, text: all, is_certain: false } } else { edit }
                });
            }
        } else {
            let program = &self.state.program;
            let id = |id: &RequirementId| program.name(program.requirement(*id).id);
            let ids: Vec<&str> = found.iter().flatten().map(id).collect();
            let message = format!("a comma is missing between {}", words::list(&ids, "and", 6));
            self.report(
                Diagnostic::new(&codes::MALFORMED_STATEMENT, span, message)
                    .label("expected commas")
                    .help("references have commas between them")
                    .replace_with(ids.join(", ")),
            );
        }
        Some(found.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn printed_forms_and_ids_are_the_same_without_marks() {
        for (printed, id) in [
            ("6.1.2 c) 1)", "6.1.2.c.1"),
            ("21(2)(a)", "21.2.a"),
            ("\u{a7}6.1.2", "6.1.2"),
            ("4.1a", "4.1.a"),
            ("AC-2(1)", "ac-2.1"),
            ("A 5.4", "A.5.4"),
        ] {
            assert_eq!(normal(printed), normal(id), "{printed}");
        }
    }
}
