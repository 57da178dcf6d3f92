//! Inputs made to be slow. At these sizes a step that is quadratic takes minutes; `cargo bench` measures the growth.

use prm::codes;
use prm::diagnostic::{self, Code, Diagnostic, Findings, KEPT};
use prm::span::{FileId, Span};

use crate::support::Project;

const MANY: usize = 4_000;

/// So many rows, each with its number in the place of `#`.
fn rows(row: &str) -> String {
    (0..MANY).map(|number| format!("{}\n", row.replace('#', &number.to_string()))).collect()
}

fn list(name: &str) -> String {
    (0..MANY).map(|number| name.replace('#', &number.to_string())).collect::<Vec<_>>().join(", ")
}

/// How often each code is given.
fn count(text: String, code: &str) -> usize {
    let diagnostics = Project::text(text).compile().0.diagnostics;
    diagnostic::count(diagnostics.iter().filter(|diagnostic| diagnostic.code.code == code))
}

#[test]
fn braces_quotes_and_long_lines() {
    assert!(count("{".repeat(MANY * 5), "P001") > 0);
    assert_eq!(count("}".repeat(MANY * 5), "P004"), MANY * 5);
    assert_eq!(count(format!("note \"{}", "x".repeat(1_000_000)), "P005"), 1);
    assert_eq!(count(rows("note \""), "P005"), MANY);
    // Nothing that is open in a text is looked for again.
    let open = format!("process X \"Key custody\" {{ purpose \"a {}\" }}", "[[".repeat(MANY * 20));
    assert_eq!(count(open, "P502") + count("`".repeat(MANY), "P502"), 0);
    // Six quotes are a text without a word, and the last three open one.
    assert_eq!(count("\"".repeat(MANY * 150 + 3), "P005"), 1);
}

#[test]
fn of_a_code_a_file_keeps_so_many() {
    for (text, code) in
        [("{", "P001"), ("}", "P004"), ("note \"\n", "P005"), ("\u{1} ", "P007"), ("satisfies a,b\n", "P010")]
    {
        let diagnostics = Project::text(text.repeat(KEPT * 2)).compile().0.diagnostics;
        for found in &diagnostics {
            let of_code = diagnostics.iter().filter(|other| other.code == found.code);
            assert!(of_code.count() <= KEPT, "{code}");
        }
    }
    let links = format!("process X \"X\" {{ outcome 1 \"It is so.\" satisfies {} }}", vec!["no"; KEPT + 5].join(", "));
    let project = Project::text(links);
    let compiled = project.compile();
    let unknown: Vec<_> = compiled.0.diagnostics.iter().filter(|found| found.code.code == "P104").collect();
    assert_eq!((unknown.len(), unknown[KEPT - 1].more), (KEPT, 5));
    assert!(compiled.lines().contains("(and 5 more of P104 in this file)"));
}

#[test]
fn ids_that_many_catalogs_have() {
    let catalogs = rows("catalog k# \"K\" { requirement r \"Row\" }");
    let model = format!("model m \"M\" {{ {} }}\n", rows("covers k#"));
    let outcomes = rows("outcome # \"Keys are kept #, see [[r]].\" satisfies r");
    let text = format!("{model}{catalogs}process X \"Key custody\" {{ {outcomes} }}");
    assert_eq!((count(text.clone(), "P105"), count(text.clone(), "P114"), count(text, "P301")), (MANY, MANY, 0));
    let covers = rows("covers q#");
    assert_eq!(count(format!("model m \"M\" {{ {covers} }}\n{catalogs}"), "P106"), MANY);
    assert_eq!(count(format!("model m \"M\" {{ {} }}\n{catalogs}", rows("covers k#")), "P301"), MANY);
}

#[test]
fn a_relation_to_many() {
    let processes = rows("process P# \"Process #\"");
    let relation =
        format!("process X \"X\" {{ supports {} \"Hands over.\" }}", list("P#").repeat(10).replace("99P", "99, P"));
    assert_eq!(count(processes + &relation, "P109"), 0);
}

