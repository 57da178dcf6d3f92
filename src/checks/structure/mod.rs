//! P2xx that need the whole of a framework: ISO/IEC 33003 and 33020 as a compiler can check them.

mod achievement_order;
mod attribute_level;
mod level_gap;
mod rating_band;
mod unpractised_achievement;

pub use achievement_order::achievement_order;
pub use attribute_level::attribute_level;
pub use level_gap::level_gap;
pub use rating_band::rating_band;
pub use unpractised_achievement::unpractised_achievement;

use super::Context;
use crate::model::{Attribute, Framework};

/// The frameworks that the package declares.
fn own_frameworks<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Framework> {
    let package = context.package;
    context.program.frameworks.iter().filter(move |framework| framework.origin.package == package)
}

/// The attributes of the frameworks that the package declares.
fn own_attributes<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Attribute> {
    own_frameworks(context).flat_map(|framework| &framework.levels).flat_map(|level| &level.attributes)
}
