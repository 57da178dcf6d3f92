//! Whether two texts say the same: the proof that the formatter owes before anything is written.

use super::{Parsed, comment_words};
use crate::diagnostic;
use crate::source::text;
use crate::syntax::lexer::terminal;

/// Where the first text begins to say something else than the second: statements, nesting, arguments, comments and
/// what the parser has to say count; places do not.
pub(super) fn difference(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    let (left, right) = (&given.tree, &made.tree);
    for (id, (a, b)) in (0..).zip(left.nodes.iter().zip(&right.nodes)) {
        let alike = a.kind == b.kind
            && a.broken == b.broken
            && a.subtree_end == b.subtree_end
            && a.open.is_some() == b.open.is_some()
            && a.close.is_some() == b.close.is_some()
            && a.args == b.args;
        if !alike {
            return Some(a.start as usize);
        }
        for (a, b) in left.args(id).iter().zip(right.args(id)) {
            let texts = [given.slice((a.start, a.end)), made.slice((b.start, b.end))];
            if a.role != b.role || !same_argument(texts[0], texts[1]) {
                return Some(a.start as usize);
            }
        }
    }
    if left.nodes.len() != right.nodes.len() {
        return Some(left.nodes.get(right.nodes.len()).map_or(given.text.len(), |node| node.start as usize));
    }
    different_comment(given, made).or_else(|| different_diagnostic(given, made))
}

/// Arguments are the same to the letter; a block of text, in what it says.
fn same_argument(given: &str, made: &str) -> bool {
    given == made || given.starts_with("\"\"\"") && text::pieces(given) == text::pieces(made)
}

fn different_comment(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    // A comment stands between the same two words or braces as before.
    let places = |parsed: &Parsed<'_>| -> Vec<usize> {
        let places = &parsed.tokens.places;
        let kinds = &parsed.tokens.kinds;
        let (mut token, mut words) = (0, 0);
        let place = |comment: &(u32, u32)| {
            while places.get(token).is_some_and(|place| place.0 < comment.0) {
                words += usize::from(kinds[token] != terminal::END);
                token += 1;
            }
            words
        };
        parsed.tree.comments.iter().map(place).collect()
    };
    let comments = given.tree.comments.iter().zip(&made.tree.comments);
    for ((a, b), (given_place, made_place)) in comments.zip(places(given).into_iter().zip(places(made))) {
        let same_words = comment_words(given.slice(*a)) == comment_words(made.slice(*b));
        if !same_words || given_place != made_place {
            return Some(a.0 as usize);
        }
    }
    (given.tree.comments.len() != made.tree.comments.len()).then_some(given.text.len())
}

