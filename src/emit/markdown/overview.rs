//! The process map: groups, their processes, and how processes relate.

use super::changes::{omissions, provenance_of};
use super::front::free_text;
use super::head::{fields, group_link};
use crate::document::{Document, Inline};
use crate::emit::order;
use crate::emit::page::{Page, chapter_key, group_key};
use crate::emit::remark::Notes;
use crate::model::{FieldKind, Group, Name, Process};

/// Chapter: the processes at a glance.
pub(super) fn overview(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("overview")], "Overview of the process reference model");
    document.section(Vec::new(), Inline::plain("General"));
    let processes = order::processes(&page.input);
    match page.head.overview {
        Some(overview) => free_text(page, document, "overview", overview),
        None => document.paragraph(Inline::plain(&format!("{}.", at_a_glance(page)))),
    }
    process_map(page, document, &processes);
    groups(page, document, &processes);
    relations(page, document, &processes);
    omissions(page, document);
}

/// "The model has 26 processes in 4 groups"
fn at_a_glance(page: &Page<'_>) -> String {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let processes = count(page.model().processes.len(), "process", "processes");
    match page.model().groups.len() {
        0 => format!("The model has {processes}"),
        groups => format!("The model has {processes} in {}", count(groups, "group", "groups")),
    }
}

/// Section: groups and processes in a table.
pub(in crate::emit) fn process_map(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    document.section(Vec::new(), Inline::plain("Process map"));
    if processes.is_empty() {
        document.paragraph(Inline::plain("This model has no processes."));
    }
    let told = "lists the processes group by group";
    let head = ["Group", "Process ID", "Name"];
    document.told_table(told, "Groups and their processes", &head, map_rows(page, processes));
}

/// The processes group by group, those without a group last.
fn map_rows(page: &Page<'_>, processes: &[&Process]) -> Vec<Vec<Inline>> {
    let groups = order::groups(&page.input).into_iter().map(|group| Some(group.id)).chain([None]);
    let known = |group: Option<Name>| group.filter(|group| page.model().group(*group).is_some());
    let mut rows = Vec::new();
    for group in groups {
        for process in processes.iter().filter(|process| known(process.group) == group) {
            let title = group.and_then(|group| page.model().group(group)).map(|group| page.text(group.title));
            let group = group.map(|group| group_link(page, group)).unwrap_or_default();
            let group = group.then(" ").and(&title.unwrap_or_default());
            rows.push(vec![group, page.process_link(process.id), page.text(process.title)]);
        }
    }
    rows
}

fn groups(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    for group in order::groups(&page.input) {
        let id = page.name(group.id);
        document.section(vec![group_key(id)], Inline::plain("Group").then(" ").and(&page.titled(id, group.title)));
        if let Some(text) = group.text {
            document.text(&page.marked(text), page);
        }
        document.list(group_facts(page, group, processes));
        Notes::new(page).with_fields(&group.remarks, FieldKind::Group, "").print(document);
    }
}

fn group_facts(page: &Page<'_>, group: &Group, processes: &[&Process]) -> Vec<Inline> {
    let mut facts = Vec::new();
    let within = order::groups(&page.input).into_iter().filter(|inner| inner.parent == Some(group.id));
    let within = Inline::join(within.map(|inner| group_link(page, inner.id)), ", ");
    let processes = processes.iter().filter(|process| process.group == Some(group.id));
    let processes = Inline::join(processes.map(|process| page.process_link(process.id)), ", ");
    if within.is_empty() && processes.is_empty() {
        facts.push(Inline::plain("No process stands in it."));
    }
    for (name, all) in [("Groups within it:", within), ("Processes:", processes)] {
        if !all.is_empty() {
            facts.push(Inline::plain(name).then(" ").and(&all));
        }
    }
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
        let told = "tells how processes relate to each other";
        let head = ["Process", "Relation", "Process", "In which way"];
        document.told_table(told, "Relations between processes", &head, rows);
        let mut notes = Notes::new(page);
        for (process, relation) in processes.iter().flat_map(|one| one.relations.iter().map(move |row| (one, row))) {
            let [from, to] = [process.id, relation.target.id].map(|id| page.name(id));
            notes.at(relation.origin, &format!("{from} {} {to}", relation.kind.word()));
        }
        notes.print(document);
    }
}
