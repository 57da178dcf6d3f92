//! Which processes are looked at, and up to which level.

use rustc_hash::FxHashMap;

use crate::model::{Aim, Assessment, Name, Program};

/// The scope of an assessment.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The processes that are looked at, in the order of the model, each with the highest level that is.
    pub targets: Vec<(Name, u32)>,
    of: FxHashMap<Name, u32>,
}

impl Scope {
    /// The scope of an assessment; `None` where its model is not known.
    pub fn of(program: &Program, assessment: &Assessment) -> Option<Scope> {
        let model = &program.package(assessment.of?.model).model;
        let aimed = aims(assessment);
        // Who targets a process says more of it than who targets its group, and that group more than one around it.
        let target =
            |process| model.wholes(process).into_iter().find_map(|whole| aimed.get(&whole)).map(|aim| aim.level);
        let targets = model.processes.iter().filter_map(|process| Some((process.id, target(process.id)?)));
        let targets: Vec<(Name, u32)> = targets.collect();
        Some(Scope { of: targets.iter().copied().collect(), targets })
    }

    /// The highest level that is looked at of a process; `None` where it is not in scope.
    pub fn target(&self, process: Name) -> Option<u32> {
        self.of.get(&process).copied()
    }
}

/// The first target of each process and group that has one; those that differ are reported.
fn aims(assessment: &Assessment) -> FxHashMap<Name, &Aim> {
    let mut found = FxHashMap::default();
    for aim in &assessment.aims {
        for of in &aim.of {
            found.entry(of.id).or_insert(aim);
        }
    }
    found
}
