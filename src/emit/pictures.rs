//! The pictures of documents: what is in them, or written beside them.

use std::borrow::Cow;

use super::Input;
use super::page::picture_file;
use crate::document::{Block, Document, Figure, Picture, PictureKind};
use crate::model::PackageId;
use crate::pictures::Kind;
use crate::span::narrow;

/// What a document shows that is not there yet, as files beside it with their bytes: the pictures of other packages, each
/// once, and what is drawn for it.
pub fn beside<'a>(input: &Input<'a>, document: &Document) -> Vec<(String, Cow<'a, [u8]>)> {
    let mut shown: Vec<usize> = Vec::new();
    let mut drawn: Vec<(String, Cow<'a, [u8]>)> = Vec::new();
    let mut tell = |figure: &Figure| {
        shown.extend(figure.picture);
        let drawing = figure.drawing.as_ref().map(|drawing| drawing.svg(&figure.alternative).into_bytes());
        drawn.extend(drawing.map(|bytes| (figure.file.clone(), Cow::Owned(bytes))));
    };
    document.blocks.iter().for_each(|block| each_figure(block, &mut tell));
    shown.sort_unstable();
    shown.dedup();
    let root = input.program.root_id();
    let pictures = input.pictures;
    let of_others = shown.into_iter().filter_map(|number| pictures.get(number));
    let of_others = of_others.filter(|picture| root != Some(PackageId(narrow(picture.package))));
    let files = of_others.map(|picture| (picture_file(input, picture), Cow::Borrowed(picture.bytes.as_slice())));
    files.chain(drawn).collect()
}

/// What a figure shows; nothing for one that is not at hand.
pub fn shown(input: &Input<'_>, figure: &Figure) -> Option<Picture> {
    if let Some(drawing) = &figure.drawing {
        return Some(drawing.picture(&figure.alternative));
    }
    let picture = input.pictures.get(figure.picture?)?;
    let kind = match picture.kind {
        Kind::Png => PictureKind::Png,
        Kind::Jpeg => PictureKind::Jpeg,
        Kind::Svg => PictureKind::Svg,
    };
    // One that does not say how large it is shown is as wide as half a page.
    let (width, height) = picture.size.unwrap_or((320, 240));
    let size = (f64::from(width), f64::from(height));
    Some(Picture { kind, size, bytes: picture.bytes.clone(), metafile: None })
}

fn each_figure(block: &Block, tell: &mut dyn FnMut(&Figure)) {
    match block {
        Block::Figure(figure) => tell(figure),
        Block::List(list) => list.items.iter().flatten().for_each(|block| each_figure(block, tell)),
        Block::Quotation(blocks) => blocks.iter().for_each(|block| each_figure(block, tell)),
        Block::Note(note) => note.blocks.iter().for_each(|block| each_figure(block, tell)),
        Block::Term(term) => term.blocks().for_each(|block| each_figure(block, tell)),
        Block::References(_) => {}
        Block::Heading(_) | Block::Paragraph(_) | Block::Code(_) | Block::Rule | Block::Table(_) => {}
    }
}
