//! What `prm why` says that cases do not show: what is nearest to meeting a requirement.

use std::path::Path;

use prm::emit::why;
use prm::model::RequirementId;

use crate::support::Project;

#[test]
fn what_is_nearest_is_told_and_nothing_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/coverage/near-misses.prm");
    let compiled = Project::read(&path).compile();
    let (checked, program) = (compiled.0.checked().unwrap(), &compiled.0.program);
    let mut told = String::new();
    for id in (0..).map(RequirementId).take(program.requirements.len()) {
        if let Some((_, nearest)) = why::requirement(&checked, id).split_once("nearest to it:\n") {
            let words = nearest.lines().map(|line| line.trim_matches(|letter: char| " ├─└│".contains(letter)));
            told.push_str(&format!("{}: {}\n", program.full_id(id), words.collect::<Vec<_>>().join("; ")));
        }
    }
    insta::assert_snapshot!(told);
}
