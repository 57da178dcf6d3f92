//! Finds processes without a purpose (ISO/IEC 33004, 5.4).

use crate::checks::{Check, Context};
use crate::codes::MISSING_PURPOSE;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P507.
pub const CHECK: Check = Check { code: &MISSING_PURPOSE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in context.own_processes().filter(|process| process.purpose.is_none() && !process.broken) {
        let id = context.program.name(process.id);
        let title = context.sources.text(process.title).to_lowercase();
        found.push(
            Diagnostic::new(&MISSING_PURPOSE, process.origin.span, format!("the process `{id}` has no purpose"))
                .about(SubjectKind::Process, id)
                .label("this process")
                .help(format!("say what it is for: `purpose \"The purpose of the {title} process is to …\"`")),
        );
    }
}
