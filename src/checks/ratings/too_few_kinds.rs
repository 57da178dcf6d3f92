//! Finds processes whose ratings rest on fewer kinds of evidence than the class asks for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{asked, kinds, own_assessments, rates_of};
use crate::checks::{Check, Context};
use crate::codes::TOO_FEW_KINDS;
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Name, Rate};

/// P812.
pub const CHECK: Check = Check { code: &TOO_FEW_KINDS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (id, assessment) in own_assessments(context).filter(|(_, row)| row.is_whole && row.has_all_ratings) {
        let Some((least, place, rule)) = asked(context, assessment, |class| class.kinds) else { continue };
        let (mut rated, mut known) = (Vec::new(), FxHashSet::default());
        let mut of: FxHashMap<Name, Vec<&Rate>> = FxHashMap::default();
        for rate in rates_of(context, id).filter(|rate| !rate.verdicts.is_empty()) {
            of.entry(rate.process).or_default().push(rate);
            rated.extend(known.insert(rate.process).then_some(rate.process));
        }
        let is_few = |process: &Name| {
            let rates = of.get(process).into_iter().flatten().copied();
            kinds(context, rates).len() < least
        };
        let few: Vec<&str> =
            rated.iter().filter(|process| is_few(process)).map(|process| context.program.name(*process)).collect();
        if few.is_empty() {
            continue;
        }
        let message = format!(
            "this class asks for {} of evidence: there are fewer for {}",
            words::count(least, "kind"),
            words::list(&few, "and", 6)
        );
        found.push(
            Diagnostic::new(&TOO_FEW_KINDS, place, message)
                .label(format!("{} asked for", words::count(least, "kind")))
                .also(rule, "the rule")
                .help("look at other kinds of evidence too, or choose another class"),
        );
    }
}
