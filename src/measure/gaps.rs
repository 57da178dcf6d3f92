//! What holds processes back from their targets.

use rustc_hash::FxHashMap;

use super::profile::{AttributeRating, Gap, Lowering, Profile, TermOf, VerdictAt};
use super::scale::{Rank, Scale};
use crate::model::{Name, Subject};

/// The attributes of processes that are lower than their targets want, or may be.
pub fn gaps(scale: &Scale, profiles: &[Profile]) -> Vec<Gap> {
    // The profiles of the instances of a process stand before its own.
    let of_process = |profiles: &[Profile]| -> Vec<Gap> {
        let Some(profile) = profiles.last() else { return Vec::new() };
        let instances = profiles.iter().filter_map(|profile| Some((profile.instance?, profile))).collect();
        let results = profile.attributes.iter();
        let wanted = |result: &AttributeRating| if result.level == profile.target { scale.own } else { scale.lower };
        let low = results.filter(|result| result.interval.low < wanted(result));
        let gap = |result: &AttributeRating| Gap {
            process: profile.process,
            attribute: result.attribute,
            wanted: wanted(result),
            interval: result.interval,
            lowered_by: lowered_by(&instances, profile, result, wanted(result)),
        };
        low.map(gap).collect()
    };
    profiles.chunk_by(|one, next| one.process == next.process).flat_map(of_process).collect()
}

/// What lowers an attribute: the ratings that are lower than what is wanted, as far down as they were made. The profiles of
/// the instances of its process are given by their names.
fn lowered_by(
    instances: &FxHashMap<Name, &Profile>,
    profile: &Profile,
    result: &AttributeRating,
    wanted: Rank,
) -> Vec<Lowering> {
    let itself = |verdict: Option<VerdictAt>| Lowering {
        instance: profile.instance,
        subject: Subject::Attribute(result.attribute),
        interval: result.interval,
        verdict,
    };
    let Some(step) = result.computed.as_ref().filter(|_| result.stated.is_none()) else {
        return vec![itself(result.stated)];
    };
    let of_instance = |name: Name| {
        let instance = instances.get(&name);
        let result = instance.and_then(|instance| Some((instance, instance.result(result.attribute)?)));
        result.map_or_else(Vec::new, |(instance, result)| lowered_by(instances, instance, result, wanted))
    };
    let low = step.terms.iter().filter(|term| term.interval.low < wanted);
    low.flat_map(|term| match term.of {
        TermOf::Subject(subject) => {
            vec![Lowering { instance: profile.instance, subject, interval: term.interval, verdict: term.verdict }]
        }
        TermOf::Instance(name) => of_instance(name),
    })
    .collect()
}
