//! prm
pub mod checks;
pub mod codes;
pub mod coverage;
pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod source;
pub mod span;
pub mod syntax;
