//! Finds requirements on reference models that a model which claims conformity does not speak to (ISO/IEC 33004, 5.5).

use crate::checks::{Check, Context};
use crate::codes::UNSTATED_CONFORMITY;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Head, RequirementId, Text};

/// The statement of a model that speaks to a requirement, if it has one.
type Speaks = fn(&Head) -> Option<Text>;

/// What no check can decide, by the ids of the catalog `iso33004`, with the statement of the model that speaks to it.
const OPEN: &[(&str, Speaks)] = &[
    ("5.3.1.domain", |head| head.domain),
    ("5.3.1.context", |head| head.context),
    ("5.3.2.community", |head| head.community),
    ("5.3.2.consensus", |head| head.consensus),
    ("5.4.sufficient", |_| None),
    ("5.5", |_| None),
];

/// P513.
pub const CHECK: Check = Check { code: &UNSTATED_CONFORMITY, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|head| context.is_own(head.origin)) else { return };
    let catalog_of = |id: RequirementId| context.program.catalog(context.program.requirement(id).catalog);
    let claims = |id: RequirementId| context.program.name(catalog_of(id).id) == "iso33004";
    let Some(catalog) = head.conforms.iter().map(|stated| stated.requirement).find(|id| claims(*id)).map(catalog_of)
    else {
        return;
    };
    for row in catalog.requirements() {
        let id = context.program.name(context.program.requirement(row).id);
        let Some((_, spoken_to)) = OPEN.iter().find(|(open, _)| *open == id) else { continue };
        // A statement on what a row stands in speaks to it too.
        let mut around = std::iter::once(row).chain(context.program.above(row));
        let is_spoken_to = around.any(|row| head.conforms.iter().any(|stated| stated.requirement == row));
        if spoken_to(head).is_some() || is_spoken_to {
            continue;
        }
        let title = context.sources.text(context.program.requirement(row).title);
        found.push(
            Diagnostic::new(
                &UNSTATED_CONFORMITY,
                head.origin.span,
                format!("the model does not speak to `iso33004:{id}` “{title}”"),
            )
            .about(SubjectKind::Requirement, context.program.full_id(row))
            .label("claims conformity elsewhere")
            .help(format!("no check can decide it, so say how it is met: `conforms iso33004:{id} \"…\"`")),
        );
    }
}
