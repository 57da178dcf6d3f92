//! P7xx: layers and crosswalks. What a model's layers did to each other is judged for the model asked for.

mod claim;
mod correspondence;

use super::Check;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::review::Reviewed;

include!(concat!(env!("OUT_DIR"), "/layers.rs"));

/// What a link that was or was not judged is about: the outcome that claims it, or the crosswalk of a line.
fn about(diagnostic: Diagnostic, link: &Reviewed) -> Diagnostic {
    match (&link.claim.crosswalk, link.claim.left.first()) {
        (Some(crosswalk), _) => diagnostic.about(SubjectKind::Crosswalk, crosswalk),
        (None, Some(outcome)) => diagnostic.about(SubjectKind::Outcome, &outcome.id),
        (None, None) => diagnostic,
    }
}
