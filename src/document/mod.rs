//! Documents as trees: what is said, in an order, under headings; how it looks is a writer's affair.
//!
//! An emitter builds a [`Document`]; a writer prints it. What each node is for, by writer:
//!
//! | Node | Markdown | a word processor | AsciiDoc (Metanorma) | HTML |
//! | --- | --- | --- | --- | --- |
//! | [`Document::title`], `language`, `notice` | first heading, paragraph | core properties, `w:lang`, title style | header attributes | `title`, `lang` |
//! | [`Heading`] of [`Numbering::Counted`] | number in the text | multilevel list of the heading styles | number is made by the tool | number, or a CSS counter |
//! | [`Heading`] of [`Numbering::Annex`] | "Annex A (informative)" | `ANNEX` style, second list | `[appendix,obligation=…]` | as Markdown |
//! | [`Heading::keys`] | anchor of the renderer | bookmark | `[[id]]` | `id` |
//! | [`Block::Paragraph`], [`Block::List`], [`Block::Quotation`], [`Block::Code`], [`Block::Rule`] | the same | paragraph styles; a `w:num` for each list | the same | the same |
//! | [`Note`] | label before the first paragraph | note style | `NOTE:` block, whose label is made by the tool | `aside` |
//! | [`Table`]: `head`, `rows` | one row of head | `tblHeader`, rows that do not break | `options="header"` | `thead`, `tbody` |
//! | [`Cell::rows`], [`Cell::columns`] | covered cells are empty | `vMerge`, `gridSpan` | `.2+`, `2+` | `rowspan`, `colspan` |
//! | [`Column`]: share and side | side | `tblGrid`, `jc` | `cols` | `col`, `text-align` |
//! | [`Table::caption`], [`Figure::caption`] | bold behind its number, above or below | caption style, `SEQ` field | `.Title` | `caption`, `figcaption` |
//! | [`Table::notes`] | paragraphs below | last row, inside the frame | inside the frame | `tfoot` |
//! | [`Table::is_landscape`] | nothing | a section of its own | `[%landscape]` | a named page |
//! | [`Figure`] | picture with its other text | drawing with `descr` | `image::` | `figure` |
//! | [`Part::Reference`] | link to the anchor | `REF` field, or a hyperlink | `<<id>>` | link |
//! | [`Part::Footnote`] | in brackets | footnote | `footnote:[…]` | note with a way back |
//! | [`Term`] | paragraphs | the styles of terms | `admitted:[]`, `[.source]` | `dl` |
//! | [`References`] | a table, or a numbered list | the same | `[[[id,designation]]]` | as Markdown |
//! | [`Heading::role`] | nothing | styles of front and end matter | `[bibliography]`, `[heading=…]` | a class |
//! | [`Part::Draft`] | its mark | highlighted | its mark | badge |
//!
//! A key names what references lead to; where no heading, table or figure of the document has it, a reference is words.
//! Numbers are not part of the words of a heading or a caption: [`Document::numbers`] and [`Document::labels`] count, so
//! that every writer says the same.
//!
//! Texts of authors come in through `read` alone: CommonMark with tables, of which raw HTML and pictures within
//! lines are shown as they were typed, and headings as paragraphs, so that the outline of a document is ours.

pub mod adoc;
#[cfg(feature = "docx")]
pub mod docx;
pub mod drawing;
#[cfg(feature = "docx")]
pub mod emf;
pub mod html;
mod ids;
mod inline;
pub mod markdown;
mod read;
mod setting;
mod svg;
mod template;
pub mod text;
mod tree;
pub mod words;
mod writer;

pub use inline::{Inline, Key, Line, Part, Parts};
pub use read::{Resolve, Shown, pictures, read};
pub use setting::{Picture, PictureKind, Setting, Template, Unprintable};
pub use text::Marked;
pub use tree::{
    Block, Cell, Code, Column, Document, Figure, Heading, List, Note, Numbering, Place, References, Role, Row, Side,
    Status, Table, Term, Work, letters,
};
pub use writer::{ADOC, DOCX, HTML, MARKDOWN, Writer};
