//! How far outcomes were rated in an assessment, and what that makes of what rests on several of them.

use rustc_hash::FxHashMap;

use super::View;
use crate::coverage::{Basis, Grounds, Status};
use crate::emit::Input;
use crate::measure::Rank;
use crate::model::{AssessmentId, Model, Name, Rate, Subject};

/// How far outcomes were rated.
pub struct OutcomeRatings {
    of: FxHashMap<Name, Rated>,
    labels: Vec<String>,
}

/// How far something was rated, or all of several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// Nothing of it.
    Not,
    /// Some of it, and not all.
    Open,
    /// All of it.
    As(Rank),
}

impl OutcomeRatings {
    /// The ratings of an assessment, for the outcomes of a model: those that say in it what they said where they were rated.
    fn of(input: &Input<'_>, id: AssessmentId, model: &Model) -> Option<OutcomeRatings> {
        let view = View::new(input, id)?;
        let processes = view.wholes().filter_map(|profile| view.page.model().process(profile.process));
        let outcomes = processes.flat_map(|process| process.outcomes.iter().map(move |outcome| (process, outcome)));
        let same =
            outcomes.filter(|(_, outcome)| model.outcome(outcome.id).is_some_and(|own| own.text == outcome.text));
        let of = same.map(|(process, outcome)| (outcome.id, of_outcome(&view, process.id, outcome.id))).collect();
        let scale = view.measured.scale.open();
        Some(OutcomeRatings { of, labels: (scale.low.0..=scale.high.0).map(|rank| view.rank(Rank(rank))).collect() })
    }

    /// The ratings of the assessment that is asked for, if one is.
    pub fn asked(input: &Input<'_>, model: &Model) -> Option<OutcomeRatings> {
        OutcomeRatings::of(input, input.rated?, model)
    }

    /// What meets a row of a statement; nothing of one that does not apply, or that nothing meets.
    pub fn of_row(&self, status: Status, grounds: &Grounds) -> Option<Rated> {
        matches!(status, Status::Covered | Status::Partial).then(|| self.rated(grounds))
    }

    /// What is printed for a rating.
    pub fn label(&self, rank: Rank) -> &str {
        self.labels.get(rank.0 as usize).map_or("", String::as_str)
    }

    /// Of what meets a requirement: of several ways the highest. What contributes counts where nothing meets it in full.
    fn rated(&self, grounds: &Grounds) -> Rated {
        let ways = [true, false].into_iter().map(|is_full| grounds.choice(is_full)).find(|ways| !ways.is_empty());
        let ways: Vec<Rated> = ways.unwrap_or_default().iter().map(|way| self.basis(way)).collect();
        joined(&ways, Iterator::max)
    }

    /// Of what is needed together the lowest, of what can stand for each other the highest.
    fn basis(&self, basis: &Basis) -> Rated {
        let each = |parts: &[Basis]| parts.iter().map(|part| self.basis(part)).collect::<Vec<_>>();
        match basis {
            Basis::Claim(claim) => {
                let members = claim.members.iter().map(|member| self.of.get(&member.id).copied().unwrap_or(Rated::Not));
                joined(&members.collect::<Vec<_>>(), Iterator::min)
            }
            Basis::All(parts) => joined(&each(parts), Iterator::min),
            Basis::Any(parts) => joined(&each(parts), Iterator::max),
        }
    }
}

/// One rating of several, where all are rated.
fn joined(all: &[Rated], one: fn(std::vec::IntoIter<Rank>) -> Option<Rank>) -> Rated {
    let ranks = all.iter().filter_map(|rated| match rated {
        Rated::As(rank) => Some(*rank),
        _ => None,
    });
    let ranks: Vec<Rank> = ranks.collect();
    if all.iter().all(|rated| *rated == Rated::Not) {
        return Rated::Not;
    }
    if ranks.len() < all.len() { Rated::Open } else { one(ranks.into_iter()).map_or(Rated::Not, Rated::As) }
}

/// An outcome counts with its lowest rating over the instances of its process, those of taken assessments among them.
fn of_outcome(view: &View<'_>, process: Name, outcome: Name) -> Rated {
    let is_of = |rate: &&Rate, instance| rate.process == process && rate.instance.map(|(name, _)| name) == instance;
    let own = |instance: Option<Name>| {
        let mut lines = view.rates().filter(|rate| is_of(rate, instance)).flat_map(|rate| &rate.verdicts);
        let line = lines.find(|line| line.subject == Subject::Outcome(outcome));
        let rank = line.and_then(|line| view.measured.scale.rank(line.rating?));
        rank.map_or(Rated::Not, Rated::As)
    };
    let instances: Vec<Rated> = view
        .instances(process)
        .map(|instance| match instance.taken_from.and_then(|from| View::new(&view.page.input, from)) {
            Some(taken) => of_outcome(&taken, process, outcome),
            None => own(instance.instance),
        })
        .collect();
    if instances.is_empty() { own(None) } else { joined(&instances, Iterator::min) }
}
