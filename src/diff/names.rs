//! A difference for people who do not know the ids of packages.

use std::collections::BTreeMap;

use super::{Change, Diff, FactChange, Side, What};

impl Diff {
    /// The same with catalogs, models and crosswalks called by what documents call them, by their ids; so are requirements.
    #[must_use]
    pub fn with_names(mut self, names: &BTreeMap<String, String>) -> Diff {
        let tell = |id: &mut String| {
            let (own, rest) = id.split_once(':').map_or((id.as_str(), None), |(own, rest)| (own, Some(rest)));
            let Some(name) = names.get(own) else { return };
            *id = rest.map_or_else(|| name.clone(), |rest| format!("{name}, {rest}"));
        };
        self.changes.iter_mut().for_each(|change| change.each_id(&tell));
        self.coverage.iter_mut().for_each(|row| tell(&mut row.catalog));
        let titles = std::mem::take(&mut self.titles).into_iter();
        self.titles = titles
            .map(|((kind, mut id), title)| {
                if kind == What::Catalog {
                    tell(&mut id);
                }
                ((kind, id), title)
            })
            .collect();
        self
    }
}

impl Change {
    /// The ids that are those of models, catalogs and crosswalks, or of requirements with their catalog.
    fn each_id(&mut self, tell: &dyn Fn(&mut String)) {
        if matches!(self.kind, What::Model | What::Catalog | What::Crosswalk | What::Requirement) {
            for Side { id, within, .. } in [&mut self.old, &mut self.new].into_iter().flatten() {
                tell(id);
                within.iter_mut().for_each(tell);
            }
            if let Some((old, new)) = &mut self.moved {
                [old, new].into_iter().flatten().for_each(tell);
            }
        }
        let names_one = |fact: &&mut FactChange| {
            fact.key.contains(':') || matches!(fact.property, "covers" | "drops" | "extends" | "measured by")
        };
        self.facts.iter_mut().filter(names_one).for_each(|fact| tell(&mut fact.key));
    }
}
