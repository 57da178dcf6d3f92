//! The proof: what was written, parsed, is what was given.

use super::statement::Value;
use super::{Comment, Fault, Writer};
use crate::span::FileId;
use crate::syntax;
use crate::syntax::tree::Tree;

/// Holds a text against what was to be written.
pub(super) fn prove(writer: &Writer<'_>, text: &str) -> Result<(), Fault> {
    let (tree, diagnostics) = syntax::parse(FileId(0), text);
    if let Some(found) = diagnostics.first() {
        let statement = tree.at(found.primary.span.start as usize).unwrap_or(0) as usize;
        return Err(Fault { statement, problem: found.message.clone() });
    }
    if let Some(statement) = different_statement(writer, &tree, text) {
        return Err(Fault { statement, problem: "the language has no such statement".to_owned() });
    }
    if comments(&tree, text) != writer.comments {
        return Err(writer.fault("a comment would be read as something else"));
    }
    Ok(())
}

/// The first statement that is read otherwise.
fn different_statement(writer: &Writer<'_>, tree: &Tree, text: &str) -> Option<usize> {
    for (number, ((given, parent), id)) in writer.statements.iter().zip(0..).enumerate() {
        let Some(node) = tree.nodes.get(number) else { return Some(number) };
        let same_place = node.kind == given.kind
            && node.parent.map(|parent| parent as usize) == *parent
            && node.open.is_some() == given.block.is_some();
        let args = tree.args(id);
        let same_args = || {
            args.iter().zip(&given.args).all(|(arg, (role, value))| {
                let written = &text[arg.start as usize..arg.end as usize];
                arg.role == *role
                    && match value {
                        Value::Word(word) => word == written,
                        Value::Text(text) => text.is_said_by(written),
                        Value::Mark => true,
                    }
            })
        };
        if !same_place || args.len() != given.args.len() || !same_args() {
            return Some(number);
        }
    }
    (tree.nodes.len() != writer.statements.len()).then_some(writer.statements.len().saturating_sub(1))
}

fn comments(tree: &Tree, text: &str) -> Vec<Comment> {
    let mut closes: Vec<u32> = tree.nodes.iter().filter_map(|node| node.close).collect();
    closes.sort_unstable();
    let place = |&(start, end): &(u32, u32)| Comment {
        words: text[start as usize..end as usize].to_owned(),
        statements: tree.before(start as usize).len(),
        closed: closes.partition_point(|close| *close < start),
    };
    tree.comments.iter().map(place).collect()
}
