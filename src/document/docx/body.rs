//! Writes the blocks of a document, section by section.

use super::Book;
use super::inline::Look;
use super::numbering::{BARE, FIXED, LEVELS, List as Numbered, Marks};
use super::plan::Kind;
use super::script::is_backwards;
use super::widths::Fit;
use super::xml::{self, put};
use crate::document::inline::{Inline, Line, Part};
use crate::document::setting::Unprintable;
use crate::document::tree::{Block, Code, Document, Heading, List, Note, Role, Side, Term};

/// How a paragraph stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    pub style: &'static str,
    pub keeps_next: bool,
    /// The level and the number of the list that it is an item of.
    pub numbering: Option<(usize, usize)>,
    /// How far it is moved in at both sides.
    pub indent: Option<(usize, usize)>,
    pub side: Side,
}

/// What stands around a block.
#[derive(Clone, Copy)]
struct Around {
    /// The style of paragraphs.
    style: &'static str,
    /// How far they are moved in at both sides, if the style does not say it.
    indent: Option<(usize, usize)>,
    /// How deep in lists.
    depth: usize,
    /// What the chapter is.
    kind: Kind,
}

const TOP: Around = Around { style: "BodyText", indent: None, depth: 0, kind: Kind::Section };
/// How far an item of a list is moved in, in twentieths of a point.
const STEP: usize = 403;

