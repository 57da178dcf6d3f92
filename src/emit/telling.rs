//! What documents tell besides what they are about.

use crate::package::manifest::Options;

/// What a document tells besides what it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Of each element, which layer added, replaced or left it out, where and why.
    pub provenance: bool,
    /// Statuses, gaps and findings, for those who still work on the model.
    pub draft: bool,
    /// Our own drawings, which stand in files beside some forms.
    pub drawings: bool,
}

impl From<bool> for Telling {
    fn from(provenance: bool) -> Telling {
        Telling { provenance, ..Telling::default() }
    }
}

impl From<&Options> for Telling {
    fn from(options: &Options) -> Telling {
        Telling { provenance: options.provenance, draft: options.draft, drawings: false }
    }
}
