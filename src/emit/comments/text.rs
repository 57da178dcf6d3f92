//! The comments for people at a terminal: below each place what is said of it.

use std::fmt::Write;

use super::{Column, Comment, Ties};

/// The comments, each where it stands; those that are tied to nothing last, with the reason.
pub fn text(ties: &Ties<'_>) -> String {
    let mut text = format!("{}\n", ties.summary());
    let mut last = None;
    for (comment, tied) in &ties.rows {
        let head = tied.head(ties.words);
        if last.as_ref() != Some(&head) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "\n{head}");
            last = Some(head);
        }
        told(&mut text, comment);
        if let Some(remark) = tied.remark() {
            let _ = writeln!(text, "    note: {remark}");
        }
    }
    text
}

fn told(text: &mut String, comment: &Comment) {
    let said = |column: Column| Some(super::squeezed(comment.get(column))).filter(|said| !said.is_empty());
    let line = said(Column::Line).map(|line| format!("line {line}"));
    let clause = said(Column::Clause).map(|clause| match clause.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("clause {clause}"),
        false => clause,
    });
    let facts = [said(Column::Body), said(Column::Kind), clause, said(Column::Paragraph), line];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let _ = writeln!(text, "  {} [{}]", facts.join(", "), comment.source);
    let named = [(Column::Comment, ""), (Column::Proposal, "proposed: "), (Column::Observation, "observation: ")];
    for (column, name) in named {
        for (number, line) in comment.get(column).lines().filter(|line| !line.trim().is_empty()).enumerate() {
            let name = if number == 0 { name } else { "" };
            let _ = writeln!(text, "    {name}{}", line.trim_end());
        }
    }
    for (head, said) in &comment.others {
        let _ = writeln!(text, "    {head}: {}", super::squeezed(said));
    }
}
