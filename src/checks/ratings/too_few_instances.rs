//! Finds assessments that look at fewer instances of a process than their class asks for.

use rustc_hash::FxHashMap;

use super::{asked, own_measured, processes};
use crate::checks::{Check, Context};
use crate::codes::TOO_FEW_INSTANCES;
use crate::diagnostic::{Diagnostic, words};
use crate::model::Name;

/// P811.
pub const CHECK: Check = Check { code: &TOO_FEW_INSTANCES, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (assessment, measured) in own_measured(context) {
        let Some((least, place, rule)) = asked(context, assessment, |class| class.instances) else { continue };
        let mut counts: FxHashMap<Name, usize> = FxHashMap::default();
        for profile in measured.profiles.iter().filter(|profile| profile.instance.is_some()) {
            *counts.entry(profile.process).or_default() += 1;
        }
        let few = processes(measured).filter(|process| counts.get(process).map_or(1, |count| *count) < least);
        let few: Vec<&str> = few.map(|process| context.program.name(process)).collect();
        if few.is_empty() {
            continue;
        }
        let message = format!(
            "this class asks for {} of each process: fewer are looked at of {}",
            words::count(least, "instance"),
            words::list(&few, "and", 6)
        );
        found.push(
            Diagnostic::new(&TOO_FEW_INSTANCES, place, message)
                .label(format!("{} asked for", words::count(least, "instance")))
                .also(rule, "the rule")
                .help("name more instances, `instances north, south of PROCESS`, or choose another class"),
        );
    }
}
