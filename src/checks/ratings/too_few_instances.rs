//! Finds assessments that look at fewer instances of a process than their class asks for.

use super::{asked, own_measured, processes};
use crate::checks::{Check, Context};
use crate::codes::TOO_FEW_INSTANCES;
use crate::diagnostic::{Diagnostic, words};

/// P811.
pub const CHECK: Check = Check { code: &TOO_FEW_INSTANCES, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (assessment, measured) in own_measured(context) {
        let Some((least, place, rule)) = asked(context, assessment, |class| class.instances) else { continue };
        let count = |process| {
            let instances = measured.profiles.iter().filter(|row| row.process == process && row.instance.is_some());
            instances.count().max(1)
        };
        let few = processes(measured).filter(|process| count(*process) < least);
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
