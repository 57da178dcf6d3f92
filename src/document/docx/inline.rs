//! Writes what stands on one line: runs of words, links, references, footnotes.

use super::Book;
use super::script::{Script, is_backwards, stretches};
use super::xml::{self, put};
use crate::document::inline::{Inline, Line, Part};

/// How words look.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub is_strong: bool,
    pub is_emphasis: bool,
    /// A style for words.
    pub style: Option<&'static str>,
    /// Whether the paragraph is written from right to left.
    pub is_backwards: bool,
    /// Whether they lead somewhere: nothing in them can lead elsewhere.
    pub is_link: bool,
    /// Whether a change has struck it.
    pub is_struck: bool,
}

/// The longest address that programs follow, in UTF-16 units (Word's limit is 2083).
const LONGEST_ADDRESS: usize = 2_000;

impl Book<'_> {
    /// A line within a paragraph.
    pub(super) fn line(&mut self, line: &Inline, look: Look) {
        self.parts(line.as_line(), look);
    }

    fn parts(&mut self, line: Line<'_>, look: Look) {
        for part in line.parts() {
            match part {
                Part::Text(words) => self.words(words, look),
                Part::Draft(mark) => self.words(mark, Look { style: Some("Draft"), ..look }),
                Part::Strong(words) => self.parts(words, Look { is_strong: true, ..look }),
                Part::Emphasis(words) => self.parts(words, Look { is_emphasis: true, ..look }),
                Part::Inserted(words) => self.changed("ins", words, look),
                Part::Struck(words) => self.changed("del", words, Look { is_struck: true, ..look }),
                Part::Code(code) => self.words(code, Look { style: Some("IsoCode"), ..look }),
                Part::Link { address, title, words } => self.link(address, title, words, look),
                Part::Reference { key, words } => self.reference(key, words, look),
                Part::Footnote(words) => self.footnote(words, look),
                Part::Break => self.out.push_str("<w:r><w:br/></w:r>"),
            }
        }
    }

    /// Words, cut into runs by how they are written.
    pub(super) fn words(&mut self, words: &str, look: Look) {
        if words.is_ascii() && !look.is_backwards {
            return self.run(words, look, Script::Plain);
        }
        for (script, words) in stretches(words, look.is_backwards) {
            self.run(words, look, script);
        }
    }

    fn run(&mut self, words: &str, look: Look, script: Script) {
        if words.is_empty() {
            return;
        }
        self.out.push_str("<w:r>");
        self.look(look, script);
        let element = if look.is_struck { "delText" } else { "t" };
        put!(self.out, "<w:{element} xml:space=\"preserve\">");
        xml::push(&mut self.out, words);
        put!(self.out, "</w:{element}></w:r>");
    }

    /// A change that a reader may accept or reject. It has no date, and nobody's name.
    fn changed(&mut self, element: &str, words: Line<'_>, look: Look) {
        self.marks += 1;
        put!(self.out, "<w:{element} w:id=\"{}\" w:author=\"prm\">", self.marks);
        self.parts(words, look);
        put!(self.out, "</w:{element}>");
    }

    fn look(&mut self, look: Look, script: Script) {
        if look.style.is_none() && !look.is_strong && !look.is_emphasis && script == Script::Plain {
            return;
        }
        let out = &mut self.out;
        out.push_str("<w:rPr>");
        if let Some(style) = look.style {
            put!(*out, "<w:rStyle w:val=\"{}\"/>", self.frame.names.id(style));
        }
        if matches!(script, Script::Eastern(_)) {
            out.push_str("<w:rFonts w:hint=\"eastAsia\"/>");
        }
        out.push_str(if look.is_strong { "<w:b/><w:bCs/>" } else { "" });
        out.push_str(if look.is_emphasis { "<w:i/><w:iCs/>" } else { "" });
        match script {
            Script::Backwards(language) => put!(*out, "<w:rtl/><w:lang w:bidi=\"{language}\"/>"),
            Script::Eastern(Some(language)) => put!(*out, "<w:lang w:eastAsia=\"{language}\"/>"),
            _ => {}
        }
        out.push_str("</w:rPr>");
    }

    fn link(&mut self, address: &str, title: &str, words: Line<'_>, look: Look) {
        if look.is_link {
            return self.parts(words, look);
        }
        if address.encode_utf16().count() > LONGEST_ADDRESS {
            self.parts(words, look);
            return self.words(&format!(" ({address})"), look);
        }
        let number = self.links[usize::from(self.is_in_footnote)].number(&written(address));
        put!(self.out, "<w:hyperlink r:id=\"link{number}\"");
        if !title.is_empty() {
            self.out.push_str(" w:tooltip=\"");
            // Programs call a file broken over a longer one.
            xml::push(&mut self.out, &title.chars().take(200).collect::<String>());
            self.out.push('"');
        }
        self.out.push_str(" w:history=\"1\">");
        self.parts(words, Look { style: Some("Hyperlink"), is_link: true, ..look });
        self.out.push_str("</w:hyperlink>");
    }

    /// A reference: a field where it shows what stands there, so that it goes with it; else a link.
    fn reference(&mut self, key: &crate::document::Key, words: Line<'_>, look: Look) {
        let Some(target) = self.plan.targets.get(key).filter(|_| !look.is_link) else { return self.parts(words, look) };
        let (mark, style) = (target.mark.clone(), target.style);
        let inner = Look { style: Some(look.style.unwrap_or(style)), is_link: true, ..look };
        match &target.shows {
            Some((shown, switch)) if *shown == words.shown() => {
                let field = format!("REF {mark}{switch} \\h");
                self.field(&field, |book| book.parts(words, inner));
            }
            _ => {
                put!(self.out, "<w:hyperlink w:anchor=\"{mark}\" w:history=\"1\">");
                self.parts(words, inner);
                self.out.push_str("</w:hyperlink>");
            }
        }
    }

    /// A field, and what it shows until a program works it out anew.
    pub(super) fn field(&mut self, instruction: &str, shown: impl FnOnce(&mut Self)) {
        self.begin_field(instruction);
        shown(self);
        self.out.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    }

    /// The beginning of a field, up to what it shows.
    pub(super) fn begin_field(&mut self, instruction: &str) {
        put!(
            self.out,
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {instruction} \
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        );
    }

    /// Puts a mark around something.
    pub(super) fn marked(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.marks += 1;
        let number = self.marks;
        put!(self.out, "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>");
        content(self);
        put!(self.out, "<w:bookmarkEnd w:id=\"{number}\"/>");
    }

    fn footnote(&mut self, words: Line<'_>, look: Look) {
        if self.is_in_footnote {
            self.words(" (", look);
            self.parts(words, look);
            return self.words(")", look);
        }
        self.footnote_count += 1;
        let number = self.footnote_count;
        let style = self.frame.names.id("FootnoteReference").to_owned();
        put!(
            self.out,
            "<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r>"
        );
        let text = std::mem::take(&mut self.out);
        self.is_in_footnote = true;
        let is_backwards = is_backwards(words.shown());
        put!(self.out, "<w:footnote w:id=\"{number}\"><w:p><w:pPr>");
        put!(self.out, "<w:pStyle w:val=\"{}\"/>", self.frame.names.id("FootnoteText"));
        self.out.push_str(if is_backwards { "<w:bidi/>" } else { "" });
        put!(self.out, "</w:pPr><w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:footnoteRef/></w:r>");
        self.words(" ", Look::default());
        self.parts(words, Look { is_backwards, ..Look::default() });
        self.out.push_str("</w:p></w:footnote>");
        self.is_in_footnote = false;
        let footnote = std::mem::replace(&mut self.out, text);
        self.footnotes.push_str(&footnote);
    }
}

/// An address as a relationship has it: what no address holds is written as its bytes.
fn written(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => put!(out, "%{:02X}", u32::from(character)),
            _ if character.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
