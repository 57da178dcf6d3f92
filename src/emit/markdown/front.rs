//! What stands before the processes: foreword, introduction, scope, terms; and what an author puts behind all else.

use super::changes::replaced;
use crate::document::{Block, Document, Inline, Role, Status, Term, read};
use crate::emit::page::{Page, annex_key, chapter_key, term_link};
use crate::emit::remark::Notes;
use crate::model::Text;

/// The foreword and the introduction, which have no number. Those of a base are in the document of the base.
pub(in crate::emit) fn front(page: &Page<'_>, document: &mut Document) {
    let head = page.head;
    for (title, role, text) in [
        (page.words.foreword, Role::Foreword, head.foreword),
        (page.words.introduction, Role::Introduction, head.introduction),
    ] {
        if let Some(text) = text {
            document.heading(2, Vec::new(), Inline::plain(title));
            document.is(role);
            free_text(page, document, role.word(), text);
        }
    }
}

/// A free text of the model with the notes on it.
pub(in crate::emit) fn free_text(page: &Page<'_>, document: &mut Document, word: &str, text: Text) {
    document.text(&page.marked(text), page);
    Notes::new(page).inner(&page.head.remarks, "", |within| within == word).print(document);
}

/// Chapter: what the model is for.
pub(super) fn scope(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("scope")], page.words.scope);
    document.is(Role::Scope);
    if let Some(scope) = page.head.scope {
        document.text(&page.marked(scope), page);
    } else {
        let lead = match page.head.domain {
            Some(domain) => Inline::filled(page.words.scope_lead_domain, &[&page.text(domain)]),
            None => Inline::plain(page.words.scope_lead),
        };
        document.paragraph(if lead.shown().ends_with('.') { lead } else { lead.then(".") });
    }
    context(page, document);
    notes_on_scope(page, document);
}

/// The notes of the model, and those on its scope and context.
pub(in crate::emit) fn notes_on_scope(page: &Page<'_>, document: &mut Document) {
    let is_here = |within: &str| within == "scope" || within == "context";
    Notes::new(page).some_of(&page.head.remarks, "", is_here).print(document);
}

/// In which setting the model is used, in the words of the model that says so.
pub(in crate::emit) fn context(page: &Page<'_>, document: &mut Document) {
    let Some(context) = page.head.context else { return };
    if let Some(base) = page.base_of(context) {
        document.paragraph(Inline::filled(page.words.words_of, &[&Inline::plain(&page.quoted(base.id))]));
    }
    document.text(&page.marked(context), page);
}

/// Chapter: the terms of the model, each as ISO 10241-1 lays out an entry: the term, the names that are admitted for it,
/// the definition, notes, and where it is from.
pub(in crate::emit) fn terms(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("terms")], page.words.terms);
    document.is(Role::Terms);
    document.paragraph(Inline::plain(match page.model().terms.is_empty() {
        true => page.words.no_terms,
        false => page.words.terms_lead,
    }));
    for term in &page.model().terms {
        let key = term_link(&page.input.sources.text(term.term));
        document.section(vec![key], page.text(term.term));
        let entry = Term {
            admitted: term.also.iter().map(|name| page.text(*name)).collect(),
            definition: read(&page.marked(term.text), page),
            remark: Inline::join(replaced(page, "", &term.remarks), " "),
            notes: Notes::new(page).of(&term.remarks, "").to_entry(),
            source: page.text_if(term.source),
        };
        document.blocks.push(Block::Term(entry));
    }
}

/// The annexes of the author's, behind those that are made.
pub(in crate::emit) fn annexes(page: &Page<'_>, document: &mut Document) {
    for annex in &page.model().annexes {
        document.annex(annex_key(page.name(annex.id)), Status::Informative, page.text(annex.title));
        document.parted_text(&page.marked(annex.text), page);
        Notes::new(page).of(&annex.remarks, "").print(document);
    }
}
