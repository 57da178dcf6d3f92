//! Texts that have to say something, and say nothing: each has a letter or a digit of some script.

use super::State;
use crate::codes::EMPTY_TEXT;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Role, Tree};

/// Reports the texts of a file that say nothing. Titles are the parser's.
pub fn empty_texts(state: &mut State, tree: &Tree, sources: &Sources) {
    for node in tree.ids() {
        let kind = tree.node(node).kind;
        for arg in tree.args(node).iter().filter(|arg| has_to_speak(kind, arg.role)) {
            let span = tree.span(arg);
            let is_plain = sources.slice(span).as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric);
            if is_plain || sources.text(span).chars().any(char::is_alphanumeric) {
                continue;
            }
            let is_reason = matches!(arg.role, Role::Reason | Role::Amendment);
            let what = if is_reason { "this reason says nothing" } else { "this text says nothing" };
            let diagnostic = Diagnostic::new(&EMPTY_TEXT, span, what).label("expected a word");
            state.report(diagnostic.help(match arg.role {
                Role::Reason | Role::Amendment => "say why, for those who ask later".to_owned(),
                _ if kind == Kind::FieldValue => "say what is so; leave the field out where nothing is".to_owned(),
                _ => format!("say what it is that the {} states, or leave it out", kind.word()),
            }));
        }
    }
}

/// Whether a text has to say something. A new statement has to; those that only explain, or are printed for an id, are
/// left to their authors.
fn has_to_speak(kind: Kind, role: Role) -> bool {
    match role {
        Role::Reason | Role::Amendment => true,
        Role::ExtraText => kind == Kind::FieldValue,
        Role::Text => !matches!(
            kind,
            Kind::Note
                | Kind::Label
                | Kind::Group
                | Kind::Requirement
                | Kind::Control
                | Kind::Supports
                | Kind::Informs
                | Kind::Follows
                | Kind::Other
                | Kind::Garbage
        ),
        _ => false,
    }
}
