//! The writer: what it writes is read as what was given, or it is not written.

use std::sync::LazyLock;

use prm::formatter;
use prm::source::text::{self, Piece};
use prm::span::FileId;
use prm::syntax::statements::Kind;
use prm::syntax::tree::{NodeId, Role, Tree};
use prm::syntax::{self, tree};
use prm::writer::{self, Entry, Statement, Text};
use proptest::prelude::*;

use crate::cases;
use crate::random;

#[test]
fn a_file_of_every_kind_of_value() {
    let requirement =
        Statement::new(Kind::Requirement).id("7.4.a").title("Subject").text("It is settled \"what\" [[x]].");
    let clause = Statement::new(Kind::Clause)
        .id("7")
        .title("Support")
        .with(Statement::new(Kind::Label).text("7 (support)"))
        .with(requirement.with(Statement::new(Kind::Label).text("7.4 a)")));
    let catalog = Statement::new(Kind::Catalog)
        .id("iso27001-2013")
        .title("Requirements")
        .with(Statement::new(Kind::Tailorable))
        .with(clause)
        .with(Entry::Comment("Not yet read:\n\nannex A".to_owned()));
    let crosswalk = Statement::new(Kind::Crosswalk)
        .id("x")
        .title("Carried over")
        .word(Role::FromCatalog, "a")
        .word(Role::ToCatalog, "b")
        .with(Statement::correspondence(["A.1", "A.2"], Role::Equivalent, ["B.1"]).because("Two became one."))
        .with(Statement::new(Kind::New).words(Role::Ref, ["B.7"]));
    let reference =
        Text::of([Piece::Words("Feeds ".into()), Piece::Reference("TOP.1".into()), Piece::Words(".".into())]);
    let outcome = Statement::new(Kind::Outcome)
        .id("1")
        .text("Keys are known.")
        .satisfies(["7.4.a", "7.4.b"])
        .words(Role::Partner, ["TOP.1.1"])
        .because("It takes both.")
        .partly_satisfies(["7.5"])
        .mark(Role::Produces)
        .words(Role::Produced, ["list"]);
    let practice = Statement::new(Kind::Practice).id("BP1").text("Count keys.").achieves(["1", "2"]);
    let process = Statement::new(Kind::Process)
        .id("COM.01")
        .title("Keys")
        .word(Role::InGroup, "COM")
        .with(Statement::new(Kind::Purpose).text("One.\n\n- \"two\"\n"))
        .with(Entry::Blank)
        .with(outcome)
        .with(practice.with(Statement::new(Kind::Note).text("draft")))
        .with(Statement::field("owner", "Head of \\ keys"))
        .with(Statement::new(Kind::Informs).words(Role::Target, ["TOP.1", "TOP.2"]).text(reference));
    let rating = Statement::new(Kind::Rating).id("N").title("None").word(Role::Number, "0").word(Role::Number, "15.5");
    let scale = Statement::new(Kind::Scale).with(rating);
    let file = [
        Entry::Comment("Made from a table.".to_owned()),
        Entry::Blank,
        Statement::new(Kind::Use).id("iso").word(Role::Alias, "I").into(),
        catalog.into(),
        crosswalk.into(),
        Entry::BlockComment("\n  as it\nstands ".to_owned()),
        process.into(),
        Statement::new(Kind::Framework).id("f").title("F").with(scale).into(),
        Statement::new(Kind::Field)
            .id("owner")
            .title("Owner")
            .word(Role::OnKind, "process")
            .mark(Role::Required)
            .into(),
        Statement::new(Kind::Item).id("list").title("List").word(Role::ItemKind, "record").with_all::<Entry>([]).into(),
        Statement::new(Kind::Term).title("key").text("A\u{202e} secret.").into(),
    ];
    insta::assert_snapshot!(writer::file(&file).unwrap(), @r#"
    // Made from a table.

    use iso as I

    catalog iso27001-2013 "Requirements" {
      tailorable
      clause 7 "Support" {
        label "7 (support)"
        requirement 7.4.a "Subject" "It is settled \"what\" \[[x]]." { label "7.4 a)" }
      }
      // Not yet read:
      //
      // annex A
    }

    crosswalk x "Carried over" from a to b {
      A.1, A.2 equivalent to B.1 because "Two became one."
      new B.7
    }

    /*
      as it
    stands */
    process COM.01 "Keys" in COM {
      purpose """
        One.

        - "two"

        """

      outcome 1 "Keys are known."
        satisfies 7.4.a, 7.4.b together with TOP.1.1 because "It takes both."
        partly satisfies 7.5
        produces list
      practice BP1 "Count keys." achieves 1, 2 { note "draft" }
      owner "Head of \\ keys"
      informs TOP.1, TOP.2 "Feeds [[TOP.1]]."
    }

    framework f "F" {
      scale {
        rating N "None" 0 15.5
      }
    }

    field owner "Owner" on process required
    item list "List" kind record {}
    term "key" "A\u{202e} secret."
    "#);
}

#[test]
fn what_cannot_be_said_is_a_fault_and_no_text() {
    let process = |id: &str, title: &str| Statement::new(Kind::Process).id(id).title(title);
    let note = |text: &str| process("K", "Keys").with(Statement::new(Kind::Note).text(text));
    let id = "is no id: letters, digits, `-` and `_`, in segments with a dot between them";
    for (given, statement, problem) in [
        (process("a b", "Keys"), 0, format!("`a b` {id}")),
        (process("", "Keys"), 0, format!("`` {id}")),
        (process("K\" }\nterm", "Keys"), 0, format!("`K\\\" }}\\nterm` {id}")),
        (process("K..1", "Keys"), 0, "`K..1` is no id: a segment is empty".to_owned()),
        (process("K", ""), 0, "a text has to say something, and this is empty".to_owned()),
        (process("K", "…"), 0, "this title has no letter".to_owned()),
        (note("  \n"), 1, "a text has to say something, and this is empty".to_owned()),
        (note("a\u{7}b"), 1, "a text cannot hold the control character U+0007".to_owned()),
        (note("a\r\nb"), 1, "a text cannot hold the control character U+000D".to_owned()),
        (process("K", "Keys").with(process("L", "Locks")), 1, "`process` may not stand in `process`".to_owned()),
        (Statement::new(Kind::Purpose).text("P."), 0, "`purpose` may not stand at the top of a file".to_owned()),
        (
            Statement::new(Kind::Process).title("Keys").id("K"),
            0,
            "this text stands in another place of `process`".to_owned(),
        ),
        (Statement::new(Kind::Omit).words(Role::Omitted, ["K"]), 0, "`omit` lacks its reason".to_owned()),
        (
            Statement::new(Kind::Line).words(Role::Left, ["K"]),
            0,
            "such a line may not stand at the top of a file".to_owned(),
        ),
        (Statement::new(Kind::Garbage).id("K"), 0, "the language has no such statement".to_owned()),
        (
            process("K", "Keys").with(Entry::Comment("a\u{202e}".into())),
            0,
            "a comment cannot hold the character U+202E".into(),
        ),
        (process("K", "Keys").with(Entry::BlockComment("*/ }".into())), 0, "`*/` would end the comment".to_owned()),
        (
            process("K", "Keys").with(Statement::new(Kind::Note).text(Text::of([
                Piece::Words("`".into()),
                Piece::Reference("X".into()),
                Piece::Words("`".into()),
            ]))),
            1,
            "the references in a text cannot be written as they stand".to_owned(),
        ),
    ] {
        let given: Statement = given;
        let fault = writer::file(&[given.clone().into()]).unwrap_err();
        assert_eq!(fault.statement, statement, "{given:?}: {fault}");
        assert_eq!(fault.to_string(), problem, "{given:?}");
    }
    let deep =
        (0..400).fold(process("K", "Keys"), |inner, _| Statement::new(Kind::Group).id("G").title("Group").with(inner));
    assert_eq!(writer::file(&[deep.into()]).unwrap_err().problem, "too many blocks stand in each other");
}

#[test]
fn lines_and_clauses_for_files_with_a_layout_of_their_own() {
    let practice = Statement::new(Kind::Practice).id("BP1").text("Count\nkeys.").achieves(["1"]);
    assert_eq!(practice.clauses().unwrap(), "achieves 1");
    let draft = practice.with(Statement::new(Kind::Note).text("draft"));
    assert_eq!(draft.line().unwrap(), r#"practice BP1 "Count\nkeys." achieves 1 { note "draft" }"#);
    assert!(draft.with(Entry::Blank).line().is_err());
    let process = Statement::new(Kind::Process).id("K.1").title("Keys");
    assert_eq!(process.clauses().unwrap(), "");
    assert_eq!(process.clone().word(Role::InGroup, "K").clauses().unwrap(), "in K");
    assert!(process.with(Entry::Comment("x".into())).line().is_err());
    assert_eq!(Statement::new(Kind::Scale).with_all::<Entry>([]).line().unwrap(), "scale {}");
}

#[test]
fn every_file_of_every_case_is_written_anew() {
    let mut count = 0;
    for (text, tree) in CORPUS.iter() {
        let given: Vec<Entry> =
            tree.top().map(|top| statement(text, tree, top, &mut |_, value| value).into()).collect();
        let made = writer::file(&given).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
        assert_eq!(entries(&made), given, "{text}");
        count += given.len();
    }
    assert!(count > 500, "{count}");
}

#[test]
fn thousands_of_statements_take_time_in_proportion() {
    let clause = |number: usize| {
        let row = |row: usize| {
            Statement::new(Kind::Requirement).id(format!("{number}.{row}")).title("Row").text("Text.\nMore.")
        };
        Statement::new(Kind::Clause).id(number.to_string()).title("Clause").with_all((0..100).map(row))
    };
    let catalog = Statement::new(Kind::Catalog).id("c").title("Catalog").with_all((0..100).map(clause));
    assert_eq!(writer::file(&[catalog.into()]).unwrap().lines().count(), 100 * (100 * 4 + 2) + 2);
}

/// Sound files, with their trees: whatever the cases and the standard library say.
static CORPUS: LazyLock<Vec<(String, Tree)>> = LazyLock::new(|| {
    let all = cases::all();
    let files = all.iter().flat_map(|case| {
        let files = case.project().files().clone().into_iter();
        files.filter(|(path, _)| path.ends_with(".prm")).map(|(_, bytes)| bytes)
    });
    // The writer refuses empty texts, which such a file is about.
    let texts = files.filter_map(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.contains("! P016"));
    let parsed = texts.map(|text| {
        let (tree, diagnostics) = syntax::parse(FileId(0), &text);
        (text, tree, diagnostics.is_empty())
    });
    let is_well_placed = |tree: &Tree| {
        tree.nodes.iter().all(|node| {
            let parent = node.parent.map(|parent| tree.node(parent).kind);
            if node.kind == Kind::Other { parent.is_some() } else { node.kind.may_stand_in(parent) }
        })
    };
    parsed.filter(|(_, tree, is_sound)| *is_sound && is_well_placed(tree)).map(|(text, tree, _)| (text, tree)).collect()
});

/// A statement of a tree as a value, each argument as `change` has it.
fn statement(text: &str, tree: &Tree, id: NodeId, change: &mut dyn FnMut(Role, Given) -> Given) -> Statement {
    let mut made = Statement::new(tree.node(id).kind);
    for tree::Arg { role, start, end } in tree.args(id) {
        let written = &text[*start as usize..*end as usize];
        made = match *role {
            Role::Title | Role::Text | Role::Reason | Role::Amendment | Role::ExtraText => {
                match change(*role, Given::Text(text::pieces(written))) {
                    Given::Text(pieces) => made.quoted(*role, Text::of(pieces)),
                    Given::Word(_) => unreachable!(),
                }
            }
            Role::Satisfies
            | Role::Partly
            | Role::Achieves
            | Role::Consumes
            | Role::Produces
            | Role::Required
            | Role::Normative
            | Role::Lead
            | Role::Percent => made.mark(*role),
            Role::Equals | Role::Equivalent | Role::Subset | Role::Superset | Role::Intersects => made.mark(*role),
            _ => match change(*role, Given::Word(written.to_owned())) {
                Given::Word(word) => made.word(*role, word),
                Given::Text(_) => unreachable!(),
            },
        };
    }
    if tree.node(id).open.is_some() {
        let children: Vec<Statement> = tree.children(id).map(|child| statement(text, tree, child, change)).collect();
        made = made.with_all(children);
    }
    made
}

/// What stands in an argument.
#[derive(Clone, Debug)]
enum Given {
    Word(String),
    Text(Vec<Piece>),
}

/// What a text says, as values.
fn entries(text: &str) -> Vec<Entry> {
    let (tree, diagnostics) = syntax::parse(FileId(0), text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    tree.top().map(|top| statement(text, &tree, top, &mut |_, value| value).into()).collect()
}

const PIECES: &[&str] = &[
    "a", "Key ", "\"", "\"\"\"", "[", "[[", "]]", "]", "\\", "\n", "\n\n", "  ", "\t", "`", "\u{2028}", "\u{202e}",
    "\u{200f}", "\u{feff}", "é", "/*", "*/", "//", "}", "{", ",", "because", "\\u{41}", "\\n", "# x", "- y",
];
const BAD_PIECES: &[&str] = &["\u{7}", "\r\n", "\r", "\u{85}", "\u{0}", "\u{1}"];
const BAD_IDS: &[&str] = &["", "a b", "}", "\"", "//", "ü", "a..b", ".", "a:b:c", "\n", "{", "a,b", "\u{202e}"];
const GOOD_IDS: &[&str] = &["because", "in", "satisfies", "process", "A.1", "x-1", "to", "7", "together"];

proptest! {
    #![proptest_config(random::cases(400))]

    /// Statements of all cases with other values in them.
    #[test]
    fn whatever_is_written_is_read_as_it_was_given(
        file in any::<prop::sample::Index>(),
        picks in prop::collection::vec(any::<u16>(), 1..200),
        may_be_bad in any::<bool>(),
    ) {
        let (text, tree) = file.get(&CORPUS);
        let mut picks = picks.iter().cycle().map(|pick| *pick as usize);
        let mut is_bad = false;
        let mut change = |role: Role, given: Given| -> Given {
            let mut pick = |count: usize| picks.next().unwrap() % count;
            let is_bad_here = may_be_bad && pick(40) == 0;
            is_bad |= is_bad_here;
            match given {
                Given::Word(_) if is_bad_here => Given::Word(BAD_IDS[pick(BAD_IDS.len())].to_owned()),
                Given::Word(word) if pick(3) > 0 || matches!(role, Role::Number | Role::Count | Role::Amount | Role::Id | Role::Left) => Given::Word(word),
                Given::Word(_) => Given::Word(GOOD_IDS[pick(GOOD_IDS.len())].to_owned()),
                Given::Text(pieces) if !is_bad_here && pick(2) == 0 => Given::Text(pieces),
                Given::Text(_) => {
                    let mut words = String::from("K");
                    if is_bad_here {
                        words.push_str(BAD_PIECES[pick(BAD_PIECES.len())]);
                    }
                    words.extend((0..pick(9)).map(|_| PIECES[pick(PIECES.len())]));
                    let mut pieces = vec![Piece::Words(words.clone())];
                    if pick(4) == 0 && !words.contains('`') {
                        pieces.push(Piece::Reference("COM.01".to_owned()));
                        pieces.push(Piece::Words(PIECES[pick(4)].to_owned()));
                    }
                    Given::Text(pieces)
                }
            }
        };
        let mut given: Vec<Entry> = tree.top().map(|top| statement(text, tree, top, &mut change).into()).collect();
        let made = writer::file(&given);
        prop_assert!(made.is_ok() || is_bad, "{made:?}\n{given:?}");
        if let Ok(made) = made {
            prop_assert_eq!(&entries(&made), &given);
            prop_assert_eq!(&formatter::format(&made).unwrap().text, &made);
        }
        // The same on a line, each by itself.
        if let Some(Entry::Statement(first)) = given.pop()
            && let Ok(line) = first.line()
        {
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(entries(&line), [Entry::Statement(first)]);
        }
    }
}
