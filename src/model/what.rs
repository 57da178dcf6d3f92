//! The kinds of things that have names.

macro_rules! whats {
    ($($what:ident $word:literal)*) => {
        /// What a name can be the name of, in the order in which outputs list them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum What {
            $($what,)*
        }

        impl What {
            /// The word for people.
            pub fn word(self) -> &'static str {
                match self {
                    $(What::$what => $word,)*
                }
            }
        }
    };
}

whats! {
    Package "package"
    Alias "alias"
    Model "model"
    Field "field"
    Group "group"
    Process "process"
    Outcome "outcome"
    Practice "practice"
    Item "item"
    Annex "annex"
    Reference "reference"
    Term "term"
    Catalog "catalog"
    Requirement "requirement"
    Crosswalk "crosswalk"
    Framework "framework"
    Assessment "assessment"
    Exhibit "exhibit"
    Level "level"
    Attribute "attribute"
    Achievement "achievement"
    Rating "rating"
    Check "check"
}
