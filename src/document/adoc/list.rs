//! Lists: the depth of an item is told by the length of its mark, and what else stands in it is tied to it by a plus.

use super::{Place, Writer};
use crate::document::tree::{Block, List};

impl Writer<'_> {
    /// A list, whose items stand close together where nothing else is in them.
    pub(super) fn list(&self, list: &List, place: Place) -> String {
        let mark = if list.start.is_some() { "." } else { "*" }.repeat(place.lists + 1);
        let within = Place { lists: place.lists + 1, ..place };
        let items: Vec<String> = list.items.iter().map(|item| format!("{mark} {}", self.item(item, within))).collect();
        let between = if items.iter().any(|item| item.contains('\n')) { "\n\n" } else { "\n" };
        let start = list.start.filter(|start| *start != 1).map(|start| format!("[start={start}]\n"));
        if items.is_empty() { String::new() } else { start.unwrap_or_default() + &items.join(between) }
    }

    fn item(&self, blocks: &[Block], place: Place) -> String {
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph(words), rest)) => (self.words_of(words), rest),
            _ => ("&#160;".to_owned(), blocks),
        };
        let mut item = first;
        for (at, block) in rest.iter().enumerate() {
            let is_last = at + 1 == rest.len();
            match block {
                Block::List(list) if is_last => item.push_str(&format!("\n\n{}", self.list(list, place))),
                Block::List(list) if !place.is_open => {
                    let list = self.list(list, Place { is_open: true, lists: 0, ..place });
                    item.push_str(&format!("\n+\n--\n{list}\n--"));
                }
                // What stands behind it would be tied to its last item, and stands there as if it did.
                Block::List(list) => item.push_str(&format!("\n\n{}", self.list(list, place))),
                other => {
                    let written = self.block(other, place);
                    item.extend(written.map(|written| format!("\n+\n{written}")));
                }
            }
        }
        item
    }
}
