//! P2xx that need the whole of a framework: ISO/IEC 33003 and 33020 as a compiler can check them.

use super::{Check, Context};
use crate::model::{Attribute, Framework};

include!(concat!(env!("OUT_DIR"), "/structure.rs"));

/// The frameworks that the package declares.
fn own_frameworks<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Framework> {
    let package = context.package;
    context.program.frameworks.iter().filter(move |framework| framework.origin.package == package)
}

/// The attributes of the frameworks that the package declares.
pub fn own_attributes<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Attribute> {
    own_frameworks(context).flat_map(|framework| &framework.levels).flat_map(|level| &level.attributes)
}
