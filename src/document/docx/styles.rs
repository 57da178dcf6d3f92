//! The styles of a document, by the names that the templates of ISO have for them.

use rustc_hash::FxHashMap;

use super::xml::put;

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Paragraphs.
    Paragraph,
    /// Words.
    Character,
    /// Tables.
    Table,
}

impl Kind {
    /// The word for it in a file.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Paragraph => "paragraph",
            Kind::Character => "character",
            Kind::Table => "table",
        }
    }
}

/// A style.
#[derive(Debug)]
pub(super) struct Style {
    /// What our text calls it, and its id where there is no template.
    pub id: &'static str,
    /// The name that people see, and by which it is found in a template.
    pub name: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// Whether word processors bring it along.
    is_built_in: bool,
    /// The ids of what it is made of, and of the paragraph behind one in it; may be empty.
    based_on: &'static str,
    next: &'static str,
    /// How paragraphs and words look, as the elements of `pPr` and `rPr`; what stands behind is the rest.
    paragraph: &'static str,
    words: &'static str,
    rest: &'static str,
}

const fn of(kind: Kind, id: &'static str, name: &'static str, based_on: &'static str) -> Style {
    Style { id, name, kind, is_built_in: false, based_on, next: "", paragraph: "", words: "", rest: "" }
}

const fn paragraph(id: &'static str, name: &'static str, based_on: &'static str, look: &'static str) -> Style {
    Style { paragraph: look, ..of(Kind::Paragraph, id, name, based_on) }
}

const fn character(id: &'static str, name: &'static str, words: &'static str) -> Style {
    Style { words, ..of(Kind::Character, id, name, "DefaultParagraphFont") }
}

impl Style {
    const fn built_in(self) -> Style {
        Style { is_built_in: true, ..self }
    }

    const fn next(self, next: &'static str) -> Style {
        Style { next, ..self }
    }

    const fn words(self, words: &'static str) -> Style {
        Style { words, ..self }
    }

