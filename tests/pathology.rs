//! Inputs made to be slow. At these sizes a step that is quadratic takes minutes; `cargo bench` measures the growth.

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
    diagnostics.iter().filter(|diagnostic| diagnostic.code.code == code).count()
}

#[test]
fn braces_quotes_and_long_lines() {
    assert!(count("{".repeat(MANY * 5), "P001") > 0);
    assert_eq!(count("}".repeat(MANY * 5), "P004"), MANY * 5);
    assert_eq!(count(format!("note \"{}", "x".repeat(1_000_000)), "P005"), 1);
    assert_eq!(count(rows("note \""), "P005"), MANY);
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
