//! The pictures of documents: which are written beside it.

use super::Input;
use super::output::{Artifact, Refused};
use super::page::picture_file;
use crate::document::{Block, Document, Figure};
use crate::model::PackageId;
use crate::span::narrow;

/// The pictures of other packages that a document shows, each once, as files beside it.
pub fn beside<'a>(input: &Input<'a>, document: &Document) -> Vec<Artifact<'a>> {
    let mut shown: Vec<usize> = Vec::new();
    document.blocks.iter().for_each(|block| figures(block, &mut |figure| shown.extend(figure.picture)));
    shown.sort_unstable();
    shown.dedup();
    let root = input.program.root_id();
    let pictures = input.pictures;
    let of_others = shown.into_iter().filter_map(|number| pictures.get(number));
    let of_others = of_others.filter(|picture| root != Some(PackageId(narrow(picture.package))));
    of_others
        .map(|picture| Artifact {
            path: picture_file(input, picture),
            write: Box::new(|out| out.write_all(&picture.bytes)),
        })
        .collect()
}

fn figures(block: &Block, tell: &mut dyn FnMut(&Figure)) {
    match block {
        Block::Figure(figure) => tell(figure),
        Block::List(list) => list.items.iter().flatten().for_each(|block| figures(block, tell)),
        Block::Quotation(blocks) => blocks.iter().for_each(|block| figures(block, tell)),
        Block::Note(note) => note.blocks.iter().for_each(|block| figures(block, tell)),
        Block::Heading(_) | Block::Paragraph(_) | Block::Code(_) | Block::Rule | Block::Table(_) => {}
    }
}

/// A document as Markdown, and the pictures beside it.
pub fn markdown<'a>(input: &Input<'a>, document: Option<Document>) -> Result<Vec<Artifact<'a>>, Refused> {
    let Some(document) = document else { return super::output::file(Vec::new()) };
    let mut artifacts = super::output::file(crate::document::markdown::markdown(&document))?;
    artifacts.extend(beside(input, &document));
    Ok(artifacts)
}
