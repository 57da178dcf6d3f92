//! What became of the judgements of a model's links.

use serde::Serialize;

use super::head::{self, NoticeRow};
use super::judgements::{JudgementsRow, judgements};
use super::reader::Reader;
use crate::package::lock::{Claim, Judgement, Mark};
use crate::review::{Change, Review, Reviewed};
use crate::span::Span;

/// The review of a package.
#[derive(Serialize)]
pub struct ReviewDocument<'a> {
    package: &'a str,
    notices: Vec<NoticeRow<'a>>,
    #[serde(flatten)]
    judgements: JudgementsRow<'a>,
    links: Vec<LinkRow<'a>>,
}

/// A link; of one that has vanished only its judgement is known, and no place.
#[derive(Serialize)]
struct LinkRow<'a> {
    link: String,
    reference: String,
    state: &'static str,
    crosswalk: Option<&'a str>,
    left: Vec<&'a str>,
    relation: &'a str,
    right: Vec<&'a str>,
    because: Option<&'a str>,
    judged_by: Option<&'a str>,
    at_once: Option<u32>,
    changes: Vec<ChangeRow<'a>>,
    file: Option<&'a str>,
    line: Option<usize>,
}

/// What has changed since: a text that is `reworded`, `added` or `gone`, or what was `claimed` before.
#[derive(Serialize)]
struct ChangeRow<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    old: Option<&'a str>,
    new: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
}

pub fn document<'a>(read: Reader<'a>, review: &'a Review) -> ReviewDocument<'a> {
    let vanished = review.vanished.iter().map(|old| judged(row(&old.claim, "vanished"), Some(old)));
    ReviewDocument {
        package: read.program().root().map_or("", |package| &package.name),
        notices: head::notices(read),
        judgements: judgements(read.program(), review),
        links: review.links.iter().map(|link| reviewed(read, review, link)).chain(vanished).collect(),
    }
}

fn reviewed<'a>(read: Reader<'a>, review: &'a Review, link: &'a Reviewed) -> LinkRow<'a> {
    let (file, line) = at(read, link.span);
    LinkRow {
        judged_by: link.judged_by.map(|base| read.program().name(base)),
        changes: link.changes.iter().map(|found| change(read, review, found)).collect(),
        file,
        line,
        ..judged(row(&link.claim, link.state().word()), link.judgement.as_ref())
    }
}

fn judged<'a>(row: LinkRow<'a>, judgement: Option<&'a Judgement>) -> LinkRow<'a> {
    let because = judgement.map(|judgement| judgement.because.as_str());
    LinkRow { because, at_once: judgement.and_then(|judgement| judgement.at_once), ..row }
}

fn row<'a>(claim: &'a Claim, state: &'static str) -> LinkRow<'a> {
    let ids = |marks: &'a [Mark]| marks.iter().map(|mark| mark.id.as_str()).collect();
    LinkRow {
        link: claim.to_string(),
        reference: claim.reference(),
        state,
        crosswalk: claim.crosswalk.as_deref(),
        left: ids(&claim.left),
        relation: &claim.relation,
        right: ids(&claim.right),
        because: None,
        judged_by: None,
        at_once: None,
        changes: Vec::new(),
        file: None,
        line: None,
    }
}

fn change<'a>(read: Reader<'a>, review: &'a Review, change: &'a Change) -> ChangeRow<'a> {
    let (kind, old) = match change {
        Change::Reworded { old, .. } => ("reworded", old.as_deref()),
        Change::Added { .. } => ("added", None),
        Change::Gone { old, .. } => ("gone", old.as_deref()),
        Change::Claimed { old } => ("claimed", Some(old.as_str())),
    };
    let now = change.id().filter(|_| kind != "gone").and_then(|id| review.texts.get(id));
    let (file, line) = now.map_or((None, None), |wording| at(read, wording.span));
    ChangeRow { kind, id: change.id(), old, new: now.map(|wording| wording.text.as_str()), file, line }
}

fn at(read: Reader<'_>, span: Span) -> (Option<&str>, Option<usize>) {
    let (file, line) = read.place(span);
    (Some(file), Some(line))
}
