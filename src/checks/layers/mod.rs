//! P7xx: layers and crosswalks. What a model's layers did to each other is judged for the model asked for.

mod claim;
mod correspondence;

use super::{Check, Context};
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Element;
use crate::review::Reviewed;

include!(concat!(env!("OUT_DIR"), "/layers.rs"));

/// What a claim that was or was not judged is about: the outcome or the practice that claims it, what a model speaks of,
/// or the crosswalk of a line.
fn about(context: &Context<'_>, diagnostic: Diagnostic, link: &Reviewed) -> Diagnostic {
    match (&link.claim.crosswalk, link.claim.left.first()) {
        (Some(crosswalk), _) => diagnostic.about(SubjectKind::Crosswalk, crosswalk),
        (None, Some(_)) if link.claim.model().is_some() => {
            let of = link.claim.right.first().map(|of| of.id.as_str()).unwrap_or_default();
            diagnostic.about(SubjectKind::Requirement, of)
        }
        (None, Some(element)) => {
            let name = context.program.names.get(&element.id);
            let at = name.and_then(|name| context.package().model.index.get(&name));
            let is_practice = matches!(at, Some(Element::Practice(..)));
            let kind = if is_practice { SubjectKind::Practice } else { SubjectKind::Outcome };
            diagnostic.about(kind, &element.id)
        }
        (None, None) => diagnostic,
    }
}
