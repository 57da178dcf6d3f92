//! The assessment model as source: a package that uses the model, extends it, and states a practice for each draft.

use crate::emit::Input;
use crate::emit::draft::{self, Draft};
use crate::emit::order;
use crate::emit::page::Page;
use crate::emit::text::Marked;
use crate::model::Process;

/// The source of the model asked for; empty for a package without a model.
pub fn pam_prm(input: &Input<'_>) -> String {
    let Some(page) = Page::new(*input) else { return String::new() };
    let id = page.name(page.head.id);
    let title = page.marked(page.head.title);
    let title = Marked::from_marked(format!("{}: process assessment model", title.marked())).literal();
    let mut source = format!(
        "// A process assessment model of {id}. A practice with the note \"draft\" was made from its outcome:\n\
         // complete it, and drop the note.\n\nuse {}\n\nmodel {id}-pam {title} extends {id}\n",
        page.package.name
    );
    for process in order::processes(input) {
        let drafts = draft::practices(input, process);
        if !drafts.is_empty() {
            source.push_str(&extension(&page, process, &drafts));
        }
    }
    source
}

fn extension(page: &Page<'_>, process: &Process, drafts: &[Draft]) -> String {
    let mut source = format!("\nextend process {} {{\n", page.name(process.id));
    for draft in drafts {
        let outcome = page.model().outcome(draft.achieves).map(|outcome| page.number(outcome)).unwrap_or_default();
        let Draft { own_id, text, .. } = draft;
        source.push_str(&format!("  practice {own_id} {} achieves {outcome} {{ note \"draft\" }}\n", text.literal()));
    }
    source.push_str("}\n");
    source
}
