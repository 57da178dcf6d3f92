//! Finds achievements that are not lettered a, b, c … or numbered 1, 2, 3 … in order.

use super::own_attributes;
use crate::checks::{Check, Context};
use crate::codes::ACHIEVEMENT_ORDER;
use crate::diagnostic::Diagnostic;

/// P213.
pub const CHECK: Check = Check { code: &ACHIEVEMENT_ORDER, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for attribute in own_attributes(context) {
        let ids: Vec<&str> =
            attribute.achievements.iter().map(|achievement| context.program.name(achievement.id)).collect();
        let numbered = ids.first().is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
        for (number, (id, achievement)) in ids.iter().zip(&attribute.achievements).enumerate() {
            let due = if numbered { (number + 1).to_string() } else { letter(number) };
            if *id != due {
                found.push(
                    Diagnostic::new(
                        &ACHIEVEMENT_ORDER,
                        achievement.span,
                        format!("achievement `{id}` stands where `{due}` is due"),
                    )
                    .label(format!("expected `achievement {due}`"))
                    .also(attribute.span, "in this attribute")
                    .help("achievements run a, b, c … or 1, 2, 3 … within their attribute"),
                );
                break;
            }
        }
    }
}

/// a, b, … z, then aa, ab …
fn letter(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    if number < 26 { last.to_string() } else { format!("{}{last}", letter(number / 26 - 1)) }
}
