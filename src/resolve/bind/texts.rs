//! References in texts, former ids, and the groups that processes have by their ids.

use super::Binder;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Name, What};
use crate::source::text;
use crate::span::Span;

impl Binder<'_> {
    /// Checks every `[[reference]]` in the texts of the package.
    pub(super) fn texts(&mut self) {
        for tree in &self.loaded.trees {
            let file = &self.sources.file(tree.file).text;
            if memchr::memmem::find(file.as_bytes(), b"[[").is_none() {
                continue;
            }
            let texts = tree.args.iter().filter(|arg| arg.role.is_text());
            for literal in texts.map(|arg| tree.span(arg)) {
                for (target, range) in text::references(self.sources.slice(literal)) {
                    let start = literal.start as usize;
                    self.text_reference(&target, Span::new(literal.file, start + range.start, start + range.end));
                }
                if let Some(range) = text::open_reference(self.sources.slice(literal)) {
                    let start = literal.start as usize;
                    self.open_reference(Span::new(literal.file, start + range.start, start + range.end));
                }
            }
        }
    }

    /// Reports brackets that open a reference, and are never closed.
    fn open_reference(&mut self, span: Span) {
        let named = self.slice(span).trim_start_matches('[').trim_end_matches(']').trim().to_owned();
        let found = Diagnostic::new(&codes::UNKNOWN_TEXT_REFERENCE, span, "this reference is never closed");
        self.report(match named.as_str() {
            "" => found
                .label("expected `]]` behind what it names")
                .help("close it on its line, as in `[[COM.01]]`; two brackets as such are written `\\[[`"),
            _ => found
                .label("expected `]]` behind it")
                .help(format!("write `[[{named}]]`; two brackets as such are written `\\[[`"))
                .perhaps(format!("[[{named}]]")),
        });
    }

    /// A process without a group by place or by `in` belongs to the group whose id with a dot begins its own.
    pub(super) fn group_by_prefix(&mut self) {
        for number in 0..self.package.model.processes.len() {
            let process = &self.package.model.processes[number];
            if process.group.is_none() {
                let group = self.prefix_group(process.id);
                self.package.model.processes[number].group = group;
            }
        }
    }

    fn prefix_group(&self, id: Name) -> Option<Name> {
        let id = self.state.program.name(id);
        let mut end = id.len();
        // The longest prefix wins.
        while let Some(dot) = id[..end].rfind('.') {
            if let Some(group) = self.element(&id[..dot], What::Group) {
                return Some(group);
            }
            end = dot;
        }
        None
    }

    /// Ids that elements had earlier must not be those of present ones.
    pub(super) fn former_ids(&mut self) {
        let model = &self.package.model;
        let all = model.elements().filter_map(|(element, _)| model.at(element));
        let former: Vec<(Name, Span)> = all.flat_map(|one| one.remarks().formerly().iter().copied()).collect();
        for (name, span) in former {
            if let Some(element) = self.package.model.index.get(&name).copied() {
                let id = self.state.program.name(name).to_owned();
                let place = self.package.model.at(element).map(|element| element.origin().span);
                let home = |span: Span| self.state.program.package_of(span);
                // What a layer takes for an element of its own is the layer's fault, and mended there.
                let diagnostic = match place.filter(|place| home(*place) != home(span) && home(*place) == Some(self.id))
                {
                    Some(place) => {
                        let message = format!("`{id}` is an id that an element of a base had earlier");
                        Diagnostic::new(&codes::LIVING_FORMER_ID, place, message)
                            .label("takes it for another element")
                            .also(span, "had it")
                            .help("choose an id of its own; ids of earlier editions are never given again")
                    }
                    None => {
                        let message = format!("`{id}` is not a former id: an element still has it");
                        let help =
                            "name only ids that are no longer used; ids of earlier editions are never given again";
                        let found =
                            Diagnostic::new(&codes::LIVING_FORMER_ID, span, message).label("still in use").help(help);
                        place.into_iter().fold(found, |found, place| found.also(place, "the element that has it"))
                    }
                };
                self.report(diagnostic);
            }
        }
    }
}
