//! prm
pub mod codes;
pub mod diagnostic;
pub mod render;
pub mod source;
pub mod span;
pub mod syntax;
