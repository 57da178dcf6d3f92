//! Finds two processes with one title (ISO/IEC 33004, 5.3.3).

use rustc_hash::FxHashMap;

use super::folded;
use crate::checks::Context;
use crate::codes::REPEATED_TITLE;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// P509.
pub fn repeated_title(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<String, Span> = FxHashMap::default();
    for process in context.package().model.processes.iter().filter(|process| !process.broken) {
        let title = context.sources.text(process.title);
        match seen.get(&folded(&title)) {
            None => {
                seen.insert(folded(&title), process.title);
            }
            Some(first) if context.is_own(process.origin) => found.push(
                Diagnostic::new(&REPEATED_TITLE, process.title, format!("two processes have the title `{title}`"))
                    .label("the second")
                    .also(*first, "the first")
                    .help("give one of them the title that tells it from the other"),
            ),
            Some(_) => {}
        }
    }
}
