//! The terms that a package defines itself.

use crate::checks::Context;
use crate::model::Term;

/// Those of the package, or all where the whole model is looked at.
pub fn own<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Term> + use<'a> {
    let (whole, package) = (context.whole, context.package);
    let terms = context.program.package(package).model.terms.iter();
    terms.filter(move |term| whole || term.origin.package == package)
}
