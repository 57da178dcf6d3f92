//! The kinds of things that have names.

/// What a name can be the name of, in the order in which outputs list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum What {
    Package,
    Alias,
    Model,
    Field,
    Group,
    Process,
    Outcome,
    Practice,
    Item,
    Annex,
    Reference,
    Term,
    Catalog,
    Requirement,
    Crosswalk,
    Framework,
    Check,
}

impl What {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            What::Package => "package",
            What::Alias => "alias",
            What::Model => "model",
            What::Field => "field",
            What::Group => "group",
            What::Process => "process",
            What::Outcome => "outcome",
            What::Practice => "practice",
            What::Item => "item",
            What::Annex => "annex",
            What::Reference => "reference",
            What::Term => "term",
            What::Catalog => "catalog",
            What::Requirement => "requirement",
            What::Crosswalk => "crosswalk",
            What::Framework => "framework",
            What::Check => "check",
        }
    }
}
