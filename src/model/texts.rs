//! All texts that a model has to print.

use super::{Model, Process, Remarks, Text};

impl Model {
    /// The texts of its elements and of what layers pass on of its head; not what its head says of itself alone.
    pub fn texts(&self) -> Vec<Text> {
        let mut texts = Vec::new();
        if let Some(head) = &self.head {
            texts.extend([head.domain, head.context, head.community, head.consensus].into_iter().flatten());
            texts.extend(head.exclusions.iter().filter_map(|row| row.because));
            for row in &head.applications {
                texts.extend(row.because);
                say(&mut texts, &row.remarks);
            }
        }
        for group in &self.groups {
            texts.extend(group.text.into_iter().chain([group.title]));
            say(&mut texts, &group.remarks);
        }
        for process in &self.processes {
            texts.push(process.title);
            texts.extend([process.purpose, process.context].into_iter().flatten().map(|stated| stated.text));
            texts.extend(process.relations.iter().filter_map(|relation| relation.text));
            say(&mut texts, &process.remarks);
            for outcome in &process.outcomes {
                texts.push(outcome.text);
                texts.extend(outcome.links.iter().filter_map(|link| link.because));
                say(&mut texts, &outcome.remarks);
            }
            for practice in &process.practices {
                texts.extend(practice.name.into_iter().chain([practice.text]));
                say(&mut texts, &practice.remarks);
            }
        }
        for item in &self.items {
            texts.push(item.title);
            texts.extend(&item.characteristics);
            say(&mut texts, &item.remarks);
        }
        for term in &self.terms {
            texts.push(term.text);
            say(&mut texts, &term.remarks);
        }
        texts
    }
}

impl Process {
    /// Hands out its own texts, but for its title and its fields; one that says why several links are there, for each.
    pub fn each_text(&mut self, take: &mut dyn FnMut(&mut Text)) {
        self.purpose.iter_mut().chain(&mut self.context).for_each(|stated| take(&mut stated.text));
        self.relations.iter_mut().filter_map(|relation| relation.text.as_mut()).for_each(&mut *take);
        self.remarks.each_note(take);
        for outcome in &mut self.outcomes {
            take(&mut outcome.text);
            outcome.links.iter_mut().filter_map(|link| link.because.as_mut()).for_each(&mut *take);
            outcome.remarks.each_note(take);
        }
        for practice in &mut self.practices {
            practice.name.iter_mut().for_each(&mut *take);
            take(&mut practice.text);
            practice.remarks.each_note(take);
        }
    }
}

impl Remarks {
    fn each_note(&mut self, take: &mut dyn FnMut(&mut Text)) {
        self.0.iter_mut().flat_map(|body| &mut body.notes).for_each(take);
    }
}

fn say(texts: &mut Vec<Text>, remarks: &Remarks) {
    texts.extend(remarks.notes());
    texts.extend(remarks.inner().iter().map(|note| note.text));
    texts.extend(remarks.fields().iter().map(|value| value.text));
}
