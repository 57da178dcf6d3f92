//! The process map: groups, their processes, and how processes relate.

use super::changes::{omissions, provenance_of};
use super::front::free_text;
use super::head::{fields, group_link};
use crate::document::words::{counted, fill};
use crate::document::{Document, Inline};
use crate::emit::page::{Page, chapter_key, group_key};
use crate::emit::remark::Notes;
use crate::emit::{figures, order, said};
use crate::model::{FieldKind, Group, Name, Process};

/// Chapter: the processes at a glance.
pub(super) fn overview(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("overview")], page.words.overview_model);
    document.section(Vec::new(), Inline::plain(page.words.general));
    let processes = order::processes(&page.input);
    match page.head.overview {
        Some(overview) => free_text(page, document, "overview", overview),
        None => document.paragraph(Inline::plain(&at_a_glance(page))),
    }
    figures::push_standards(page, document);
    process_map(page, document, &processes);
    groups(page, document, &processes);
    relations(page, document, &processes);
    omissions(page, document);
}

/// "The model has 26 processes in 4 groups."
fn at_a_glance(page: &Page<'_>) -> String {
    let words = page.words;
    let processes = counted(&words.processes, page.model().processes.len(), &[]);
    match page.model().groups.len() {
        0 => fill(words.has_processes, &[&processes]),
        groups => fill(words.has_processes_in_groups, &[&processes, &counted(&words.groups, groups, &[])]),
    }
}

/// Section: groups and processes in a table.
pub(in crate::emit) fn process_map(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    document.section(Vec::new(), Inline::plain(page.words.process_map));
    if processes.is_empty() {
        document.paragraph(Inline::plain(page.words.no_processes));
    }
    figures::push_processes(page, document);
    let words = page.words;
    let head = [words.group, words.process_id, words.name];
    document.told_table(words.told_map, words.map_caption, &head, map_rows(page, processes));
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
        document
            .section(vec![group_key(id)], Inline::filled(page.words.group_titled, &[&page.titled(id, group.title)]));
        if let Some(text) = group.text {
            document.text(&page.marked(text), page);
        }
        let mut facts = group_facts(page, group, processes);
        facts.retain(|fact| !fact.is_empty());
        match facts.as_slice() {
            // One fact is no list.
            [only] => {
                document.paragraph(if only.shown().ends_with('.') { only.clone() } else { only.clone().then(".") })
            }
            _ => document.list(facts),
        }
        Notes::new(page).with_fields(&group.remarks, FieldKind::Group, "").print(document);
    }
}

fn group_facts(page: &Page<'_>, group: &Group, processes: &[&Process]) -> Vec<Inline> {
    let (mut facts, words) = (Vec::new(), page.words);
    let within = order::groups(&page.input).into_iter().filter(|inner| inner.parent == Some(group.id));
    let within = Inline::join(within.map(|inner| group_link(page, inner.id)), ", ");
    let processes = processes.iter().filter(|process| process.group == Some(group.id));
    let processes = Inline::join(processes.map(|process| page.process_link(process.id)), ", ");
    if within.is_empty() && processes.is_empty() {
        facts.push(Inline::plain(words.no_process_in_group));
    }
    for (told, all) in [(words.groups_within, within), (words.processes_in, processes)] {
        if !all.is_empty() {
            facts.push(Inline::filled(told, &[&all]));
        }
    }
    if let Some(parent) = group.parent {
        facts.push(Inline::filled(words.part_of_group, &[&group_link(page, parent)]));
    }
    let former = group.remarks.formerly().iter().map(|(id, _)| Inline::plain(page.name(*id)));
    let former = Inline::join(former, ", ");
    if !former.is_empty() {
        facts.push(Inline::filled(words.formerly_is, &[&former]));
    }
    facts.extend(
        fields(page, &group.remarks, FieldKind::Group)
            .into_iter()
            .map(|(title, text)| title.then(words.colon).and(&text)),
    );
    facts.push(provenance_of(page, words.the_group, group.origin, &group.remarks));
    facts
}

fn relations(page: &Page<'_>, document: &mut Document, processes: &[&Process]) {
    let words = page.words;
    let row = |process: &Process, relation: &crate::model::ProcessRelation| {
        vec![
            page.process_link(process.id),
            Inline::plain(said::verb(page.words, relation.kind)),
            page.process_link(relation.target.id),
            page.text_if(relation.text),
        ]
    };
    let rows: Vec<Vec<Inline>> =
        processes.iter().flat_map(|process| process.relations.iter().map(|relation| row(process, relation))).collect();
    if !rows.is_empty() {
        document.section(Vec::new(), Inline::plain(words.relations));
        let head = [words.process, words.relation, words.process, words.which_way];
        document.told_table(words.told_relations, words.relations, &head, rows);
        let mut notes = Notes::new(page);
        for (process, relation) in processes.iter().flat_map(|one| one.relations.iter().map(move |row| (one, row))) {
            let [from, to] = [process.id, relation.target.id].map(|id| page.name(id));
            notes.at(relation.origin, &format!("{from} {} {to}", said::verb(page.words, relation.kind)));
        }
        notes.print(document);
    }
}
