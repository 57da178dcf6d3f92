//! Styles and lists of a document: which paragraphs are headings, and the numbers that stand nowhere in the text.

use rustc_hash::FxHashMap;

use super::super::Refused;
use super::super::xml::{Piece, Xml};

/// How many styles are followed that are made of each other, and levels of lists.
const BASES: usize = 10;
const LEVELS: usize = 9;

/// A list and the level in it.
pub(super) type InList = (String, usize);

#[derive(Clone, Default)]
struct Style {
    name: String,
    base: String,
    list: Option<InList>,
    level: Option<usize>,
    is_bold: bool,
}

#[derive(Clone, Default)]
struct Level {
    start: usize,
    form: String,
    text: String,
}

/// What paragraphs look like.
#[derive(Default)]
pub(super) struct Styles {
    styles: FxHashMap<String, Style>,
    lists: FxHashMap<String, String>,
    levels: FxHashMap<(String, usize), Level>,
    counted: FxHashMap<String, [usize; LEVELS]>,
}

impl Styles {
    /// Reads the styles.
    pub(super) fn read(&mut self, text: &str, name: &str) -> Result<(), Refused> {
        let mut xml = Xml::new(text, name);
        let (mut id, mut style, mut is_run) = (None::<String>, Style::default(), false);
        while let Some(piece) = xml.next()? {
            match &piece {
                Piece::Open(tag) => match tag.local() {
                    "style" => (id, style) = (tag.get("styleId").map(|id| id.into_owned()), Style::default()),
                    "name" => style.name = tag.get("val").unwrap_or_default().to_lowercase(),
                    "basedOn" => style.base = tag.get("val").unwrap_or_default().into_owned(),
                    "numId" => {
                        let level = style.list.take().map_or(0, |(_, level)| level);
                        style.list = Some((tag.get("val").unwrap_or_default().into_owned(), level));
                    }
                    "ilvl" => {
                        let list = style.list.take().map(|(list, _)| list).unwrap_or_default();
                        style.list = Some((list, tag.number("val", LEVELS - 1).unwrap_or(0)));
                    }
                    "outlineLvl" => {
                        style.level = tag.number("val", LEVELS).filter(|level| *level < LEVELS).map(|level| level + 1)
                    }
                    "rPr" => is_run = true,
                    "b" if is_run => style.is_bold = tag.is_on(),
                    _ => {}
                },
                Piece::Close(end) if end.local() == "rPr" => is_run = false,
                Piece::Close(end) if end.local() == "style" => {
                    if let Some(id) = id.take() {
                        self.styles.insert(id, std::mem::take(&mut style));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads the lists.
    pub(super) fn numbering(&mut self, text: &str, name: &str) -> Result<(), Refused> {
        let mut xml = Xml::new(text, name);
        let (mut of, mut number, mut at, mut level) = (String::new(), String::new(), None, Level::default());
        while let Some(piece) = xml.next()? {
            match &piece {
                Piece::Open(tag) => {
                    let value = || tag.get("val").unwrap_or_default().into_owned();
                    match tag.local() {
                        "abstractNum" => of = tag.get("abstractNumId").unwrap_or_default().into_owned(),
                        "num" => number = tag.get("numId").unwrap_or_default().into_owned(),
                        "abstractNumId" => drop(self.lists.insert(number.clone(), value())),
                        "lvl" => (at, level) = (tag.number("ilvl", LEVELS - 1), Level { start: 1, ..Level::default() }),
                        "start" => level.start = tag.number("val", 1_000_000).unwrap_or(1),
                        "numFmt" => level.form = value(),
                        "lvlText" => level.text = value(),
                        _ => {}
                    }
                }
                Piece::Close(end) if end.local() == "lvl" => {
                    if let Some(at) = at.take() {
                        self.levels.entry((of.clone(), at)).or_insert(std::mem::take(&mut level));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn bases(&self, id: &str) -> impl Iterator<Item = &Style> {
        let first = self.styles.get(id);
        std::iter::successors(first, |style| self.styles.get(&style.base)).take(BASES)
    }

    /// The level of a heading; `None` for other paragraphs.
    pub(super) fn heading(&self, id: &str) -> Option<usize> {
        self.bases(id).find_map(|style| {
            let named = style.name.strip_prefix("heading ").and_then(|level| level.parse().ok());
            named.or(style.level)
        })
    }

    /// Whether a style is bold.
    pub(super) fn is_bold(&self, id: &str) -> bool {
        self.bases(id).any(|style| style.is_bold)
    }

    /// The list that paragraphs of a style are in.
    pub(super) fn list(&self, id: &str) -> Option<InList> {
        self.bases(id).find_map(|style| style.list.clone()).filter(|(list, _)| !list.is_empty() && list != "0")
    }

    /// The mark that is printed before the next paragraph of a list: "a)", "1.", "•".
    pub(super) fn mark(&mut self, (list, level): &InList) -> Option<String> {
        let of = self.lists.get(list)?.clone();
        let here = self.levels.get(&(of.clone(), *level))?.clone();
        let counted = self.counted.entry(of.clone()).or_insert([0; LEVELS]);
        counted[*level] = if counted[*level] == 0 { here.start } else { counted[*level] + 1 };
        counted[level + 1..].fill(0);
        let counted = *counted;
        if here.form == "bullet" {
            return Some("•".to_owned());
        }
        let mut mark = here.text.clone();
        for (at, counted) in counted.iter().enumerate().take(level + 1) {
            let (form, start) = match self.levels.get(&(of.clone(), at)) {
                Some(level) => (level.form.as_str(), level.start),
                None => ("decimal", 1),
            };
            let number = if *counted == 0 { start } else { *counted };
            mark = mark.replace(&format!("%{}", at + 1), &formed(form, number));
        }
        Some(mark).filter(|mark| !mark.trim().is_empty())
    }
}

fn formed(form: &str, number: usize) -> String {
    match form {
        "lowerLetter" => crate::document::letters(number.max(1)).to_lowercase(),
        "upperLetter" => crate::document::letters(number.max(1)),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let (mut made, mut rest) = (String::new(), number.min(399));
    for (value, sign) in SIGNS {
        while rest >= value {
            made.push_str(sign);
            rest -= value;
        }
    }
    made
}
