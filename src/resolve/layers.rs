//! Lays a model over its bases: what a base says is taken in, and what the layer says of it is done to it.

use super::State;
use super::collect::Pending;
use super::scope::Scope;
use crate::model::Package;
use crate::package::Loaded;
use crate::source::Sources;

/// Lays the model of a package over those that it extends.
pub fn lay(
    _state: &mut State,
    _package: &mut Package,
    _pending: &[Pending],
    _loaded: &Loaded,
    _scope: &Scope,
    _sources: &Sources,
) {
}
