//! Finds titles that are capitalized unlike most others of the package (PD-T6).

use super::survey::{Case, case};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P405.
pub const CHECK: Check = Check { code: &codes::UNEVEN_TITLE_CASE, run: Look::Process(check) };

/// Compares the title with the usual capitalization.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(title), Some(usual)) = (described.title(), described.survey.usual_case) else { return };
    // A title of one word fits in anywhere.
    if title.words.len() < 2 || case(title) == usual {
        return;
    }
    let how = match usual {
        Case::Headline => "begin each word with a capital letter, as most titles here do",
        Case::Sentence | Case::Other => {
            "use small letters behind the first word, as most titles here do, but for names"
        }
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::UNEVEN_TITLE_CASE,
            title.span,
            format!("the title {} is capitalized unlike most others", title.quoted()),
        )
        .label("capitalized in another way")
        .help(how),
    );
}
