//! All outputs.