    /// The whole style; `rename` says what its own id and those that it names are.
    pub(super) fn write(&self, out: &mut String, rename: &dyn Fn(&'static str) -> String) {
        put!(*out, "<w:style xmlns:w=\"{}\" w:type=\"{}\"", super::WORD, self.kind.word());
        let is_default = matches!(self.id, "Normal" | "DefaultParagraphFont" | "TableNormal");
        out.push_str(if is_default { " w:default=\"1\"" } else { "" });
        out.push_str(if self.is_built_in { "" } else { " w:customStyle=\"1\"" });
        put!(*out, " w:styleId=\"{}\"><w:name w:val=\"{}\"/>", rename(self.id), self.name);
        for (element, id) in [("basedOn", self.based_on), ("next", self.next)] {
            if !id.is_empty() {
                put!(*out, "<w:{element} w:val=\"{}\"/>", rename(id));
            }
        }
        out.push_str("<w:uiPriority w:val=\"1\"/>");
        out.push_str(if is_default && self.id != "Normal" {
            "<w:semiHidden/><w:unhideWhenUsed/>"
        } else {
            "<w:qFormat/>"
        });
        for (element, look) in [("pPr", self.paragraph), ("rPr", self.words)] {
            if !look.is_empty() {
                put!(*out, "<w:{element}>{look}</w:{element}>");
            }
        }
        out.push_str(self.rest);
        out.push_str("</w:style>");
    }
}

/// The look of a heading: its level and its list, from 0 and from 1, and the space above it.
macro_rules! heading {
    ($level:literal, $number:literal, $before:literal) => {
        concat!(
            "<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val=\"",
            $level,
            "\"/><w:numId w:val=\"",
            $number,
            "\"/></w:numPr><w:suppressAutoHyphens/><w:spacing w:before=\"",
            $before,
            "\" w:after=\"240\"/><w:jc w:val=\"left\"/><w:outlineLvl w:val=\"",
            $level,
            "\"/>"
        )
    };
}

/// The size of letters, in half points, and whether they are bold.
macro_rules! size {
    (bold $size:literal) => {
        concat!("<w:b/><w:bCs/><w:sz w:val=\"", $size, "\"/><w:szCs w:val=\"", $size, "\"/>")
    };
    ($size:literal) => {
        concat!("<w:sz w:val=\"", $size, "\"/><w:szCs w:val=\"", $size, "\"/>")
    };
}

const FRONT: &str = "<w:keepNext/><w:pageBreakBefore/><w:suppressAutoHyphens/><w:spacing w:before=\"0\" w:after=\"310\"/>\
    <w:jc w:val=\"left\"/><w:outlineLvl w:val=\"0\"/>";
const CAPTION: &str = "<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:before=\"120\" w:after=\"120\"/>\
    <w:jc w:val=\"center\"/>";
const BELOW: &str = "<w:suppressAutoHyphens/><w:spacing w:before=\"120\" w:after=\"320\"/><w:jc w:val=\"center\"/>";
const CELL: &str =
    "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>";
const HEAD_CELL: &str = "<w:keepNext/><w:suppressAutoHyphens/>\
    <w:spacing w:before=\"60\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>";
const MONOSPACED: &str = "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:noProof/><w:sz w:val=\"20\"/>\
     <w:szCs w:val=\"20\"/>";

/// All styles.
pub(super) const ALL: &[Style] = &[
    paragraph(
        "Normal",
        "Normal",
        "",
        "<w:spacing w:after=\"240\" w:line=\"240\" w:lineRule=\"atLeast\"/><w:jc w:val=\"both\"/>",
    )
    .built_in(),
    of(Kind::Character, "DefaultParagraphFont", "Default Paragraph Font", "").built_in(),
    Style {
        rest: "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
               <w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
               <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>",
        ..of(Kind::Table, "TableNormal", "Normal Table", "")
    }
    .built_in(),
    paragraph("BodyText", "Body Text", "Normal", "").built_in(),
    paragraph("BodyTextIndent1", "Body Text indent 1", "BodyText", "<w:ind w:left=\"403\"/>"),
    paragraph("BodyTextIndent2", "Body Text indent 2", "BodyText", "<w:ind w:left=\"806\"/>"),
    paragraph("BodyTextIndent3", "Body Text indent 3", "BodyText", "<w:ind w:left=\"1209\"/>"),
    paragraph("BodyTextIndent4", "Body Text indent 4", "BodyText", "<w:ind w:left=\"1612\"/>"),
    paragraph(
        "zzCover",
        "zzCover",
        "Normal",
        "<w:suppressAutoHyphens/><w:spacing w:before=\"1200\" w:after=\"600\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:jc w:val=\"left\"/>",
    )
    .words(size!(bold "48")),
    paragraph("zzWarning", "zzWarning", "Normal", "<w:spacing w:before=\"0\" w:after=\"240\"/>"),
    paragraph(
        "zzContents",
        "zzContents",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:suppressAutoHyphens/><w:spacing w:before=\"0\" w:after=\"310\"/>\
         <w:jc w:val=\"left\"/>",
    )
    .words(size!(bold "28")),
    paragraph(
        "zzSTDTitle",
        "zzSTDTitle",
        "Normal",
        "<w:suppressAutoHyphens/><w:spacing w:before=\"400\" w:after=\"760\" w:line=\"350\" w:lineRule=\"atLeast\"/>\
         <w:jc w:val=\"left\"/>",
    )
    .next("BodyText")
    .words(size!(bold "32")),
    paragraph("ForewordTitle", "Foreword Title", "Normal", FRONT).next("ForewordText").words(size!(bold "28")),
    paragraph("ForewordText", "Foreword Text", "BodyText", ""),
    paragraph("IntroTitle", "Intro Title", "Normal", FRONT).next("BodyText").words(size!(bold "28")),
    paragraph("BiblioTitle", "Biblio Title", "Normal", FRONT).next("BiblioEntry").words(size!(bold "28")),
    paragraph("Heading1", "heading 1", "Normal", heading!("0", "1", "270"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "26")),
    paragraph("Heading2", "heading 2", "Normal", heading!("1", "1", "60"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "24")),
    paragraph("Heading3", "heading 3", "Normal", heading!("2", "1", "60"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "22")),
    paragraph("Heading4", "heading 4", "Normal", heading!("3", "1", "60"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "22")),
    paragraph("Heading5", "heading 5", "Normal", heading!("4", "1", "60"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "22")),
    paragraph("Heading6", "heading 6", "Normal", heading!("5", "1", "60"))
        .built_in()
        .next("BodyText")
        .words(size!(bold "22")),
    paragraph(
        "ANNEX",
        "ANNEX",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>\
         <w:suppressAutoHyphens/><w:spacing w:before=\"0\" w:after=\"760\" w:line=\"310\" w:lineRule=\"atLeast\"/>\
         <w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
    )
    .next("BodyText")
    .words(size!(bold "28")),
    paragraph("a2", "a2", "Heading2", heading!("1", "2", "270")).next("BodyText").words(size!(bold "26")),
    paragraph("a3", "a3", "Heading3", heading!("2", "2", "60")).next("BodyText").words(size!(bold "24")),
    paragraph("a4", "a4", "Heading4", heading!("3", "2", "60")).next("BodyText"),
    paragraph("a5", "a5", "Heading5", heading!("4", "2", "60")).next("BodyText"),
    paragraph("a6", "a6", "Heading6", heading!("5", "2", "60")).next("BodyText"),
    paragraph("TermNum", "TermNum", "Normal", "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"0\"/><w:jc w:val=\"left\"/>")
        .next("Terms")
        .words("<w:b/><w:bCs/>"),
    paragraph("Terms", "Term(s)", "Normal", "<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:after=\"0\"/><w:jc w:val=\"left\"/>")
        .next("Definition")
        .words("<w:b/><w:bCs/>"),
    paragraph("AdmittedTerm", "Admitted Term", "Normal", "<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:after=\"0\"/><w:jc w:val=\"left\"/>")
        .next("Definition"),
    paragraph("Definition", "Definition", "Normal", ""),
    paragraph("Source", "Source", "Normal", ""),
    paragraph("Note", "Note", "Normal", "<w:spacing w:after=\"160\" w:line=\"220\" w:lineRule=\"atLeast\"/>")
        .words(size!("20")),
    paragraph("NoteContinued", "Note continued", "Note", ""),
    paragraph("ListContinue1", "List Continue 1", "Normal", "<w:spacing w:after=\"120\"/><w:ind w:left=\"403\" w:hanging=\"403\"/>"),
    paragraph("ListContinue2", "List Continue 2", "ListContinue1", "<w:ind w:left=\"806\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListContinue3", "List Continue 3", "ListContinue1", "<w:ind w:left=\"1209\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListContinue4", "List Continue 4", "ListContinue1", "<w:ind w:left=\"1612\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListContinue5", "List Continue 5", "ListContinue1", "<w:ind w:left=\"2015\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListNumber1", "List Number 1", "Normal", "<w:spacing w:after=\"120\"/><w:ind w:left=\"403\" w:hanging=\"403\"/>"),
    paragraph("ListNumber2", "List Number 2", "ListNumber1", "<w:ind w:left=\"806\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListNumber3", "List Number 3", "ListNumber1", "<w:ind w:left=\"1209\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListNumber4", "List Number 4", "ListNumber1", "<w:ind w:left=\"1612\" w:hanging=\"403\"/>").built_in(),
    paragraph("ListNumber5", "List Number 5", "ListNumber1", "<w:ind w:left=\"2015\" w:hanging=\"403\"/>").built_in(),
    paragraph("TableTitle", "Table title", "Normal", CAPTION).next("BodyText").words("<w:b/><w:bCs/>"),
    paragraph("AnnexTableTitle", "Annex Table Title", "TableTitle", "").next("BodyText"),
    paragraph("TableHeader", "Table header", "Normal", HEAD_CELL).words(size!(bold "20")),
    paragraph("TableHeader-", "Table header (-)", "TableHeader", "").words(size!("18")),
    paragraph("TableHeader--", "Table header (--)", "TableHeader", "").words(size!("16")),
    paragraph("TableBody", "Table body", "Normal", CELL).words(size!("20")),
    paragraph("TableBody-", "Table body (-)", "TableBody", "").words(size!("18")),
    paragraph("TableBody--", "Table body (--)", "TableBody", "").words(size!("16")),
    paragraph("TableFooter", "Table footer", "TableBody", "").words(size!("18")),
    paragraph("AfterTable", "After table", "Normal", "<w:spacing w:before=\"0\" w:after=\"120\" w:line=\"120\" w:lineRule=\"exact\"/>")
        .words(size!("4")),
    paragraph("FigureGraphic", "Figure Graphic", "Normal", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>")
        .next("FigureTitle"),
    paragraph("FigureTitle", "Figure title", "Normal", BELOW).next("BodyText").words("<w:b/><w:bCs/>"),
    paragraph("AnnexFigureTitle", "Annex Figure Title", "FigureTitle", "").next("BodyText"),
    paragraph("RefNorm", "RefNorm", "Normal", ""),
    paragraph("BiblioEntry", "Biblio Entry", "Normal", "<w:spacing w:after=\"120\"/><w:ind w:left=\"660\" w:hanging=\"660\"/><w:jc w:val=\"left\"/>"),
    paragraph("Quote", "Quote", "Normal", "<w:ind w:left=\"403\" w:right=\"403\"/>").built_in().words("<w:i/><w:iCs/>"),
    paragraph(
        "Code",
        "Code",
        "Normal",
        "<w:keepLines/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/>\
         <w:left w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/>\
         <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/>\
         <w:right w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"808080\"/></w:pBdr>\
         <w:suppressAutoHyphens/><w:spacing w:before=\"120\" w:after=\"240\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"108\" w:right=\"108\"/><w:jc w:val=\"left\"/>",
    )
    .words(MONOSPACED),
    paragraph(
        "Rule",
        "Rule",
        "Normal",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>\
         <w:spacing w:before=\"0\" w:after=\"240\" w:line=\"120\" w:lineRule=\"exact\"/>",
    ),
    paragraph(
        "TOC1",
        "toc 1",
        "Normal",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"440\"/><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9752\"/></w:tabs>\
         <w:suppressAutoHyphens/><w:spacing w:before=\"120\" w:after=\"0\"/><w:ind w:left=\"440\" w:hanging=\"440\"/>\
         <w:jc w:val=\"left\"/>",
    )
    .built_in()
    .next("Normal")
    .words("<w:b/><w:bCs/>"),
    paragraph(
        "TOC2",
        "toc 2",
        "TOC1",
        "<w:tabs><w:tab w:val=\"clear\" w:pos=\"440\"/><w:tab w:val=\"left\" w:pos=\"1080\"/>\
         <w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9752\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\"/>\
         <w:ind w:left=\"1080\" w:hanging=\"640\"/>",
    )
    .built_in()
    .next("Normal")
    .words("<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>"),
    paragraph("Header", "header", "Normal", "<w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/>").built_in().words(size!(bold "20")),
    paragraph("Footer", "footer", "Normal", "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>").built_in().words(size!("18")),
    paragraph("FootnoteText", "footnote text", "Normal", "<w:spacing w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/>")
        .built_in()
        .words(size!("18")),
    character("FootnoteReference", "footnote reference", "<w:vertAlign w:val=\"superscript\"/>").built_in(),
    character("Hyperlink", "Hyperlink", "<w:color w:val=\"0000FF\"/><w:u w:val=\"single\"/>").built_in(),
    character("CiteSec", "cite_sec", ""),
    character("CiteApp", "cite_app", ""),
    character("CiteTbl", "cite_tbl", ""),
    character("CiteFig", "cite_fig", ""),
    character("IsoCode", "ISOCode", MONOSPACED),
    character("Draft", "Draft", "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2A8\"/>"),
    Style {
        rest: "<w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>\
               <w:left w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>\
               <w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>\
               <w:right w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"auto\"/>\
               <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
               <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>\
               <w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>",
        ..of(Kind::Table, "TableISO", "Table ISO", "TableNormal")
    },
];

/// What the styles are called in a file: as we call them, or as a template has them.
#[derive(Debug, Default)]
pub(super) struct Names(pub FxHashMap<&'static str, String>);

impl Names {
    /// The id of a style.
    pub(super) fn id<'a>(&'a self, style: &'a str) -> &'a str {
        self.0.get(style).map_or(style, String::as_str)
    }
}

/// The part of a document that has no template; with the tag of its language.
pub(super) fn part(language: &str) -> String {
    let mut out = String::with_capacity(32_000);
    out.push_str(super::HEAD);
    put!(out, "<w:styles xmlns:w=\"{}\"><w:docDefaults><w:rPrDefault><w:rPr>", super::WORD);
    out.push_str(
        "<w:rFonts w:ascii=\"Cambria\" w:hAnsi=\"Cambria\" w:eastAsia=\"SimSun\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>",
    );
    out.push_str(&self::language(language));
    out.push_str("</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>");
    for style in ALL {
        style.write(&mut out, &str::to_owned);
    }
    out.push_str("</w:styles>");
    out
}

/// The languages of words that say nothing of theirs.
pub(super) fn language(language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let tag = super::xml::escaped(language);
    let eastern = if matches!(primary.as_str(), "ja" | "ko" | "zh") { &tag } else { "zh-CN" };
    let backwards = if matches!(primary.as_str(), "ar" | "fa" | "he" | "ur") { &tag } else { "ar-SA" };
    format!("<w:lang w:val=\"{tag}\" w:eastAsia=\"{eastern}\" w:bidi=\"{backwards}\"/>")
}
