//! The process map: groups, their processes, and how processes relate.

use super::changes::{omissions, provenance_of};
use super::head::{fields, group_link, notes};
use crate::document::{Document, Inline};
use crate::emit::order;
use crate::emit::page::{Page, chapter_key, group_key};
use crate::model::{FieldKind, Group, Name, Process};

/// Chapter: the processes at a glance.
pub(super) fn overview(page: &Page<'_>, document: &mut Document) {
    document.chapter(chapter_key("overview"), "Overview of the process reference model");
    let processes = order::processes(&page.input);
    process_map(page, document, &processes);
    groups(page, document);
    relations(page, document, &processes);
    omissions(page, document);
}

/// Section: groups and processes in a table.
pub(in crate::emit) fn process_map(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    document.section(Vec::new(), Inline::plain("Process map"));
    if processes.is_empty() {
        document.paragraph(Inline::plain("This model has no processes."));
    }
    document.table(&["Group", "Process ID", "Name"], map_rows(page, processes));
}

/// The processes group by group, those without a group last.
fn map_rows(page: &Page<'_>, processes: &[&Process]) -> Vec<Vec<Inline>> {
    let groups = page.model().groups.iter().map(|group| Some(group.id)).chain([None]);
    let known = |group: Option<Name>| group.filter(|group| page.model().group(*group).is_some());
    let mut rows = Vec::new();
    for group in groups {
        for process in processes.iter().filter(|process| known(process.group) == group) {
            let group = group.map(|group| group_link(page, group)).unwrap_or_default();
            rows.push(vec![group, page.process_link(process.id), page.text(process.title)]);
        }
    }
    rows
}

fn groups(page: &Page<'_>, document: &mut Document) {
    for group in &page.model().groups {
        let id = page.name(group.id);
        document.section(vec![group_key(id)], Inline::plain("Group").then(" ").and(&page.titled(id, group.title)));
        if let Some(text) = group.text {
            document.text(&page.marked(text), page);
        }
        document.list(group_facts(page, group));
        notes(page, document, &group.remarks, "");
    }
}

fn group_facts(page: &Page<'_>, group: &Group) -> Vec<Inline> {
    let mut facts = Vec::new();
    if let Some(parent) = group.parent {
        facts.push(Inline::plain("Part of group ").then(" ").and(&group_link(page, parent)));
    }
    let former = group.remarks.formerly().iter().map(|(id, _)| Inline::plain(page.name(*id)));
    let former = Inline::join(former, ", ");
    if !former.is_empty() {
        facts.push(Inline::plain("Formerly").then(" ").and(&former));
    }
    facts.extend(
        fields(page, &group.remarks, FieldKind::Group).into_iter().map(|(title, text)| title.then(": ").and(&text)),
    );
    facts.push(provenance_of(page, "group", group.origin, &group.remarks));
    facts
}

fn relations(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    let row = |process: &Process, relation: &crate::model::ProcessRelation| {
        vec![
            page.process_link(process.id),
            Inline::plain(relation.kind.word()),
            page.process_link(relation.target.id),
            page.text_if(relation.text),
        ]
    };
    let rows: Vec<Vec<Inline>> =
        processes.iter().flat_map(|process| process.relations.iter().map(|relation| row(process, relation))).collect();
    if !rows.is_empty() {
        document.section(Vec::new(), Inline::plain("Relations between processes"));
        document.table(&["Process", "Relation", "Process", "In which way"], rows);
    }
}