fn different_diagnostic(given: &Parsed<'_>, made: &Parsed<'_>) -> Option<usize> {
    for (a, b) in given.diagnostics.iter().zip(&made.diagnostics) {
        if a.code.code != b.code.code || a.message != b.message {
            return Some(a.primary.span.start as usize);
        }
    }
    (diagnostic::count(&given.diagnostics) != diagnostic::count(&made.diagnostics)).then_some(given.text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(given: &str, made: &str) -> Option<usize> {
        difference(&Parsed::new(given), &Parsed::new(made))
    }

    #[test]
    fn layout_is_no_difference() {
        for (given, made) in [
            ("group G \"G\" { process  K \"K\" }", "group G \"G\" {\n  process K \"K\"\n}\n"),
            ("note \"\"\"\n a\n  b\"\"\" // c\r\n", "note \"\"\"\n    a\n     b\n    \"\"\" // c\n"),
            ("/* a\r\n b */ term \"a\"\n\"b\"", "/* a\n b */\nterm \"a\" \"b\"\n"),
            ("outcom  1\n}", "outcom 1\n  }"),
        ] {
            assert_eq!(found(given, made), None, "{given}");
        }
    }

    /// Each pair differs in one thing, at the mark `¦` in the first text.
    #[test]
    fn whatever_is_unfaithful_is_found() {
        for (given, made) in [
            // Words and texts.
            ("process ¦K.1 \"K\"", "process K.2 \"K\""),
            ("note ¦\"a\"", "note \"b\""),
            ("note ¦\"a\\u{62}\"", "note \"ab\""),
            ("note ¦\"\"\"\n  a\n  b\"\"\"", "note \"\"\"\n  a\n   b\"\"\""),
            ("note ¦\"\"\"[[a]]\"\"\"", "note \"\"\"\\[[a]]\"\"\""),
            ("note ¦\"a\"", "note \"\"\"a\"\"\""),
            ("practice B \"Do.\" ¦achieves 1", "practice B \"Do.\" consumes 1"),
            ("outcome 1 \"A.\" satisfies R together with ¦S", "outcome 1 \"A.\" satisfies R, S"),
            // Statements: another, one less, one more, their order.
            ("¦supports K", "informs K"),
            ("term ¦\"a\" \"b\"\nterm \"c\" \"d\"", "term \"c\" \"d\"\nterm \"a\" \"b\""),
            ("term ¦\"a\" \"b\"\nterm \"c\" \"d\"", "term \"c\" \"d\""),
            ("term \"a\" \"b\"\n¦term \"c\" \"d\"", "term \"a\" \"b\""),
            ("term \"a\" \"b\"¦", "term \"a\" \"b\"\nterm \"c\" \"d\""),
            ("¦omit A, B because \"x\"", "omit A because \"x\""),
            ("¦process K \"K\" in G", "process K \"K\""),
            ("¦process K \"K\"", "process K \"K\" in G"),
            // Nesting.
            ("¦group G \"G\" { process K \"K\" }", "group G \"G\" { } process K \"K\""),
            ("¦group G \"G\" { } process K \"K\"", "group G \"G\" { process K \"K\" }"),
            (
                "group G \"G\" { ¦group H \"H\" { } process K \"K\" }",
                "group G \"G\" { group H \"H\" { process K \"K\" } }",
            ),
            ("¦process K \"K\" { }", "process K \"K\""),
            ("¦process K \"K\"", "process K \"K\" { }"),
            ("¦process K \"K\" { }", "process K \"K\" {"),
            ("¦process K \"K\" {", "process K \"K\""),
            // Comments.
            ("¦// a\nterm \"a\" \"b\"", "// b\nterm \"a\" \"b\""),
            ("¦/* a */ term \"a\" \"b\"", "// a\nterm \"a\" \"b\""),
            ("term ¦/* a */ \"a\" \"b\"", "term \"a\" /* a */ \"b\""),
            ("¦// a\nterm \"a\" \"b\"", "term \"a\" \"b\" // a"),
            ("process K \"K\" { note \"a\" ¦/* a */ }", "process K \"K\" { note \"a\" } /* a */"),
            ("process K \"K\" ¦/* a */ { note \"a\" }", "process K \"K\" { /* a */ note \"a\" }"),
            ("term \"a\" \"b\" // a¦", "term \"a\" \"b\""),
            ("term \"a\" \"b\"¦", "term \"a\" \"b\" // a"),
            ("¦// a\n// b\n", "// b\n// a\n"),
            // What is broken.
            ("¦outcome 1", "outcome 1 \"a\""),
            ("term \"a\" \"b\"\n}¦", "term \"a\" \"b\""),
            ("term \"a\" \"b\"¦", "term \"a\" \"b\"\n}"),
            ("process ¦K..1 \"K\"", "process K.1 \"K\""),
        ] {
            let offset = given.find('¦').unwrap();
            let given = given.replace('¦', "");
            assert_eq!(found(&given, made), Some(offset), "{given:?} and {made:?}");
        }
    }

    #[test]
    fn what_the_parser_says_is_compared() {
        let (given, mut made) = (Parsed::new("outcome 1\n"), Parsed::new("outcome 1\n"));
        made.diagnostics[0].message.push('!');
        assert_eq!(difference(&given, &made), Some(given.diagnostics[0].primary.span.start as usize));
        let mut made = Parsed::new("outcome 1\n");
        made.tree.nodes[0].broken = false;
        assert_eq!(difference(&given, &made), Some(0));
    }
}
