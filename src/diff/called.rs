//! A difference for people who do not know the ids of packages.

use std::collections::BTreeMap;

use super::{Change, Diff, Side};

impl Diff {
    /// The same with catalogs called by what documents call them, by their ids; so are their requirements.
    #[must_use]
    pub fn with_catalogs_called(mut self, designations: &BTreeMap<String, String>) -> Diff {
        let called = |id: &mut String| {
            if let Some(designation) = designations.get(id.as_str()) {
                id.clone_from(designation);
            } else if let Some((catalog, rest)) = id.split_once(':')
                && let Some(designation) = designations.get(catalog)
            {
                *id = format!("{designation}, {rest}");
            }
        };
        self.changes.iter_mut().for_each(|change| change.each_id(&called));
        self.coverage.iter_mut().for_each(|row| called(&mut row.catalog));
        let titles = std::mem::take(&mut self.titles).into_iter();
        self.titles = titles
            .map(|(mut id, title)| {
                called(&mut id);
                (id, title)
            })
            .collect();
        self
    }
}

impl Change {
    fn each_id(&mut self, tell: &dyn Fn(&mut String)) {
        for Side { id, within, .. } in [&mut self.old, &mut self.new].into_iter().flatten() {
            tell(id);
            within.iter_mut().for_each(tell);
        }
        if let Some((old, new)) = &mut self.moved {
            [old, new].into_iter().flatten().for_each(tell);
        }
        self.facts.iter_mut().for_each(|fact| tell(&mut fact.key));
    }
}
