//! What can be folded: blocks, texts and comments of several lines. And what is selected, step by step outwards.

use std::ops::Range;

use lsp_types as lsp;

use super::Fault;
use crate::lsp::workspace::{View, Workspace};
use crate::span::narrow;
use crate::syntax::tree::Role;

/// `textDocument/foldingRange`.
pub fn folding(
    workspace: &Workspace,
    params: lsp::FoldingRangeParams,
) -> Result<Option<Vec<lsp::FoldingRange>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let line = |offset: u32| view.lines().line(offset as usize);
    let mut folds: Vec<(usize, usize, Option<lsp::FoldingRangeKind>)> = Vec::new();
    for (node, statement) in (0..).zip(&view.tree.nodes) {
        if let Some(open) = statement.open {
            let end = view.tree.whole(node).end;
            // The line of the closing brace stays.
            let last =
                if statement.close.is_some() { line(end.saturating_sub(1)).saturating_sub(1) } else { line(end) };
            folds.push((line(open), last, None));
        }
        let texts =
            view.tree.args(node).iter().filter(|arg| matches!(arg.role, Role::Text | Role::Reason | Role::ExtraText));
        folds.extend(texts.map(|arg| (line(arg.start), line(arg.end), None)));
    }
    let comments = view.tree.comments.iter().map(|(start, end)| (line(*start), line(*end)));
    let mut run: Option<(usize, usize)> = None;
    for (first, last) in comments {
        run = match run {
            // Comments on lines that follow each other are one.
            Some((start, end)) if first <= end + 1 => Some((start, last)),
            _ => {
                folds.extend(run.map(|(start, end)| (start, end, Some(lsp::FoldingRangeKind::Comment))));
                Some((first, last))
            }
        };
    }
    folds.extend(run.map(|(start, end)| (start, end, Some(lsp::FoldingRangeKind::Comment))));
    folds.retain(|(start, end, _)| start < end);
    folds.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    folds.dedup_by_key(|(start, ..)| *start);
    let fold = |(start, end, kind): (usize, usize, Option<lsp::FoldingRangeKind>)| lsp::FoldingRange {
        start_line: narrow(start),
        end_line: narrow(end),
        kind,
        ..lsp::FoldingRange::default()
    };
    Ok(Some(folds.into_iter().map(fold).collect()))
}

/// `textDocument/selectionRange`.
pub fn selection(
    workspace: &Workspace,
    params: lsp::SelectionRangeParams,
) -> Result<Option<Vec<lsp::SelectionRange>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let ranges = params.positions.iter().map(|position| {
        let mut steps = steps(&view, view.offset(*position));
        steps.dedup();
        let outwards = steps.into_iter().rev();
        let nested = outwards.fold(None, |parent: Option<Box<lsp::SelectionRange>>, bytes| {
            Some(Box::new(lsp::SelectionRange { range: view.range(bytes), parent }))
        });
        nested.map_or_else(lsp::SelectionRange::default, |range| *range)
    });
    Ok(Some(ranges.collect()))
}

/// What is selected at a byte, the smallest first, each within the next.
fn steps(view: &View<'_>, offset: usize) -> Vec<Range<usize>> {
    let text = view.text();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let start = offset - text[..offset].chars().rev().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    let end = offset + text[offset..].chars().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    let mut steps: Vec<Range<usize>> = Vec::new();
    let mut add = |bytes: Range<usize>| {
        if steps.last().is_none_or(|inner| bytes.start <= inner.start && inner.end <= bytes.end) {
            steps.push(bytes);
        }
    };
    add(start..end);
    if let Some((_, arg)) = view.arg_at(offset) {
        let arg = arg.start as usize..arg.end as usize;
        if text[arg.clone()].starts_with('"') && arg.len() > 1 {
            add(arg.start + 1..arg.end - 1);
        }
        add(arg);
    }
    if let Some(node) = view.node_at(offset) {
        for node in std::iter::once(node).chain(view.tree.around(node)) {
            let statement = view.tree.node(node);
            add(statement.start as usize..statement.end as usize);
            if let (Some(open), Some(close)) = (statement.open, statement.close) {
                add(open as usize + 1..close as usize);
            }
            add(view.tree.whole(node).range());
        }
    }
    add(0..text.len());
    steps
}
