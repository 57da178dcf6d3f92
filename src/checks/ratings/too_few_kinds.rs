//! Finds processes whose ratings rest on fewer kinds of evidence than the class asks for.

use super::{asked, kinds, own_assessments, rates_of};
use crate::checks::{Check, Context};
use crate::codes::TOO_FEW_KINDS;
use crate::diagnostic::{Diagnostic, words};
use crate::model::Name;

/// P812.
pub const CHECK: Check = Check { code: &TOO_FEW_KINDS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (id, assessment) in own_assessments(context).filter(|(_, row)| row.is_whole && row.has_all_ratings) {
        let Some((least, place, rule)) = asked(context, assessment, |class| class.kinds) else { continue };
        let rated: Vec<Name> =
            rates_of(context, id).filter(|rate| !rate.verdicts.is_empty()).map(|rate| rate.process).collect();
        let mut few: Vec<&str> = Vec::new();
        for process in rated {
            let name = context.program.name(process);
            let of_process = rates_of(context, id).filter(|rate| rate.process == process);
            if !few.contains(&name) && kinds(context, of_process).len() < least {
                few.push(name);
            }
        }
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
