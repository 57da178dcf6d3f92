//! The output against its own schema.