#[test]
fn terms_that_are_misspelt() {
    let terms = rows("term \"word number #\" \"A word.\"");
    let texts = rows("outcome # \"Keys are [[wort number #]].\"");
    assert_eq!(count(format!("{terms}process X \"Key custody\" {{ {texts} }}"), "P113"), MANY);
}

#[test]
fn a_clause_that_is_excluded_again_and_again() {
    let catalog = format!("catalog k \"K\" {{ clause top \"All\" {{ {} }} }}", rows("requirement r# \"Row\""));
    let excludes = rows("exclude top because \"So.\"");
    assert_eq!(count(format!("model m \"M\" {{ covers k\n{excludes} }}\n{catalog}"), "P305"), MANY);
}

#[test]
fn covers_by_the_thousand() {
    let catalog = format!("catalog k \"K\" {{ {} }}", rows("clause c# \"C\" { requirement r# \"Row\" }"));
    let covers = rows("covers k:c#").repeat(4);
    assert_eq!(count(format!("model m \"M\" {{ {covers} }}\n{catalog}"), "P301"), MANY);
}

#[test]
fn many_crosswalks_and_frameworks() {
    let crosswalks = rows("crosswalk x# \"X\" from a to b { r equals s }");
    let catalogs = "catalog a \"A\" { requirement r \"R\" }\ncatalog b \"B\" { requirement s \"S\" }\n";
    let covers = format!("covers a through {}", list("x#"));
    assert_eq!(count(format!("model m \"M\" {{ {covers} }}\n{catalogs}{crosswalks}"), "P301"), 1);
    let frameworks = rows("framework f# \"F\" { }") + "framework f7 \"Again\" { }\n";
    assert_eq!(count(format!("model m \"M\" {{ {} }}\n{frameworks}", rows("measured by f#")), "P201"), 1);
}

#[test]
fn a_line_of_many_to_many() {
    let sides = [rows("requirement r# \"R\""), rows("requirement s# \"S\"")];
    let line = format!("{} intersects {}", list("r#"), list("s#"));
    let text = format!(
        "model m \"M\" {{ covers a through x }}\ncatalog a \"A\" {{ {} }}\ncatalog b \"B\" {{ {} }}\n\
         crosswalk x \"X\" from a to b {{ {line} }}\nprocess X \"Key custody\" {{ outcome 1 \"Keys are kept.\" satisfies s1 }}",
        sides[0], sides[1]
    );
    assert_eq!(count(text, "P302"), MANY);
}

#[test]
fn many_fields() {
    let stated = rows("field f# \"F\" on process required") + &format!("process X \"X\" {{ {} }}", rows("f# \"v\""));
    assert_eq!(count(stated, "P512"), 0);
    let lacking = rows("field f# \"F\" on process required") + "process X \"X\" { f7 \"v\" }";
    assert_eq!(count(lacking, "P512"), MANY - 1);
}

#[test]
fn many_links_to_one_clause() {
    let catalog = format!("catalog k \"K\" {{ clause top \"All\" {{ {} }} }}", rows("requirement r# \"Row\""));
    let outcomes = rows("outcome # \"Keys are kept #.\" partly satisfies top");
    let text = format!("model m \"M\" {{ covers k }}\n{catalog}\nprocess X \"Key custody\" {{ {outcomes} }}");
    let compiled = Project::text(text).compile();
    let partial: Vec<_> = compiled.0.diagnostics.iter().filter(|found| found.code.code == "P302").collect();
    assert_eq!(partial.len(), MANY);
    let help = partial[0].help.as_deref().unwrap();
    let expected = format!("if `X.0`, `X.1`, `X.2`, `X.3` and {} more meet it jointly", MANY - 4);
    assert!(help.starts_with(&expected), "{help}");
}

#[test]
fn many_names_that_are_not_there() {
    let catalog = format!("catalog k \"K\" {{ {} }}", rows("requirement r# \"Row\""));
    let process = format!(
        "process X \"X\" {{ {} }}",
        rows("outcome # \"It is so.\" satisfies no-such-row-# together with Elsewhere.#")
    );
    assert_eq!(count(format!("{catalog}\n{process}"), "P104"), MANY);
}

