//! Profiles: what somebody takes out of catalogs, as a model that covers them and excludes the rest.

use rustc_hash::FxHashMap;

use super::{Metadata, leave, line, metadata, referred, resources};
use crate::import::draft::{Draft, Fact, Refs, Said, Tie, What};
use crate::import::report::{Action, Line};
use crate::import::tree::Node;

/// Reads a profile.
pub fn read(mut node: Node, lines: &mut Vec<Line>) -> Draft {
    let Metadata { title, edition, remarks, props: own } = metadata(&mut node, lines);
    let mut draft = Draft::new(What::Model);
    draft.title = title;
    draft.facts.extend(edition.map(|said| (Fact::Edition, said)));
    draft.facts.extend(remarks.map(|said| (Fact::Notice, said)));
    let (mut reasons, mut tokens) = (Vec::new(), FxHashMap::default());
    for prop in own {
        match prop.name.as_str() {
            "id" if prop.is_own && prop.class.is_none() => draft.id = Some(prop.said),
            // Ids that are no tokens, each by the token that stands for it.
            "id" if prop.is_own => {
                tokens.extend(prop.class.clone().map(|token| (token, prop.said.words.clone())));
                leave(vec![prop], lines);
            }
            "exclude" if prop.is_own && prop.class.is_some() => reasons.push(prop),
            _ => leave(vec![prop], lines),
        }
    }
    let resources = resources(&mut node, lines);
    for mut import in node.take_all("imports", lines) {
        let mut cover = Draft::new(What::Cover);
        if let Some(said) = import.said("href", lines) {
            cover.refs.push(Refs { tie: Tie::Covers, ids: referred(&said, &resources), said });
        }
        if let Some(all) = import.take("include-all") {
            all.leave("it says that all is taken", lines);
        }
        for (name, tie) in [("include-controls", Tie::Keeps), ("exclude-controls", Tie::Excludes)] {
            for mut choice in import.take_all(name, lines) {
                let with_inner = choice.peek("with-child-controls") == Some("yes");
                choice.tell("with-child-controls", Action::Merged, "it says what the ids beside it stand for", lines);
                for id in choice.take_list("with-ids") {
                    let Some(word) = id.value.word().map(str::to_owned) else {
                        id.leave("it is no id", lines);
                        continue;
                    };
                    let tie = if tie == Tie::Keeps && with_inner { Tie::KeepsAll } else { tie };
                    let meant = tokens.get(&word).unwrap_or(&word).clone();
                    cover.refs.push(Refs { tie, ids: vec![meant], said: Said::new(word, id.path) });
                }
                for mut matching in choice.take_all("matching", lines) {
                    if let Some(said) = matching.said("pattern", lines) {
                        let tie = if tie == Tie::Keeps && with_inner { Tie::KeepsAll } else { tie };
                        cover.refs.push(Refs { tie, ids: vec![said.words.clone()], said });
                    }
                    matching.leave("the language has nothing for it", lines);
                }
                choice.leave("controls are chosen by their ids and by patterns of these", lines);
            }
        }
        import.leave("the language has nothing for it", lines);
        draft.inner.push(cover);
    }
    // A reason goes with what it is the reason of, as the profile names it.
    for prop in reasons {
        let token = prop.class.clone().unwrap_or_default();
        let reason = prop.said;
        let mut given = None;
        for cover in &mut draft.inner {
            if let Some(at) = cover.refs.iter().position(|refs| refs.tie == Tie::Excludes && refs.said.words == token) {
                let mut exclusion = Draft::new(What::Exclusion);
                exclusion.refs.push(cover.refs.remove(at));
                given = Some(&mut cover.inner);
                exclusion.facts.push((Fact::Reason, reason.clone()));
                given.iter_mut().for_each(|inner| inner.push(exclusion.clone()));
                break;
            }
        }
        if given.is_none() {
            line(Action::LeftOut, "reason".to_owned(), reason, "the profile does not exclude it", lines);
        }
    }
    for name in ["merge", "modify"] {
        let note = match name {
            "merge" => "documents have the order of the catalog",
            _ => "a model says by its own outcomes what it makes of a requirement",
        };
        node.tell(name, Action::LeftOut, note, lines);
    }
    node.leave("the language has nothing for it", lines);
    draft
}
