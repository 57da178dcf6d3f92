//! The pictures of documents: what is in them, or written beside them.

use super::Input;
use super::page::picture_file;
use crate::document::{Block, Document, Figure, Picture, PictureKind};
use crate::model::PackageId;
use crate::pictures::Kind;
use crate::span::narrow;

/// The pictures of other packages that a document shows, each once, as files beside it with their bytes.
pub fn beside<'a>(input: &Input<'a>, document: &Document) -> Vec<(String, &'a [u8])> {
    let mut shown: Vec<usize> = Vec::new();
    document.blocks.iter().for_each(|block| figures(block, &mut |figure| shown.extend(figure.picture)));
    shown.sort_unstable();
    shown.dedup();
    let root = input.program.root_id();
    let pictures = input.pictures;
    let of_others = shown.into_iter().filter_map(|number| pictures.get(number));
    let of_others = of_others.filter(|picture| root != Some(PackageId(narrow(picture.package))));
    of_others.map(|picture| (picture_file(input, picture), picture.bytes.as_slice())).collect()
}

/// What a figure shows; nothing for one that is not at hand.
pub fn shown(input: &Input<'_>, figure: &Figure) -> Option<Picture> {
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

fn figures(block: &Block, tell: &mut dyn FnMut(&Figure)) {
    match block {
        Block::Figure(figure) => tell(figure),
        Block::List(list) => list.items.iter().flatten().for_each(|block| figures(block, tell)),
        Block::Quotation(blocks) => blocks.iter().for_each(|block| figures(block, tell)),
        Block::Note(note) => note.blocks.iter().for_each(|block| figures(block, tell)),
        Block::Term(term) => term.blocks().for_each(|block| figures(block, tell)),
        Block::References(_) => {}
        Block::Heading(_) | Block::Paragraph(_) | Block::Code(_) | Block::Rule | Block::Table(_) => {}
    }
}
