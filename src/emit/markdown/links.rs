//! What an outcome satisfies, in words.

use crate::document::Inline;
use crate::emit::page::Page;
use crate::model::{Link, Outcome, Strength};

/// "7.4 a), 7.4 b); in part 5.1 d) (reason); 8.1 together with ORG.5.8"; empty where it satisfies nothing.
pub(in crate::emit) fn traceability(page: &Page<'_>, outcome: &Outcome) -> Inline {
    let mut groups: Vec<&[Link]> = outcome.links.chunk_by(is_alike).collect();
    // What the outcome meets by itself comes first.
    groups.sort_by_key(|links| links.first().map(|link| (link.strength == Strength::Partial, link.joint_set)));
    let stated = groups.into_iter().map(|links| group(page, outcome, links));
    let joined = page.joined_by(outcome.id).iter().map(|(stating, requirement)| {
        let cited = page.requirement_cite(*requirement);
        Inline::filled(page.words.jointly_see, &[&cited, &page.outcome_link(*stating)])
    });
    Inline::join(stated.chain(joined), "; ")
}

fn is_alike(a: &Link, b: &Link) -> bool {
    a.strength == b.strength && a.joint_set == b.joint_set && a.because == b.because
}

fn group(page: &Page<'_>, outcome: &Outcome, links: &[Link]) -> Inline {
    let Some(first) = links.first() else { return Inline::default() };
    let cited = page.requirement_cites(links.iter().map(|link| link.requirement));
    let mut words = match first.strength {
        Strength::Partial => Inline::filled(page.words.in_part, &[&cited]),
        Strength::Full => cited,
    };
    if let Some(others) = others(page, outcome, first) {
        words = words.then(page.words.together).and(&others);
    }
    match first.because {
        Some(because) => words.then(" (").and(&page.text(because)).then(")"),
        None => words,
    }
}

/// The other members of the joint set that a link belongs to.
pub(super) fn others(page: &Page<'_>, outcome: &Outcome, link: &Link) -> Option<Inline> {
    link.joint_set?;
    Some(Inline::join(page.model().partners(outcome, link).map(|member| page.member_link(member)), ", "))
}
