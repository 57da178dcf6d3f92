//! The canonical layout, of a file or of some of its lines.

use std::ops::Range;

use lsp_types as lsp;

use super::Fault;
use crate::formatter;
use crate::lsp::workspace::{View, Workspace};

/// `textDocument/formatting`.
pub fn whole(
    workspace: &Workspace,
    params: lsp::DocumentFormattingParams,
) -> Result<Option<Vec<lsp::TextEdit>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let formatted = formatter::format(view.text()).map_err(|_| unfaithful())?;
    let (bytes, new) = difference(view.text(), &formatted.text);
    Ok(Some(edits(&view, bytes, new)))
}

/// `textDocument/rangeFormatting`.
pub fn range(
    workspace: &Workspace,
    params: lsp::DocumentRangeFormattingParams,
) -> Result<Option<Vec<lsp::TextEdit>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let bytes = view.offset(params.range.start)..view.offset(params.range.end);
    let replacement = formatter::format_range(view.text(), bytes).map_err(|_| unfaithful())?;
    Ok(Some(replacement.map_or_else(Vec::new, |found| edits(&view, found.range, &found.text))))
}

fn edits(view: &View<'_>, bytes: Range<usize>, new: &str) -> Vec<lsp::TextEdit> {
    let is_same = view.text().get(bytes.clone()) == Some(new);
    let edit = || lsp::TextEdit { range: view.range(bytes), new_text: new.to_owned() };
    if is_same { Vec::new() } else { vec![edit()] }
}

fn unfaithful() -> Fault {
    Fault::refused("the layout would say something else than the text, so nothing was changed; please report it")
}

/// The bytes of the old text that differ, and what stands there in the new one: cursors elsewhere stay where they are.
fn difference<'a>(old: &str, new: &'a str) -> (Range<usize>, &'a str) {
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let start = old.floor_char_boundary(same(old.as_bytes(), new.as_bytes()));
    let (old_rest, new_rest) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let end = old.len() - old.ceil_char_boundary(old.len() - end);
    (start..old.len() - end, &new[start..new.len() - end])
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_differs_is_replaced() {
        for (old, new, bytes, text) in [
            ("ä  b\n", "ä b\n", 3..4, ""),
            ("aä", "aö", 1..3, "ö"),
            ("a", "a", 1..1, ""),
            ("aa", "a", 1..2, ""),
            ("", "x", 0..0, "x"),
        ] {
            assert_eq!(difference(old, new), (bytes, text), "{old:?} {new:?}");
        }
    }
}
