//! The lists that number headings and items.

use super::xml::put;

/// The list of clauses, that of annexes, and that of headings without a number, which shows nothing.
pub(super) const CLAUSES: usize = 1;
pub(super) const ANNEXES: usize = 2;
pub(super) const BARE: usize = 3;
/// How many lists stand before those of items.
pub(super) const FIXED: usize = 3;

/// What the items of a list begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// A dash.
    Dash,
    /// a), 1), i).
    Letters,
    /// 1), at each level.
    Numbers,
    /// [1].
    Brackets,
}

impl Marks {
    const ALL: [Marks; 4] = [Marks::Dash, Marks::Letters, Marks::Numbers, Marks::Brackets];

    /// The number of its definition; those of headings come first.
    fn definition(self) -> usize {
        FIXED + 1 + Marks::ALL.iter().position(|marks| *marks == self).unwrap_or(0)
    }

    /// How a level is numbered, and how that is shown.
    fn level(self, level: usize) -> (&'static str, String) {
        let number = format!("%{}", level + 1);
        match self {
            Marks::Dash => ("bullet", "—".to_owned()),
            Marks::Letters => (["lowerLetter", "decimal", "lowerRoman"][level % 3], number + ")"),
            Marks::Numbers => ("decimal", number + ")"),
            Marks::Brackets => ("decimal", format!("[{number}]")),
        }
    }
}

/// A list of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// What its items begin with.
    pub marks: Marks,
    /// How deep it stands, from 0.
    pub level: usize,
    /// The number of its first item.
    pub start: u64,
}

/// How deep lists may stand, and headings.
pub(super) const LEVELS: usize = 9;
/// How deep headings may stand.
const HEADINGS: usize = 6;

/// The numbers of a file: what it has of a template, and from where on ours are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// Whether there is a template, whose styles may have lists of their own.
    pub has_template: bool,
    /// The part of the template, which is kept: what stands before our definitions, between them and our lists, and behind.
    pub template: Option<[String; 3]>,
    /// How many definitions, and how many lists, stand before ours.
    pub before: (usize, usize),
    /// The lists of the template that count its headings, and its annexes.
    pub of_styles: [Option<usize>; 2],
}

impl Numbers {
    /// The number of one of our lists in the file.
    pub(super) fn list(&self, list: usize) -> usize {
        self.before.1 + list
    }

    /// The number of the list of clauses or of annexes.
    pub(super) fn heading(&self, list: usize) -> usize {
        self.of_styles[list - 1].unwrap_or_else(|| self.list(list))
    }

    /// Whether headings have to say themselves which list they stand in, since their styles do not.
    pub(super) fn is_direct(&self, list: usize) -> bool {
        self.has_template && self.of_styles[list - 1].is_none()
    }

    /// The definitions of our lists, and the lists themselves. `annex` stands before the letter of an annex.
    pub(super) fn write(&self, lists: &[List], annex: &str) -> (String, String) {
        let (mut definitions, mut all) = (String::new(), String::new());
        self.headings(&mut definitions, annex);
        self.bare(&mut definitions);
        for marks in Marks::ALL {
            self.definition(&mut definitions, marks);
        }
        for list in 1..=FIXED {
            self.put_list(&mut all, list, list, None);
        }
        for (at, list) in lists.iter().enumerate() {
            self.put_list(&mut all, FIXED + 1 + at, list.marks.definition(), Some((list.level, list.start)));
        }
        (definitions, all)
    }

    fn put_list(&self, out: &mut String, number: usize, definition: usize, start: Option<(usize, u64)>) {
        put!(*out, "<w:num xmlns:w=\"{}\" w:numId=\"{}\">", super::WORD, self.list(number));
        put!(*out, "<w:abstractNumId w:val=\"{}\"/>", self.before.0 + definition);
        if let Some((level, start)) = start {
            put!(
                *out,
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{}\"/></w:lvlOverride>",
                start.min(i32::MAX as u64)
            );
        }
        out.push_str("</w:num>");
    }

    fn open(&self, out: &mut String, definition: usize) {
        let number = self.before.0 + definition;
        put!(*out, "<w:abstractNum xmlns:w=\"{}\" w:abstractNumId=\"{number}\">", super::WORD);
        put!(*out, "<w:nsid w:val=\"7A5C{definition:04X}\"/><w:multiLevelType w:val=\"multilevel\"/>");
        put!(*out, "<w:tmpl w:val=\"3B9D{definition:04X}\"/>");
    }

    /// The lists of clauses and of annexes; the styles of the file are bound to them where they are ours.
    fn headings(&self, out: &mut String, annex: &str) {
        for (definition, is_annex) in [(CLAUSES, false), (ANNEXES, true)] {
            self.open(out, definition);
            for level in 0..LEVELS {
                let is_letter = is_annex && level == 0;
                put!(*out, "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/>");
                put!(*out, "<w:numFmt w:val=\"{}\"/>", if is_letter { "upperLetter" } else { "decimal" });
                if level < HEADINGS && !self.has_template {
                    let style = match (is_annex, level) {
                        (true, 0) => "ANNEX".to_owned(),
                        (true, _) => format!("a{}", level + 1),
                        (false, _) => format!("Heading{}", level + 1),
                    };
                    put!(*out, "<w:pStyle w:val=\"{style}\"/>");
                }
                out.push_str(if is_letter { "<w:suff w:val=\"nothing\"/>" } else { "<w:suff w:val=\"tab\"/>" });
                let numbers: Vec<String> = (1..=level + 1).map(|number| format!("%{number}")).collect();
                let text = if is_letter { format!("{annex} %1") } else { numbers.join(".") };
                // Hardly a number is wider than this: 5.12.3 in bold letters.
                let width = [432, 720, 862, 1077, 1298, 1519, 1740, 1961, 2182][level];
                let width = if is_letter { 0 } else { width };
                put!(*out, "<w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>");
                put!(*out, "<w:pPr><w:ind w:left=\"{width}\" w:hanging=\"{width}\"/></w:pPr>");
                out.push_str("<w:rPr><w:rFonts w:hint=\"default\"/></w:rPr></w:lvl>");
            }
            out.push_str("</w:abstractNum>");
        }
    }

    /// The list that shows nothing: without it, the list of a style could be left by naming one that is not there.
    fn bare(&self, out: &mut String) {
        self.open(out, BARE);
        for level in 0..LEVELS {
            put!(*out, "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"0\"/><w:numFmt w:val=\"none\"/>");
            out.push_str("<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"\"/><w:lvlJc w:val=\"left\"/>");
            out.push_str("<w:pPr><w:ind w:left=\"0\" w:firstLine=\"0\"/></w:pPr></w:lvl>");
        }
        out.push_str("</w:abstractNum>");
    }

    fn definition(&self, out: &mut String, marks: Marks) {
        self.open(out, marks.definition());
        for level in 0..LEVELS {
            let (format, text) = marks.level(level);
            let width = if marks == Marks::Brackets { 660 } else { 403 };
            put!(*out, "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>");
            put!(*out, "<w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>");
            let left = width * (level + 1);
            put!(*out, "<w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{width}\"/></w:pPr>");
            out.push_str("<w:rPr><w:rFonts w:hint=\"default\"/></w:rPr></w:lvl>");
        }
        out.push_str("</w:abstractNum>");
    }
}