/// Catalogs of two rows each; from every one to the next, lines between all rows of both.
fn ladder(levels: usize, relation: &str) -> String {
    let catalogs = (0..levels)
        .map(|at| format!("catalog c{at} \"C\" {{ requirement a{at} \"A\" {{ }} requirement b{at} \"B\" }}\n"));
    let line = |from: &str, at: usize, to: &str| format!("{from}{at} {relation} {to}{}\n", at + 1);
    let rungs = (0..levels - 1).map(|at| {
        let lines = ["a", "b"].map(|from| line(from, at, "a") + &line(from, at, "b")).concat();
        format!("crosswalk x{at} \"X\" from c{at} to c{} {{\n{lines}}}\n", at + 1)
    });
    let through: Vec<String> = (0..levels - 1).map(|at| format!("x{at}")).collect();
    format!(
        "model m \"M\" {{ covers c{} through {} }}\n{}{}process X \"Key custody\" {{ outcome 1 \"Keys are kept.\" satisfies a0 }}",
        levels - 1,
        through.join(", "),
        catalogs.collect::<String>(),
        rungs.collect::<String>()
    )
}

#[test]
fn a_ladder_of_catalogs() {
    assert_eq!(count(ladder(60, "intersects"), "P302"), 2);
    // What is partial in a crowd of catalogs, each tied to each.
    let catalogs = 40;
    let rows = (0..catalogs)
        .map(|at| format!("catalog c{at} \"C\" {{ requirement a{at} \"A\" {{ }} requirement b{at} \"B\" }}\n"));
    let pairs = (0..catalogs).flat_map(|from| (from + 1..catalogs).map(move |to| (from, to)));
    let (through, lines): (Vec<String>, Vec<String>) = pairs
        .map(|(from, to)| {
            let lines = format!("a{from} intersects b{to}\nb{from} intersects a{to}");
            (format!("x{from}-{to}"), format!("crosswalk x{from}-{to} \"X\" from c{from} to c{to} {{\n{lines}\n}}\n"))
        })
        .unzip();
    let text = format!(
        "model m \"M\" {{ covers c39 through {} }}\n{}{}process X \"Key custody\" {{ outcome 1 \"Keys are kept.\" satisfies a0 }}",
        through.join(", "),
        rows.collect::<String>(),
        lines.concat()
    );
    assert_eq!(count(text, "P302"), 2);
}

#[test]
fn a_chain_of_catalogs() {
    assert_eq!(count(ladder(300, "intersects"), "P302"), 2);
    assert_eq!(count(ladder(300, "equals"), "P301"), 0);
}

#[test]
fn a_chain_of_packages_needs_no_stack() {
    let last = MANY - 1;
    let files = (0..MANY).flat_map(|at| {
        let below = if at < last {
            format!("[dependencies]\nd{0} = {{ path = \"../d{0}\" }}\n", at + 1)
        } else {
            String::new()
        };
        let used = if at < last { format!("use d{}\n", at + 1) } else { "term \"key\"\n".to_owned() };
        let manifest = format!("[package]\nname = \"d{at}\"\n{below}");
        [(format!("d{at}/prm.toml"), manifest.into_bytes()), (format!("d{at}/a.prm"), used.into_bytes())]
    });
    let files = prm::Memory(files.collect());
    let compile = move || prm::compile(&files, "d0").diagnostics.len();
    let found = std::thread::Builder::new().stack_size(512 << 10).spawn(compile).unwrap().join().unwrap();
    assert_eq!(found, 1);
}

#[test]
fn the_last_that_is_kept_counts_the_rest() {
    let of = |file, code| Diagnostic::new(code, Span::new(FileId(file), 0, 1), "");
    let mut findings = Findings::default();
    for _ in 0..KEPT + 3 {
        findings.push(of(0, &codes::STRAY_BRACE));
        findings.push(of(1, &codes::UNCOVERED_REQUIREMENT));
    }
    findings.push(of(1, &codes::STRAY_BRACE));
    // Whoever joins what was kept elsewhere loses nothing.
    let again: Findings = findings.into_kept().into_iter().chain([of(0, &codes::STRAY_BRACE)]).collect();
    let kept = again.into_kept();
    let of_code = |code: &Code, file| -> Vec<usize> {
        let some = kept.iter().filter(|found| found.code == code && found.primary.span.file == FileId(file));
        some.map(|found| found.more).collect()
    };
    let first = of_code(&codes::STRAY_BRACE, 0);
    assert_eq!((first.len(), first.last(), first.iter().sum::<usize>()), (KEPT, Some(&4), 4));
    assert_eq!(of_code(&codes::STRAY_BRACE, 1), [0]);
    assert_eq!(of_code(&codes::UNCOVERED_REQUIREMENT, 1).len(), KEPT + 3);
    assert_eq!(diagnostic::count(&kept), 2 * (KEPT + 3) + 2);
}

