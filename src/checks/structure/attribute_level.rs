//! Finds process attributes whose id does not begin with the number of their level, or that stand on level 0.

use super::own_frameworks;
use crate::checks::{Check, Context};
use crate::codes::ATTRIBUTE_LEVEL;
use crate::diagnostic::Diagnostic;

/// P212.
pub const CHECK: Check = Check { code: &ATTRIBUTE_LEVEL, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for level in own_frameworks(context).flat_map(|framework| &framework.levels) {
        let number = context.program.name(level.id);
        for attribute in &level.attributes {
            let id = context.program.name(attribute.id);
            let message = if number == "0" {
                format!("the attribute `{id}` stands on level 0, which has none")
            } else if first_number(id) != Some(number) {
                format!("the attribute `{id}` does not carry the number of its level")
            } else {
                continue;
            };
            found.push(
                Diagnostic::new(&ATTRIBUTE_LEVEL, attribute.span, message)
                    .label(format!("on level {number}"))
                    .also(level.span, "the level")
                    .help(format!("attributes of level 1 are numbered 1.1, 1.2 …, as in `PA.1.1`; move `{id}` to its level, or rename it")),
            );
        }
    }
}

/// The first segment of an id that is a number: the `2` of `PA.2.1`.
fn first_number(id: &str) -> Option<&str> {
    id.split('.').find(|segment| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit()))
}