impl Book<'_> {
    /// The whole document.
    pub(super) fn document(&mut self, document: &Document) -> Result<(), Unprintable> {
        let fits = self.fits(document)?;
        let landscape = landscape(document, &fits);
        let is_front = |block: &Block| !matches!(block, Block::Heading(heading) if !is_before(heading));
        let body = document.blocks.iter().position(|block| !is_front(block)).unwrap_or(document.blocks.len());
        let first = document.blocks.iter().position(|block| matches!(block, Block::Heading(_)));
        self.paragraph(&document.title, Shape { style: "zzCover", ..Shape::default() });
        if let Some(notice) = &document.notice {
            self.paragraph(notice, Shape { style: "zzWarning", ..Shape::default() });
        }
        let mut section = (true, false);
        let mut around = TOP;
        for (at, block) in document.blocks.iter().enumerate() {
            if Some(at) == first {
                self.contents(document);
            }
            let next = (at < body, landscape[at]);
            if next != section {
                self.end_section(section);
                self.is_landscape = next.1;
            }
            if at == body {
                self.paragraph(&document.title, Shape { style: "zzSTDTitle", ..Shape::default() });
            }
            section = next;
            if let Block::Heading(heading) = block {
                around = self.heading(heading);
            } else {
                self.block(block, around, fits[at].as_ref())?;
            }
        }
        self.section(section);
        Ok(())
    }

    /// The table of contents: what it shows is there before a program works it out; but for the numbers of pages, which
    /// only who lays out pages knows.
    fn contents(&mut self, document: &Document) {
        let headings = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        let shown = self.plan.headings.iter().zip(headings).filter(|(plan, _)| plan.is_in_contents);
        let entries: Vec<_> = shown
            .map(|(plan, heading)| {
                let is_annex = plan.style == "ANNEX";
                (
                    plan.level,
                    plan.number.clone(),
                    plan.mark.clone(),
                    without_footnotes(heading.words.as_line()),
                    is_annex,
                )
            })
            .collect();
        self.paragraph(&Inline::plain(self.words.contents), Shape { style: "zzContents", ..Shape::default() });
        for (at, (level, number, mark, words, is_annex)) in entries.iter().enumerate() {
            let style = if *level == 0 { "TOC1" } else { "TOC2" };
            let look = Look { is_backwards: is_backwards(words), is_link: true, ..Look::default() };
            self.open(Shape { style, ..Shape::default() }, look.is_backwards);
            if at == 0 {
                self.begin_field("TOC \\o \"1-2\" \\h \\z \\u");
            }
            put!(self.out, "<w:hyperlink w:anchor=\"{mark}\" w:history=\"1\">");
            if let Some(number) = number {
                self.words(number, look);
                self.out.push_str(if *is_annex { "" } else { "<w:r><w:tab/></w:r>" });
                self.words(if *is_annex { " " } else { "" }, look);
            }
            self.words(words, look);
            self.out.push_str("<w:r><w:tab/></w:r>");
            self.field(&format!("PAGEREF {mark} \\h"), |_| {});
            self.out.push_str("</w:hyperlink>");
            if at + 1 == entries.len() {
                self.out.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.out.push_str("</w:p>");
        }
    }

    /// A heading; gives what stands around the blocks behind it.
    fn heading(&mut self, heading: &Heading) -> Around {
        let at = self.headings;
        self.headings += 1;
        let Some(plan) = self.plan.headings.get(at) else { return TOP };
        let (style, level, list, mark) = (plan.style, plan.level, plan.list, plan.mark.clone());
        let is_counted = plan.is_counted;
        let number = plan.number.clone();
        let kind = plan.kind;
        let is_term = kind == Kind::Term;
        let numbers = &self.frame.numbers;
        let numbering = match (is_counted, is_term) {
            (true, true) => Some((level, numbers.heading(list))),
            (true, false) => numbers.is_direct(list).then(|| (level, numbers.heading(list))),
            (false, _) => (!matches!(style, "TermNum" | "ForewordTitle" | "IntroTitle" | "BiblioTitle"))
                .then(|| (level, numbers.list(BARE))),
        };
        let is_backwards = is_backwards(heading.words.shown());
        let look = Look { is_backwards, ..Look::default() };
        let shape = Shape { style, numbering, ..Shape::default() };
        let written = number.as_deref().filter(|_| !is_counted);
        if is_term && number.is_some() {
            self.open(shape, false);
            self.words(written.unwrap_or_default(), look);
            self.out.push_str("</w:p>");
        }
        self.open(if is_term { Shape { style: "Terms", ..Shape::default() } } else { shape }, is_backwards);
        let status = number.as_deref().and_then(|number| number.split_once(" (")).map(|(_, status)| status);
        if let Some(status) = status {
            // The letter, what the annex is, and its title stand below each other.
            self.words(written.and_then(|number| number.split(" (").next()).unwrap_or_default(), look);
            self.out.push_str("<w:r><w:br/></w:r><w:r><w:rPr><w:b w:val=\"0\"/><w:bCs w:val=\"0\"/></w:rPr><w:t>(");
            xml::push(&mut self.out, status);
            self.out.push_str("</w:t></w:r><w:r><w:br/></w:r><w:r><w:br/></w:r>");
        } else if let Some(number) = written.filter(|_| !is_term) {
            self.words(number, look);
            self.out.push_str("<w:r><w:tab/></w:r>");
        }
        self.marked(&mark, |book| book.line(&heading.words, look));
        self.out.push_str("</w:p>");
        let style = match kind {
            Kind::Is(Role::Foreword) => "ForewordText",
            Kind::Term => "Definition",
            _ => "BodyText",
        };
        Around { style, kind, ..TOP }
    }

    /// The beginning of a paragraph, up to its words.
    pub(super) fn open(&mut self, shape: Shape, is_backwards: bool) {
        let out = &mut self.out;
        put!(*out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", self.frame.names.id(shape.style));
        out.push_str(if shape.keeps_next { "<w:keepNext/>" } else { "" });
        if let Some((level, list)) = shape.numbering {
            put!(*out, "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        }
        out.push_str(if is_backwards { "<w:bidi/>" } else { "" });
        match (shape.indent, shape.numbering) {
            (Some((left, right)), None) => {
                put!(*out, "<w:ind w:left=\"{left}\" w:right=\"{right}\" w:firstLine=\"0\"/>")
            }
            (Some((left, right)), Some(_)) => {
                put!(*out, "<w:ind w:left=\"{}\" w:right=\"{right}\" w:hanging=\"{STEP}\"/>", left.max(STEP));
            }
            (None, _) => {}
        }
        // In a paragraph that is written from right to left, left is where it begins.
        let side = match (shape.side, is_backwards) {
            (Side::Start, _) => "",
            (Side::Center, _) => "<w:jc w:val=\"center\"/>",
            (Side::Left, false) | (Side::Right, true) => "<w:jc w:val=\"left\"/>",
            (Side::Right, false) | (Side::Left, true) => "<w:jc w:val=\"right\"/>",
        };
        out.push_str(side);
        out.push_str("</w:pPr>");
    }

    /// A paragraph of a line.
    pub(super) fn paragraph(&mut self, line: &Inline, shape: Shape) {
        let is_backwards = is_backwards(line.shown());
        self.open(shape, is_backwards);
        self.line(line, Look { is_backwards, ..Look::default() });
        self.out.push_str("</w:p>");
    }

    fn blocks(&mut self, blocks: &[Block], around: Around) -> Result<(), Unprintable> {
        blocks.iter().try_for_each(|block| self.block(block, around, None))
    }

    fn block(&mut self, block: &Block, around: Around, fit: Option<&Fit>) -> Result<(), Unprintable> {
        let shape = Shape { style: around.style, indent: around.indent, ..Shape::default() };
        match block {
            // None stands here; its words are not lost where one does.
            Block::Heading(heading) => self.paragraph(&heading.words, shape),
            Block::Paragraph(line) => self.paragraph(line, shape),
            Block::Term(term) => self.term(term, around)?,
            // They were put in the place of what shows them before.
            Block::References(references) => self.blocks(&[references.shown(self.words)], around)?,
            Block::List(list) => self.list(list, around)?,
            Block::Quotation(blocks) => {
                let (left, right) = around.indent.unwrap_or_default();
                let indent = Some((left + STEP, right + STEP));
                self.blocks(blocks, Around { style: "Quote", indent, ..around })?;
            }
            Block::Code(code) => self.code(code, around),
            Block::Rule => {
                self.open(Shape { style: "Rule", ..shape }, false);
                self.out.push_str("</w:p>");
            }
            Block::Table(table) => match fit {
                Some(fit) => self.table(table, fit),
                None => {
                    let label = self.plan.captions.get(self.captions).map_or("", |caption| &caption.label);
                    let fit = super::widths::fit_here(table, self.width(), label)?;
                    self.table(table, &fit);
                }
            },
            Block::Figure(figure) => self.figure(figure),
            Block::Note(note) => self.note(note, around)?,
        }
        Ok(())
    }

    fn term(&mut self, term: &Term, around: Around) -> Result<(), Unprintable> {
        let shape = |style| Shape { style, indent: around.indent, ..Shape::default() };
        for name in term.admitted.iter().filter(|name| !name.is_empty()) {
            self.paragraph(name, shape("AdmittedTerm"));
        }
        self.blocks(&term.definition, around)?;
        if !term.remark.is_empty() {
            self.paragraph(&term.remark, shape(around.style));
        }
        term.notes.iter().try_for_each(|note| self.note(note, around))?;
        if !term.source.is_empty() {
            self.paragraph(&Inline::filled(self.words.term_source, &[&term.source]), shape("Source"));
        }
        Ok(())
    }

    fn note(&mut self, note: &Note, around: Around) -> Result<(), Unprintable> {
        let shape = Shape { style: "Note", indent: around.indent, ..Shape::default() };
        let rest = match note.blocks.split_first() {
            Some((Block::Paragraph(line), rest)) => {
                self.paragraph(&note.label.clone().then("\u{2002}").and(line), shape);
                rest
            }
            _ => {
                self.paragraph(&note.label, Shape { keeps_next: true, ..shape });
                note.blocks.as_slice()
            }
        };
        self.blocks(rest, Around { style: "NoteContinued", ..around })
    }

    fn code(&mut self, code: &Code, around: Around) {
        self.open(Shape { style: "Code", indent: around.indent, ..Shape::default() }, false);
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        for (number, line) in text.split('\n').enumerate() {
            self.out.push_str(if number > 0 { "<w:r><w:br/></w:r>" } else { "" });
            for (number, words) in line.split('\t').enumerate() {
                self.out.push_str(if number > 0 { "<w:r><w:tab/></w:r>" } else { "" });
                self.words(words, Look::default());
            }
        }
        self.out.push_str("</w:p>");
    }

    fn list(&mut self, list: &List, around: Around) -> Result<(), Unprintable> {
        let level = around.depth.min(LEVELS - 1);
        let is_cited = around.kind == Kind::Is(Role::Bibliography) && around.depth == 0;
        let marks = match list.start {
            None => Marks::Dash,
            Some(_) if is_cited => Marks::Brackets,
            // Letters go on as far as Word counts them.
            Some(1) if list.items.len() <= 700 => Marks::Letters,
            Some(_) => Marks::Numbers,
        };
        self.lists.push(Numbered { marks, level, start: list.start.unwrap_or(1) });
        let number = self.frame.numbers.list(FIXED + self.lists.len());
        let named = level.min(4);
        let style = match (is_cited, around.kind, list.start) {
            (true, ..) => "BiblioEntry",
            (_, Kind::Is(Role::References), _) if around.depth == 0 => "RefNorm",
            (_, _, None) => {
                ["ListContinue1", "ListContinue2", "ListContinue3", "ListContinue4", "ListContinue5"][named]
            }
            _ => ["ListNumber1", "ListNumber2", "ListNumber3", "ListNumber4", "ListNumber5"][named],
        };
        let (left, right) = around.indent.unwrap_or_default();
        let inside = (left + STEP, right);
        // The styles know how far they are moved in, but not what stands around the list.
        let is_usual = left == around.depth * STEP && right == 0 && level == around.depth && level < 5;
        let item = Shape {
            style,
            numbering: Some((level, number)),
            indent: (!is_usual && !is_cited).then_some(inside),
            ..Shape::default()
        };
        for blocks in &list.items {
            let rest = match blocks.split_first() {
                Some((Block::Paragraph(line), rest)) => {
                    self.paragraph(line, item);
                    rest
                }
                _ => {
                    self.paragraph(&Inline::default(), item);
                    blocks.as_slice()
                }
            };
            let style = ["BodyTextIndent1", "BodyTextIndent2", "BodyTextIndent3", "BodyTextIndent4"][level.min(3)];
            self.blocks(rest, Around { style, indent: Some(inside), depth: around.depth + 1, ..around })?;
        }
        Ok(())
    }

    /// What ends a section that more follows: a paragraph that nobody sees.
    fn end_section(&mut self, section: (bool, bool)) {
        put!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", self.frame.names.id("AfterTable"));
        self.section(section);
        self.out.push_str("</w:pPr></w:p>");
    }

    /// How the pages of a section are. The first one of the body begins to count anew.
    fn section(&mut self, (is_front, is_landscape): (bool, bool)) {
        let is_first = !std::mem::replace(&mut self.has_section, true);
        let begins = !is_front && !std::mem::replace(&mut self.has_body, true);
        let page = &self.frame.page;
        let out = &mut self.out;
        out.push_str("<w:sectPr>");
        if is_first {
            for head in &self.frame.heads {
                let (element, kind, number) = (head.element(), head.kind, head.number);
                put!(*out, "<w:{element}Reference w:type=\"{kind}\" r:id=\"{element}{number}\"/>");
            }
        }
        out.push_str("<w:type w:val=\"nextPage\"/>");
        page.write(out, is_landscape);
        match (is_front, begins) {
            (true, _) => out.push_str("<w:pgNumType w:fmt=\"lowerRoman\"/>"),
            (false, true) => out.push_str("<w:pgNumType w:fmt=\"decimal\" w:start=\"1\"/>"),
            (false, false) => out.push_str("<w:pgNumType w:fmt=\"decimal\"/>"),
        }
        out.push_str("<w:cols w:space=\"720\"/>");
        out.push_str(if is_first { "<w:titlePg/>" } else { "" });
        out.push_str("</w:sectPr>");
    }
}

/// Whether a heading stands before the clauses.
fn is_before(heading: &Heading) -> bool {
    heading.level > 2 || matches!(heading.role, Some(Role::Foreword | Role::Introduction))
}

/// Which blocks stand on pages that lie on their side: wide tables, the headings right above them, and the notes below.
fn landscape(document: &Document, fits: &[Option<Fit>]) -> Vec<bool> {
    let mut landscape: Vec<bool> = fits.iter().map(|fit| fit.as_ref().is_some_and(|fit| fit.is_landscape)).collect();
    for at in (1..landscape.len()).rev() {
        if landscape[at] && matches!(document.blocks[at - 1], Block::Heading(_)) {
            landscape[at - 1] = true;
        }
    }
    for at in 1..landscape.len() {
        landscape[at] |= landscape[at - 1] && matches!(document.blocks[at], Block::Note(_));
    }
    landscape
}

/// What a line shows without its footnotes.
fn without_footnotes(line: Line<'_>) -> String {
    let shown = |part: Part<'_>| match part {
        Part::Footnote(_) => String::new(),
        Part::Strong(words)
        | Part::Emphasis(words)
        | Part::Inserted(words)
        | Part::Struck(words)
        | Part::Link { words, .. }
        | Part::Reference { words, .. } => without_footnotes(words),
        other => Inline::of(other).shown().to_owned(),
    };
    line.parts().map(shown).collect()
}
