//! Inputs made to be slow: each must cost time in proportion to its size.

/// A kind of input, of a size.
pub type Case = (&'static str, fn(usize) -> String);

/// So many rows, each with its number in the place of `#`.
fn rows(count: usize, row: &str) -> String {
    (0..count).map(|number| format!("{}\n", row.replace('#', &number.to_string()))).collect()
}

fn list(count: usize, name: &str) -> String {
    let names: Vec<String> = (0..count).map(|number| name.replace('#', &number.to_string())).collect();
    names.join(", ")
}

fn block(head: &str, body: &str) -> String {
    format!("{head} {{\n{body}\n}}\n")
}

/// A catalog of so many rows under one clause.
fn catalog(count: usize) -> String {
    block("catalog k \"Rules\"", &block("clause top \"All\"", &rows(count, "requirement r# \"Row\"")))
}

fn process(body: &str) -> String {
    block("process X \"Key custody\"", body)
}

/// So many processes that are assessed, each with a target of its own, and what is said of each.
fn assessed(count: usize, lines: &str, each: &str) -> String {
    let level = "level 1 \"Done\" { attribute PA.1 \"Doing\" { achievement a \"It is done.\" } }\n\
                 level 2 \"Kept\" { attribute PA.2 \"Keeping\" { achievement a \"It is kept.\" } }";
    let scale = "scale { rating N \"Not\" 0 50\nrating F \"Fully\" 50 100 }";
    block("framework f \"F\"", &format!("{scale}\n{level}"))
        + &block("model m \"M\"", "measured by f")
        + &rows(count, "process P# \"Process #\" { outcome 1 \"Keys are kept #.\" }")
        + &block("assessment A \"A\" of m", &format!("class c\nmethod R1 mean\n{}", rows(count, lines)))
        + "rules r \"R\" { class c { instances 2 kinds 2 } }\n"
        + &rows(count, each)
}

/// Every kind.
pub const CASES: &[Case] = &[
    ("opening braces", |size| "{".repeat(size * 10)),
    ("closing braces", |size| "}".repeat(size * 10)),
    ("nested blocks", |size| "group a \"A\" {\n".repeat(size * 2)),
    ("quotes without end", |size| "note \"\n".repeat(size * 4)),
    ("cells in quotes", |size| "\"outcome 1\",\n\"x\",\n".repeat(size)),
    ("a run of quotes", |size| "\"".repeat(size * 40)),
    ("an id of many catalogs", |size| {
        rows(size, "catalog k# \"K\" { requirement r \"Row\" }")
            + &process(&rows(size, "outcome # \"Keys are kept #, see [[r]].\" satisfies r"))
    }),
    ("a relation to many", |size| {
        rows(size, "process P# \"Process #\"") + &process(&format!("supports {} \"Hands over.\"", list(size, "P#")))
    }),
    ("covers of many catalogs", |size| {
        block("model m \"M\"", &rows(size, "covers k#")) + &rows(size, "catalog k# \"K\" { requirement r# \"Row\" }")
    }),
    ("covers of no catalog", |size| {
        block("model m \"M\"", &rows(size, "covers q#")) + &rows(size, "catalog k# \"K\" { requirement r# \"Row\" }")
    }),
    ("misspelt terms", |size| {
        rows(size, "term \"word number #\" \"A word.\"")
            + &process(&rows(size, "outcome # \"Keys are [[wort number #]].\""))
    }),
    ("requirements of an excluded clause", |size| {
        block("model m \"M\"", &format!("covers k\n{}", rows(size, "exclude top because \"So.\""))) + &catalog(size)
    }),
    ("blocks without end", |size| "process a \"A\" {\n  note \"x\"\n".repeat(size)),
    ("one long line", |size| format!("note {}", "a ".repeat(size * 20))),
    ("lines that say nothing", |size| "%% ?\n".repeat(size * 4)),
    ("control characters", |size| format!("term \"a\" \"{}\"", "\u{1}".repeat(size * 4))),
    ("brackets and ticks in a purpose", |size| {
        process(&format!("purpose \"a {} {}`\"", "[[".repeat(size * 5), "`".repeat(size * 5)))
    }),
    ("brackets", |size| format!("term \"a\" \"{}\"", "[[".repeat(size * 10))),
    ("an id of many segments", |size| block(&format!("process {}a \"Key custody\"", "a.".repeat(size / 4)), "")),
    ("covers of one catalog", |size| block("model m \"M\"", &rows(size, "covers k")) + &catalog(9)),
    ("covers of clauses", |size| {
        let clauses = rows(size, "clause c# \"C\" { requirement r# \"Row\" }");
        block("model m \"M\"", &rows(size, "covers k:c#")) + &block("catalog k \"K\"", &clauses)
    }),
    ("crosswalks", |size| {
        let two = "catalog a \"A\" { requirement r \"R\" }\ncatalog b \"B\" { requirement s \"S\" }\n";
        let crosswalks = rows(size, "crosswalk x# \"X\" from a to b { r equals s }");
        block("model m \"M\"", &format!("covers a through {}", list(size, "x#"))) + two + &crosswalks
    }),
    ("a line of many to many", |size| {
        let line = format!("{} intersects {}", list(size, "r#"), list(size, "s#"));
        block("model m \"M\"", "covers a through x")
            + &block("catalog a \"A\"", &rows(size, "requirement r# \"R\""))
            + &block("catalog b \"B\"", &rows(size, "requirement s# \"S\""))
            + &block("crosswalk x \"X\" from a to b", &line)
            + &process("outcome 1 \"Keys are kept.\" satisfies r1, s1")
    }),
    ("frameworks", |size| {
        block("model m \"M\"", &rows(size, "measured by f#")) + &rows(size, "framework f# \"F\" { }")
    }),
    ("achievements", |size| {
        let attribute = rows(size, "achievement a# \"It is so.\"\npractice GP# \"Do it.\" achieves a#");
        block("framework f \"F\" { level 1 \"One\" { attribute PA.1.1 \"A\"", &attribute) + "} }\n"
    }),
    ("required fields", |size| {
        rows(size, "field f# \"F\" on process required") + &process(&rows(size, "f# \"Value\""))
    }),
    ("misspelt fields", |size| rows(size, "field field# \"F\" on process") + &process(&rows(size, "feild# \"Value\""))),
    ("statements of conformity", |size| block("model m \"M\"", &rows(size, "conforms r# \"So.\"")) + &catalog(size)),
    ("links to one clause", |size| {
        block("model m \"M\"", "covers k")
            + &catalog(size)
            + &process(&rows(size, "outcome # \"Keys are kept #.\" partly satisfies top"))
    }),
    ("exclusions of one clause", |size| {
        let controls = catalog(size).replace("requirement", "control");
        block("model m \"M\"", &format!("covers k\n{}", rows(size, "exclude top because \"So.\""))) + &controls
    }),
    ("outcomes and practices", |size| {
        process(&rows(size, "outcome # \"Keys are kept #.\"\npractice BP# \"Keep keys #.\" achieves #"))
    }),
    ("members of a joint set", |size| {
        let all = list(size, "X.#");
        catalog(3)
            + &process(
                &(rows(size, "outcome # \"Keys are kept #.\"")
                    + "outcome z \"Keys are kept.\" satisfies r1 together with "
                    + &all),
            )
    }),
    ("names that are not there", |size| {
        catalog(size) + &process(&rows(size, "outcome # \"Keys are kept #.\" satisfies q# together with Z.#"))
    }),
    ("ratings of many processes", |size| {
        assessed(size, "target P# level 1", "rate P# in A { outcome 1 rated N }\nexhibit E# \"E\" kind record")
    }),
    ("ratings beyond the target", |size| {
        assessed(size, "target P# level 1", "rate P# in A { attribute PA.2 rated N }")
    }),
    ("ratings of many instances", |size| {
        let each = "rate P0 in A for i# { outcome 1 rated N }\nrate P# in A { attribute PA.1 rated N because \"So.\" }";
        assessed(size, "target P# level 1\ninstances i# of P0", each)
    }),
    ("ratings of what is not looked at", |size| {
        assessed(size, "target P0 level 1", "rate P# in A { outcome 1 rated N }")
    }),
    ("one id for all", |size| rows(size, "process X \"Key custody\" { outcome 1 \"Keys are kept.\" }")),
];
