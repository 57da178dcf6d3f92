//! The formatter: one layout, the same meaning, and nothing lost.

use std::fs;
use std::path::Path;

use prm::formatter::{self, Replacement};
use prm::span::FileId;
use prm::syntax;
use proptest::prelude::*;

use crate::cases;
use crate::random;
use crate::robust::{LAYERS, MODEL, TOKENS};
use crate::support::Project;

/// Lays a text out, and again: it stays the same. That it says the same `format` has proved itself.
fn format(text: &str) -> String {
    let format = |text: &str| formatter::format(text).unwrap_or_else(|error| panic!("{error:?} in\n{text}")).text;
    let once = format(text);
    assert_eq!(once, format(&once), "twice is not once, for\n{text}");
    once
}

#[test]
fn every_case_is_the_same_when_formatted_twice() {
    let mut count = 0;
    for case in cases::all() {
        for bytes in case.project().files().iter().filter(|(path, _)| path.ends_with(".prm")).map(|(_, bytes)| bytes) {
            format(&String::from_utf8_lossy(bytes));
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_layout() {
    let text = r#"use   iso27001-2013 as A // the old one
model m "M" extends base {

edition "1"
  domain """
     One.

       Two.
     """
  covers A
  exclude A.1, A.2 because "No."

}
// The only process.
process K.1 "Keys" in K { purpose "P."
  outcome 1 "Keys are known." satisfies A.1,A.2 together with K.1.2, K.1.3 because "It takes all three, and each of them alone is in vain."
    partly satisfies A.3 produces list { note "n" }


  outcome 2 "Keys return." { allow P304 because "x" }
  practice BP1 "Count" "Count them." achieves 1 consumes list
  practice BP2 "Return keys." consumes list achieves 2 produces list
  practice BP3 "Draft." achieves 2 { note "draft" }
  /* between */ supports K.2 "x" }
item list "List" kind register {}
catalog c "C" { source "S"
  control C.1 "One" "A text." { label "C 1" }
  requirement C.2 "A title that is rather long, as titles of requirements are" "A text so long that it needs a line." { label "C.2 (second)" }
}
crosswalk x "X" from a to b {
  A.1,A.2   equivalent to B.1
  because "y"
}"#;
    insta::assert_snapshot!(format(text), @r#"
    use iso27001-2013 as A // the old one

    model m "M" extends base {
      edition   "1"
      domain """
        One.

          Two.
        """
      covers    A
      exclude A.1, A.2 because "No."
    }

    // The only process.
    process K.1 "Keys" in K {
      purpose "P."
      outcome 1 "Keys are known."
        satisfies A.1, A.2 together with K.1.2, K.1.3 because "It takes all three, and each of them alone is in vain."
        partly satisfies A.3
        produces list {
        note "n"
      }

      outcome 2 "Keys return." { allow P304 because "x" }
      practice BP1 "Count"
        "Count them."
        achieves 1
        consumes list
      practice BP2 "Return keys."
        consumes list
        achieves 2
        produces list
      practice BP3 "Draft." achieves 2 { note "draft" }
      /* between */ supports K.2 "x"
    }

    item list "List" kind register {}

    catalog c "C" {
      source  "S"
      control C.1 "One" "A text." { label "C 1" }
      requirement C.2 "A title that is rather long, as titles of requirements are"
        "A text so long that it needs a line." { label "C.2 (second)" }
    }

    crosswalk x "X" from a to b {
      A.1, A.2 equivalent to B.1 because "y"
    }
    "#);
}

#[test]
fn a_list_that_is_too_long_has_a_line_for_each() {
    let refs: Vec<String> = (1..=30).map(|number| format!("A.{number}")).collect();
    let text = format!("crosswalk x \"X\" from a to b {{\n  {} equals B.1, B.2 because \"x\"\n}}\n", refs.join(", "));
    let once = format(&text);
    assert!(once.starts_with("crosswalk x \"X\" from a to b {\n  A.1,\n    A.2,\n    A.3,\n"), "{once}");
    assert!(once.ends_with("    A.30 equals B.1,\n    B.2\n    because \"x\"\n}\n"), "{once}");
}

#[test]
fn a_clause_is_broken_before_its_parts_and_these_behind_commas() {
    let broken = |list: &str| {
        format!(
            "process K.1 \"K\" {{\n  outcome 1 \"A.\"\n    satisfies {list}\n      together with K.1.2, K.1.3\n}}\n"
        )
    };
    let list = "A".repeat(99);
    assert_eq!(format(&broken(&list).replace("\n      ", " ")), broken(&list));
    let lists = ["A".repeat(70), "B".repeat(70)];
    assert_eq!(format(&broken(&lists.join(", ")).replace("\n      ", " ")), broken(&lists.join(",\n      ")));
}

#[test]
fn words_of_the_language_are_ids_where_ids_stand() {
    for text in [
        "process in \"In\"\n",
        "use because as with\n",
        "group satisfies \"S\" {\n  process together \"T\" in satisfies\n}\n",
        "process K \"K\" {\n  outcome because \"B.\"\n    satisfies in, to, from together with because\n}\n",
        "crosswalk to \"T\" from from to to {\n  to, in equivalent to on\n  equals equals equals\n}\n",
    ] {
        assert_eq!(format(text), text);
    }
}

#[test]
fn texts_say_what_they_said() {
    for (given, made) in [
        ("note \"\"\"a\n    b\n     c\"\"\"", "  note \"\"\"\n    a\n    b\n     c\n    \"\"\"\n"),
        ("note \"\"\"\n\ta\n\t\tb\n\"\"\"", "  note \"\"\"\n    a\n    \tb\n    \"\"\"\n"),
        ("note \"\"\"one line\"\"\"", "  note \"\"\"one line\"\"\"\n"),
        // Dedented, this would lose the blank before its first word.
        ("note \"\"\" a\n\"\"\"", "  note \"\"\" a\n\"\"\"\n"),
        ("note \"\"\"\r\n a  \r\n\r\n b\r\n\"\"\"", "  note \"\"\"\n    a  \n\n    b\n    \"\"\"\n"),
        ("note \"\"\"\n \\\"\"\" \\[[x]] \"\n\"\"\"", "  note \"\"\"\n    \\\"\"\" \\[[x]] \"\n    \"\"\"\n"),
    ] {
        assert_eq!(format(&format!("process K \"K\" {{\n{given}\n}}")), format!("process K \"K\" {{\n{made}}}\n"));
    }
}

#[test]
fn broken_parts_stay_byte_for_byte() {
    let text = "process   K.1 \"K\" {\n   outcom 1 \"x\"  bad   // a\n outcome 2   \"Y.\"\n\toutcome \"no id\"   \n      }\n\
                {  \n}\nterm  \"a\"   \"b\"\nnote  \"open\nterm \"c\"  \"d\"\n";
    let made = "process K.1 \"K\" {\n   outcom 1 \"x\"  bad   // a\n  outcome 2 \"Y.\"\n\toutcome \"no id\"   \n}\n\n\
                {  \n}\nterm \"a\" \"b\"\nnote  \"open\nterm \"c\" \"d\"\n";
    assert_eq!(format(text), made);
    // What is open to the end of the file has no end.
    for text in [
        "term \"a\" \"\"\"b\n  \n",
        "process K \"K\" {\n/* open  \n",
        "}\n}  }\n",
        "process K \"K\" {  \n note \"x\"  ",
    ] {
        assert_eq!(format(text).trim_end(), text.trim_end());
    }
}

#[test]
fn what_stands_behind_a_broken_part_on_its_line_is_laid_out() {
    for (text, made) in [
        ("} process K.1   \"Keys\" // later", "}\nprocess K.1 \"Keys\" // later\n"),
        (
            "process K.0 \"K\" {\n  note   \"x\" } }  process  K.1 \"Keys\" /* a */ // b\nterm  \"c\" \"d\" // e\n",
            "process K.0 \"K\" {\n  note   \"x\" } }\nprocess K.1 \"Keys\" /* a */ // b\nterm \"c\" \"d\" // e\n",
        ),
        ("catalog  c \"Rules\" {  req  }  // to do", "catalog c \"Rules\" {\n  req\n} // to do\n"),
        (
            "process K.1 \"Keys\" { owner  \"A\"  \"B\" /* c */ }   // to do",
            "process K.1 \"Keys\" {\n  owner  \"A\"  \"B\" /* c */\n} // to do\n",
        ),
        ("crosswalk y\"A\"from b to a{1}//", "crosswalk y \"A\" from b to a {\n  1\n} //\n"),
        ("}e\"\"//", "}\ne \"\" //\n"),
    ] {
        assert_eq!(format(text), made, "{text}");
    }
}

#[test]
fn returns_before_a_line_break_are_white_space() {
    assert_eq!(format("// a\r\r\nprocess  K.1 \"Keys\"\r\r\n"), "// a\nprocess K.1 \"Keys\"\n");
    assert_eq!(format("/* a\r\r\n b */ term  \"c\" \"d\" // e\r\r"), "/* a\n b */ term \"c\" \"d\" // e\n");
    // In a text they are characters that do not belong there, and stay.
    let text = "process K.1 \"Keys\" {\n  note \"\"\"\n    a\r\r\n    b\"\"\"\n}\n";
    assert_eq!(format(text), text);
}

#[test]
fn of_two_byte_order_marks_none_goes() {
    let text = "\u{feff}\u{feff}process K.1 \"Keys\"\nterm  \"a\" \"b\"\n";
    assert_eq!(format(text), text.replace("  ", " "));
}

#[test]
fn no_character_becomes_a_byte_order_mark() {
    for (text, made) in [
        ("\n\u{feff}term \"a\" \"b", "\n\u{feff}term \"a\" \"b\n"),
        ("\n\n \u{feff}term \"a\"  \"b\"\nterm  \"c\" \"d\"", "\n\u{feff}term \"a\" \"b\"\nterm \"c\" \"d\"\n"),
        ("\u{feff}\n\u{feff}term \"a\"  \"b\"", "\n\u{feff}term \"a\" \"b\"\n"),
        ("\t\u{feff}outcom  1\n", "\t\u{feff}outcom  1\n"),
    ] {
        let formatted = formatter::format(text).unwrap();
        assert_eq!(formatted.text, made, "{text:?}");
        assert_eq!(format(made), made, "{text:?}");
        if let Some(part) = formatter::format_range(text, 0..text.len()).unwrap() {
            let made_of_part = format!("{}{}{}", &text[..part.range.start], part.text, &text[part.range.end..]);
            assert_eq!(format(&made_of_part), made, "{text:?}");
        }
    }
    // What nobody sees elsewhere is no mark at the head either.
    for invisible in ["\u{200b}", "\u{2060}", "\u{ad}"] {
        let made = format!("{invisible}term \"a\" \"b\"\n");
        assert_eq!(format(&format!("\n{invisible}term  \"a\" \"b\"")), made);
        assert_eq!(format(&made), made);
    }
}

#[test]
fn a_block_without_brace_behind_a_bent_quote_stays() {
    for text in ["level 1 \"One\"’\n  attribute PA.1.1 \"P\"\n", "annex K \"K”\n  overview \"One.\"\n"] {
        let formatted = formatter::format(text).unwrap();
        assert_eq!(format(&formatted.text), formatted.text);
        for found in prm::syntax::parse(prm::span::FileId(0), text).1 {
            assert!(text.get(found.primary.span.range()).is_some(), "{text} {found:?}");
        }
    }
}

#[test]
fn a_block_that_is_never_closed_costs_its_own_layout() {
    let text = "process K.1 \"K\" {\n    purpose   \"P.\"\nprocess K.2   \"L\" {\n    purpose   \"Q.\"\n}\n";
    let made = "process K.1 \"K\" {\n    purpose   \"P.\"\nprocess K.2 \"L\" {\n  purpose \"Q.\"\n}\n";
    assert_eq!(format(text), made.replace("process K.2", "\nprocess K.2"));
}

#[test]
fn line_breaks_and_marks_become_canonical() {
    assert_eq!(
        format("\u{feff}term \"a\"  \"b\" // x\r\n\r\n\r\n/* y\r\n z */\r\n"),
        "term \"a\" \"b\" // x\n\n/* y\n z */\n"
    );
    assert_eq!(format(""), "");
    assert_eq!(format("\n \n"), "");
    assert_eq!(format("// only"), "// only\n");
}

#[test]
fn a_range_takes_whole_statements_and_no_more() {
    let text = "process  K.1  \"K\" {\n purpose   \"P.\"\n  // c\n outcome   1 \"One.\"   satisfies R1\n outcome  2 \"Two.\"\n}\n";
    let place = text.find("satisfies").unwrap();
    let Replacement { range, text: made, .. } = formatter::format_range(text, place..place).unwrap().unwrap();
    assert_eq!(&text[range.clone()], "\n outcome   1 \"One.\"   satisfies R1");
    assert_eq!(made, "\n  outcome 1 \"One.\"\n    satisfies R1");
    assert_eq!(formatter::format_range(&format(text), 0..5).unwrap(), None);
    let all = formatter::format_range(text, 0..text.len()).unwrap().unwrap();
    assert_eq!(format!("{}{}{}", &text[..all.range.start], all.text, &text[all.range.end..]), format(text));
}

#[test]
fn what_the_manual_shows_is_laid_out() {
    for page in ["README.md", "docs/format.md", "docs/language.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        for block in text.split("\n```prm").skip(1) {
            let (info, rest) = block.split_once('\n').unwrap();
            let shown = format!("{}\n", rest.split("\n```").next().unwrap());
            if info.is_empty() {
                assert_eq!(format(&shown), shown, "{page}");
            }
        }
    }
}

#[test]
fn source_that_is_written_is_laid_out() {
    for package in ["iso33052", "iso33052-2022"] {
        let project = Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib").join(package));
        let source = prm::emit::pam::pam_prm(&project.compile().0.checked().unwrap());
        assert_eq!(format(&source), source);
    }
    let template = MODEL.replace("NAME", "house");
    assert_eq!(format(&template), template);
}

#[test]
fn a_lone_carriage_return_stays_one() {
    for text in ["0-}\"/\r", "term \"key\" \"A secret.\r"] {
        assert_eq!(format(text), text);
    }
}

/// What stands in a process, before and after.
fn in_process(given: &str, made: &str) {
    let lines: String =
        made.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect();
    assert_eq!(
        format(&format!("process K \"K\" {{\n{given}\n}}")),
        format!("process K \"K\" {{\n{lines}}}\n"),
        "{given}"
    );
}

#[test]
fn a_line_is_as_wide_as_it_may_be_and_no_wider() {
    let text = |width: usize| "x".repeat(width);
    let group = |width: usize| format!("group G \"G\" \"{}\"\n", text(width - 14));
    let large = |width: usize| format!("group G \"G\" \"{}\" {{\n  note \"n\"\n}}\n", text(width - 16));
    let requirement = |width: usize, child: &str| {
        format!("catalog c \"C\" {{\n  requirement R \"R\" \"{}\" {{ {child} }}\n}}\n", text(width - 27 - child.len()))
    };
    // What follows a block of text stands on the line of its closing mark.
    let behind = |width: usize| {
        let head = "extend process K {\n  replace outcome 1 \"\"\"\n    a\n    \"\"\" because";
        format!("{head} \"{}\"\n}}\n", text(width - 18))
    };
    let block = |width: usize| {
        let rest = "{ label \"l\" }\n}\n";
        format!("catalog c \"C\" {{\n  requirement R \"{}\" \"\"\"\n    a\n    \"\"\" {rest}", text(width - 22))
    };
    let note = |width: usize| {
        let head = "catalog c \"C\" {\n  requirement R \"R\" \"\"\"\n    a\n    \"\"\" {";
        format!("{head} note \"{}\" }}\n}}\n", text(width - 19))
    };
    // Lines of 120 characters.
    let requirements = [requirement(120, "note \"n\""), requirement(120, "label \"l\"")];
    for line in [group(120), large(120), behind(120), block(120), note(120)].into_iter().chain(requirements) {
        assert_eq!(format(&line), line);
    }
    // What is made of one more.
    for (line, made) in [
        (group(121), group(121).replace(" \"x", "\n  \"x")),
        (large(121), large(121).replace(" \"x", "\n  \"x")),
        (note(121), note(121).replace("{ note", "{\n    note").replace(" }", "\n  }")),
        (behind(121), behind(121).replace(" because", "\n    because")),
        (block(121), block(121).replace(" \"\"\"\n    a", "\n    \"\"\"\n      a").replace("a\n    ", "a\n      ")),
        (
            requirement(121, "note \"n\""),
            requirement(121, "note \"n\"").replace("{ note", "{\n    note").replace(" }", "\n  }"),
        ),
        (requirement(121, "label \"l\""), requirement(121, "label \"l\"").replace(" \"x", "\n    \"x")),
    ] {
        assert_eq!(format(&line), made);
    }
}

#[test]
fn what_a_block_of_one_statement_looks_like() {
    in_process("outcome 1 \"A.\" {\nallow P304 because \"x\"\n}", "outcome 1 \"A.\" { allow P304 because \"x\" }");
    in_process("outcome 1 \"A.\" { owner  \"x\" }", "outcome 1 \"A.\" { owner \"x\" }");
    // Broken, with a block of its own, with a comment, of several lines, or behind a line of its own: not behind.
    in_process("outcome 1 \"A.\" { allow  P304 }", "outcome 1 \"A.\" {\n  allow  P304\n}");
    in_process("outcome 1 \"A.\" { note \"n\" { note \"m\" } }", "outcome 1 \"A.\" {\n  note \"n\" { note \"m\" }\n}");
    in_process("outcome 1 \"A.\" { note \"n\" {} }", "outcome 1 \"A.\" {\n  note \"n\" {}\n}");
    in_process("outcome 1 \"A.\" { /* c */ note \"n\" }", "outcome 1 \"A.\" { /* c */\n  note \"n\"\n}");
    in_process(
        "outcome 1 \"A.\" { note \"\"\"\na\nb\"\"\" }",
        "outcome 1 \"A.\" {\n  note \"\"\"\n    a\n    b\n    \"\"\"\n}",
    );
    in_process("outcome 1 \"A.\" satisfies R { note \"n\" }", "outcome 1 \"A.\"\n  satisfies R {\n  note \"n\"\n}");
    in_process("outcome 1 \"A.\" { note \"n\" note \"m\" }", "outcome 1 \"A.\" {\n  note \"n\" note \"m\"\n}");
    in_process("outcome 1 \"A.\" { note \"n\"\nnote \"m\" }", "outcome 1 \"A.\" {\n  note \"n\"\n  note \"m\"\n}");
    in_process("outcome 1 \"A.\" {\n\n}", "outcome 1 \"A.\" {}");
    in_process("outcome 1 \"A.\" { // c\n}", "outcome 1 \"A.\" { // c\n}");
}

#[test]
fn blank_lines_set_off_large_blocks_at_the_top_of_a_file_only() {
    in_process(
        "outcome 1 \"A.\" {\nnote \"n\"\nnote \"m\" }\noutcome 2 \"B.\" {\nnote \"n\"\nnote \"m\" }\nnote \"x\"",
        "outcome 1 \"A.\" {\n  note \"n\"\n  note \"m\"\n}\noutcome 2 \"B.\" {\n  note \"n\"\n  note \"m\"\n}\nnote \"x\"",
    );
    for (given, made) in [
        ("use a\nuse b\ngroup G \"G\"\n", "use a\nuse b\ngroup G \"G\"\n"),
        (
            "use a\nprocess K \"K\" {\n  note \"n\"\n}\nuse b\n",
            "use a\n\nprocess K \"K\" {\n  note \"n\"\n}\n\nuse b\n",
        ),
        // Comments right above a block are set off with it, others stay where they are.
        (
            "use a\n// 1\n// 2\nprocess K \"K\" {\n  note \"n\"\n}\n// 3\nuse b\n",
            "use a\n\n// 1\n// 2\nprocess K \"K\" {\n  note \"n\"\n}\n\n// 3\nuse b\n",
        ),
        (
            "use a\n// 1\n\n// 2\nprocess K \"K\" {\n  note \"n\"\n}\n",
            "use a\n// 1\n\n// 2\nprocess K \"K\" {\n  note \"n\"\n}\n",
        ),
        (
            "group G \"G\" {\n  // 1\n  process K \"K\" {\n    note \"n\"\n  }\n}\n",
            "group G \"G\" {\n  // 1\n  process K \"K\" {\n    note \"n\"\n  }\n}\n",
        ),
    ] {
        assert_eq!(format(given), made, "{given}");
    }
}

#[test]
fn a_comment_within_a_statement_stays_between_its_words() {
    for (given, made) in [
        // A brace behind a comment of one line stands below it, no deeper than its statement.
        ("process K \"K\" // c\n{\nnote \"n\"\n}", "process K \"K\" // c\n{\n  note \"n\"\n}\n"),
        (
            "group G \"G\" {\nprocess K \"K\" // c\n{\nnote \"n\"\n}}",
            "group G \"G\" {\n  process K \"K\" // c\n  {\n    note \"n\"\n  }\n}\n",
        ),
        ("process K \"K\" /* c */ {\nnote \"n\"\n}", "process K \"K\" /* c */ {\n  note \"n\"\n}\n"),
        ("term \"a\" // c\n\"b\"\n", "term \"a\" // c\n  \"b\"\n"),
        ("omit A, // c\nB because \"x\"\n", "omit A, // c\n  B because \"x\"\n"),
    ] {
        assert_eq!(format(given), made, "{given}");
    }
}

proptest! {
    #![proptest_config(random::cases(48))]

    #[test]
    fn any_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        format(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_tokens(picks in proptest::collection::vec(0..TOKENS.len(), 0..80)) {
        let text: String = picks.into_iter().map(|pick| format!("{} ", TOKENS[pick])).collect();
        format(&text);
    }

    #[test]
    fn models_cut_and_broken(cut in 0..MODEL.len(), pick in 0..TOKENS.len(), drop in 0..40_usize) {
        for text in [MODEL, LAYERS] {
            let cut = text.floor_char_boundary(cut);
            let rest = text.floor_char_boundary(cut + drop).max(cut);
            format(&text[..cut]);
            format(&format!("{}{}{}", &text[..cut], TOKENS[pick], &text[rest..]));
        }
    }

    /// Comments of any form between any two tokens, and any white space that the language allows there.
    #[test]
    fn comments_anywhere(picks in proptest::collection::vec(0..12_usize, 64)) {
        for text in [MODEL, LAYERS] {
            let (tokens, _) = syntax::lexer::lex(FileId(0), text);
            let mut noisy = String::new();
            let mut from = 0;
            for (number, (start, end)) in tokens.places.iter().enumerate() {
                let noise = match picks[number * 7 % picks.len()] {
                    0 => " /* x */",
                    1 => "\n\n\n",
                    2 => " // y\n",
                    3 => "\n  // y\n\n",
                    4 => "\n/* x\n   z */ ",
                    5 => "/* a */ /* b */\n",
                    6 => "\n\t",
                    _ => "",
                };
                noisy.push_str(&text[from..*start as usize]);
                noisy.push_str(noise);
                noisy.push_str(&text[*start as usize..*end as usize]);
                from = *end as usize;
            }
            format(&noisy);
        }
    }

    #[test]
    fn any_range(from in 0..MODEL.len(), length in 0..200_usize) {
        let text = MODEL.replace("  ", "   ").replace('\n', "\n ");
        let to = (from + length).min(text.len());
        let whole = format(&text);
        if let Some(Replacement { range, text: made, .. }) = formatter::format_range(&text, from..to).unwrap() {
            prop_assert!(whole.contains(made.trim()));
            let patched = format!("{}{made}{}", &text[..range.start], &text[range.end..]);
            prop_assert_eq!(format(&patched), whole);
        }
    }
}
