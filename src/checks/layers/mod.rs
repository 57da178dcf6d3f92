//! P7xx: layers and crosswalks.

mod line_to_heading;

pub use line_to_heading::line_to_heading;