/// Neither is the scope of an assessment made anew for each of its ratings, nor looked through for it.
#[test]
fn many_ratings_of_one_assessment() {
    let framework = "framework f \"F\" {\n  scale {\n    rating N \"Not\" 0 50\n    rating F \"Fully\" 50 100\n  }\n  \
                     level 1 \"Done\" { attribute PA.1 \"Doing\" { achievement a \"It is done.\" } }\n  \
                     level 2 \"Kept\" { attribute PA.2 \"Keeping\" { achievement a \"It is kept.\" } }\n}\n\
                     model m \"M\" { measured by f }\nrules r \"R\" { class c { instances 2 kinds 2 } }\n";
    let processes = rows("process P# \"Process #\" { outcome 1 \"Keys are kept #.\" }");
    let made = |lines: &str, each: &str| {
        let assessment = format!("assessment A \"A\" of m {{\n  class c\n  method R1 mean\n{}}}\n", rows(lines));
        format!("{framework}{processes}{assessment}{}", rows(each))
    };
    let rated = "rate P# in A { outcome 1 rated N }";
    assert_eq!(count(made("  target P0 level 1", rated), "P804"), MANY - 1);
    assert_eq!(count(made("  target P# level 1", "rate P# in A { attribute PA.2 rated N }"), "P807"), MANY);
    assert_eq!(count(made("  target P# level 1", rated), "P811"), 1);
    let instances = "  target P# level 1\n  instances i# of P0";
    assert_eq!(count(made(instances, "rate P0 in A for i# { outcome 1 rated N }"), "P804"), 0);
}

/// The processor time that this thread takes to compile a text, in seconds.
#[cfg(target_os = "linux")]
fn time(text: String) -> f64 {
    let spent = || {
        let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_THREAD).unwrap();
        let (user, system) = (usage.user_time(), usage.system_time());
        (user.tv_sec() + system.tv_sec()) as f64 + (user.tv_usec() + system.tv_usec()) as f64 / 1e6
    };
    let before = spent();
    Project::text(text).compile();
    spent() - before
}

/// What other programs and tired hands leave, on one line and on many: at four times the size it costs some four times as much.
/// What is quadratic costs sixteen times as much.
#[cfg(target_os = "linux")]
#[test]
fn what_is_left_by_others_costs_time_in_proportion() {
    let inputs: [Input; 20] = [
        ("braces on a line", 300_000, |size| "{".repeat(size)),
        ("braces on lines", 2_000, |size| "x\n  {\n".repeat(size)),
        ("closing braces on a line", 20_000, |size| "}".repeat(size)),
        ("lines without a word", 1_000, |size| "wrong line here\n".repeat(size)),
        ("a list behind a lost line", 4_000, |size| format!("wrong\n{}", "A.1\n".repeat(size))),
        ("bullets", 4_000, |size| {
            format!("process P \"P\" {{ outcome 1 \"A is b.\"\nsatisfies\n{}}}", "- A.1\n".repeat(size))
        }),
        ("many lists", 1_000, |size| "satisfies\nA.1\n".repeat(size)),
        ("a list that leads nowhere", 4_000, |size| format!("satisfies\n{}\"x\"\n", "A.1\n".repeat(size))),
        ("cells in quotes", 3_000, |size| "\"outcome 1\",\n\"x\",\n".repeat(size)),
        ("cells on a line", 20_000, |size| "\"a\",".repeat(size)),
        ("a line of cells behind a text", 4_000, |size| "term \"outcome 1\"\n\"outcome 2\",\n".repeat(size)),
        ("objects", 4_000, |size| "{ \"outcome\": 1, \"x\": 2 },\n".repeat(size)),
        ("objects without end", 1_000, |size| "{ \"outcome\": 1,\n".repeat(size)),
        ("conflicts", 1_000, |size| "<<<<<<< a\nterm \"x\" \"y\"\n=======\nterm \"z\" \"y\"\n>>>>>>> b\n".repeat(size)),
        ("marks of conflicts", 1_000, |size| "<<<<<<< a\n".repeat(size) + &"=======\n".repeat(size)),
        ("stops for commas", 4_000, |size| format!("omit {} because \"x\"\n", "A1. ".repeat(size))),
        ("commas for stops", 10_000, |size| format!("omit {} because \"x\"\n", "A,1".repeat(size))),
        ("ids in quotes", 10_000, |size| {
            format!("process P \"P\" {{ outcome 1 \"A is b.\" satisfies {} }}", "\"R\", ".repeat(size))
        }),
        ("curly quotes", 1_000, |size| "term “a” “b”\n".repeat(size)),
        ("lines of ratings", 1_000, |size| format!("rate P in a {{\n{}}}\n", "1 rated F by E\n".repeat(size))),
    ];
    in_proportion(&inputs);
}

