//! What a model covers of a catalog, and what it excludes of it.

use rustc_hash::FxHashSet;

use super::super::draft::{Draft, Fact, Tie};
use super::super::report::Action;
use super::{Settler, fact, tied};
use crate::import::ids;
use crate::import::known::Known;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::{Entry, Statement};

impl Settler<'_> {
    /// The statements on a catalog; none where it is not known: then what is said of it is left out, and told.
    pub(super) fn cover(&mut self, draft: &Draft) -> Vec<Entry> {
        let named = || tied(draft, Tie::Covers).flat_map(|refs| &refs.ids);
        let wanted = self.wanted.covers.as_ref();
        let is_named = |known: &Known, id: &str| known.id == id || known.id == *ids::legal(id);
        let found = named().chain(wanted).find_map(|id| self.known.iter().find(|known| is_named(known, id))).cloned();
        let Some(known) = found else {
            let named = named().next().map_or("the catalog", String::as_str);
            let why = format!(
                "`{named}` is not known here: import the catalog in the same run, name a package that has it with \
                `--with`, or say with `--covers` which one is meant"
            );
            self.left_out(draft, &why);
            return Vec::new();
        };
        let catalog = known.id.clone();
        self.see(&catalog);
        for refs in tied(draft, Tie::Covers) {
            let action = if refs.said.words == catalog { Action::Taken } else { Action::Changed };
            self.tell(action, "catalog covered".to_owned(), "", &refs.said, format!("it is `{catalog}`"));
        }
        let mut entries: Vec<Entry> = vec![Statement::new(Kind::Covers).word(Role::Ref, &catalog).into()];
        let mut excluded = Vec::new();
        let kept: Vec<(Tie, Vec<String>)> =
            [Tie::Keeps, Tie::KeepsAll].into_iter().map(|tie| (tie, self.chosen(draft, tie, &catalog))).collect();
        if draft.refs.iter().any(|refs| matches!(refs.tie, Tie::Keeps | Tie::KeepsAll)) {
            let is_kept =
                |tie: Tie, id: &str| kept.iter().any(|(own, ids)| *own == tie && ids.iter().any(|kept| kept == id));
            let mut with_inner: FxHashSet<&str> = FxHashSet::default();
            for (id, within) in known.controls() {
                let is_all = is_kept(Tie::KeepsAll, id) || within.is_some_and(|within| with_inner.contains(within));
                if is_all {
                    with_inner.insert(id);
                }
                if !is_all && !is_kept(Tie::Keeps, id) {
                    excluded.push(id.to_owned());
                }
            }
        }
        for id in self.chosen(draft, Tie::Excludes, &catalog) {
            if !excluded.contains(&id) {
                excluded.push(id);
            }
        }
        let mut exclude = |ids: Vec<String>, reason: String| {
            if !ids.is_empty() {
                let ids = ids.into_iter().map(|id| format!("{catalog}:{id}"));
                entries.push(Statement::new(Kind::Exclude).words(Role::Ref, ids).because(reason).into());
            }
        };
        exclude(excluded, "The profile does not take it.".to_owned());
        for inner in &draft.inner {
            let ids = self.chosen(inner, Tie::Excludes, &catalog);
            let reason = fact(inner, Fact::Reason);
            let what = "reason of an exclusion".to_owned();
            let id = ids.first().cloned().unwrap_or_default();
            let reason = reason.and_then(|said| self.paragraph(said, what, &id));
            exclude(ids, reason.unwrap_or_else(|| "The profile does not take it.".to_owned()));
        }
        entries
    }

    /// The rows of a catalog that are named by a tie; those that it does not have are told.
    fn chosen(&mut self, draft: &Draft, tie: Tie, catalog: &str) -> Vec<String> {
        let mut all = Vec::new();
        for refs in tied(draft, tie) {
            let super::Found { ids: mut found, lost, .. } = self.requirements(refs, catalog);
            let mut lost = lost;
            if let [pattern] = refs.ids.as_slice()
                && pattern.contains(['*', '?'])
            {
                let known = self.known.iter().find(|known| known.id == catalog);
                let controls = known.into_iter().flat_map(Known::controls).map(|(id, _)| id);
                found = controls.filter(|id| fits(pattern.as_bytes(), id.as_bytes())).map(str::to_owned).collect();
                lost.retain(|_| found.is_empty());
            }
            let (action, note) = match lost.first() {
                Some(id) => (Action::LeftOut, format!("`{catalog}` has no `{id}`")),
                None if found.first() != Some(&refs.said.words) => {
                    (Action::Changed, format!("it is `{}`", found.join("`, `")))
                }
                None => (Action::Taken, String::new()),
            };
            self.tell(action, tie.words().to_owned(), "", &refs.said, note);
            all.extend(found);
        }
        all
    }
}

/// Whether an id fits a pattern, in which `*` stands for any characters, and `?` for one.
fn fits(pattern: &[u8], id: &[u8]) -> bool {
    // Where the last star stands, and what it has taken so far.
    let (mut at, mut of, mut star) = (0, 0, None);
    while of < id.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, of));
                at += 1;
            }
            Some(byte) if *byte == b'?' || *byte == id[of] => {
                at += 1;
                of += 1;
            }
            _ => match star {
                Some((back, taken)) => {
                    star = Some((back, taken + 1));
                    (at, of) = (back + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit() {
        let fit = |pattern: &str, id: &str| fits(pattern.as_bytes(), id.as_bytes());
        assert!(fit("ac-*", "ac-1") && fit("*", "") && fit("a*-?", "ac-a-1") && fit("ac-1", "ac-1"));
        assert!(!fit("ac-*", "ca-1") && !fit("ac-?", "ac-12") && !fit("", "a") && !fit("a*b", "abc"));
        let stars = "*a".repeat(2_000);
        assert!(!fit(&stars, &"a".repeat(1_000)));
    }
}
