//! P5xx: what a reference model states (ISO/IEC 33004, clause 5).

mod missing_architecture;
mod missing_community;
mod missing_consensus;
mod missing_context;
mod missing_domain;
mod missing_field;
mod missing_outcomes;
mod missing_purpose;
mod repeated_purpose;
mod repeated_title;
mod unmet_purpose;
mod unrelated_process;
mod unstated_conformity;

pub use missing_architecture::missing_architecture;
pub use missing_community::missing_community;
pub use missing_consensus::missing_consensus;
pub use missing_context::missing_context;
pub use missing_domain::missing_domain;
pub use missing_field::missing_field;
pub use missing_outcomes::missing_outcomes;
pub use missing_purpose::missing_purpose;
pub use repeated_purpose::repeated_purpose;
pub use repeated_title::repeated_title;
pub use unmet_purpose::unmet_purpose;
pub use unrelated_process::unrelated_process;
pub use unstated_conformity::unstated_conformity;

use super::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Head, Text};

/// Reports a model that lacks one of the texts that it has to state.
fn missing_statement(
    context: &Context<'_>,
    found: &mut Vec<Diagnostic>,
    code: &'static Code,
    text: fn(&Head) -> Option<Text>,
    what: &str,
    example: &str,
) {
    let Some(head) = context.package().model.head.as_ref() else { return };
    if text(head).is_none() && context.is_own(head.origin) {
        found.push(
            Diagnostic::new(code, head.origin.span, format!("the model does not say {what}"))
                .label("this model")
                .help(format!("say so in its block, as in `{example}`")),
        );
    }
}

/// A text without regard to case, white space and a full stop, to compare wordings.
fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").trim_end_matches('.').to_owned()
}
