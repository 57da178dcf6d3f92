//! Finds requirements on assessment models that a model which claims conformity to some does not speak to (ISO/IEC 33004,
//! clause 6).

use crate::checks::{Check, Context};
use crate::codes::UNSTATED_ASSESSMENT;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::RequirementId;

/// What no check can decide, by the ids of the catalog `iso33004`.
const OPEN: [&str; 3] = ["6.2.processes", "6.2.quality", "6.4"];

/// P607.
pub const CHECK: Check = Check { code: &UNSTATED_ASSESSMENT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|head| context.is_own(head.origin)) else { return };
    let program = context.program;
    let catalog_of = |id: RequirementId| program.catalog(program.requirement(id).catalog);
    let id_of = |id: RequirementId| program.name(program.requirement(id).id);
    let claims = |id: &RequirementId| {
        program.name(catalog_of(*id).id) == "iso33004" && id_of(*id).split('.').next() == Some("6")
    };
    let Some(catalog) = head.conforms.iter().map(|stated| stated.requirement).find(claims).map(catalog_of) else {
        return;
    };
    for row in catalog.requirements().filter(|row| OPEN.contains(&id_of(*row))) {
        let mut around = std::iter::once(row).chain(program.standing_in(row));
        if around.any(|row| head.conforms.iter().any(|stated| stated.requirement == row)) {
            continue;
        }
        let (id, title) = (id_of(row), context.sources.text(program.requirement(row).title));
        found.push(
            Diagnostic::new(
                &UNSTATED_ASSESSMENT,
                head.origin.span,
                format!("the model does not speak to `iso33004:{id}` “{title}”"),
            )
            .about(SubjectKind::Requirement, program.full_id(row))
            .label("claims conformity of its assessment model elsewhere")
            .help(format!("no check can decide it, so say how it is met: `conforms iso33004:{id} \"…\"`")),
        );
    }
}