#[test]
fn what_is_rated_and_carried_over_costs_time_in_proportion() {
    fn numbered(size: usize, row: &str) -> String {
        (0..size).map(|number| format!("{}\n", row.replace('#', &number.to_string()))).collect()
    }
    fn listed(size: usize, name: &str) -> String {
        (0..size).map(|number| name.replace('#', &number.to_string())).collect::<Vec<_>>().join(", ")
    }
    fn assessed(size: usize, lines: &str, each: &str) -> String {
        let levels = "scale { rating N \"Not\" 0 50\nrating F \"Fully\" 50 100 }\n\
                      level 1 \"Done\" { attribute PA.1 \"Doing\" { achievement a \"It is done.\" } }\n\
                      level 2 \"Kept\" { attribute PA.2 \"Keeping\" { achievement a \"It is kept.\" } }";
        let processes = numbered(size, "process P# \"Process #\" { outcome 1 \"Keys are kept #.\" }");
        let (lines, each) = (numbered(size, lines), numbered(size, each));
        format!(
            "framework f \"F\" {{ {levels} }}\nmodel m \"M\" {{ measured by f }}\n{processes}\
             rules r \"R\" {{ class c {{ instances 2 kinds 2 }} }}\n\
             assessment A \"A\" of m {{\nclass c\nmethod R1 mean\n{lines}}}\n{each}"
        )
    }
    let inputs: [Input; 3] = [
        ("instances of one process", 1_000, |size| {
            assessed(size, "instances i# of P0", "rate P0 in A for i# { outcome 1 rated N }")
        }),
        ("instances that are not named", 1_000, |size| {
            assessed(size, "instances i# of P0", "rate P0 in A for j# { outcome 1 rated N }")
        }),
        ("a line of many to many", 2_000, |size| {
            let (left, right) = (listed(size, "r#"), listed(size, "s#"));
            let (rows, others) = (numbered(size, "requirement r# \"R\""), numbered(size, "requirement s# \"S\""));
            format!(
                "model m \"M\" {{ covers a through x }}\ncatalog a \"A\" {{ {rows} }}\ncatalog b \"B\" {{ {others} }}\n\
                 crosswalk x \"X\" from a to b {{ {left} intersects {right} }}\n"
            )
        }),
    ];
    in_proportion(&inputs);
}

/// A kind of input, how many of it, and how it is made.
type Input = (&'static str, usize, fn(usize) -> String);

/// Four times as much takes no more than six times as long.
fn in_proportion(inputs: &[Input]) {
    let is_slow = |(_, size, input): &&Input| {
        // A machine that is busy may be slow once.
        (0..3).all(|_| {
            let (small, large) = (time(input(*size)), time(input(size * 4)));
            large >= small * 6.0 + 0.05
        })
    };
    let slow: Vec<&str> = inputs.iter().filter(is_slow).map(|(name, ..)| *name).collect();
    assert!(slow.is_empty(), "{slow:?}");
}
