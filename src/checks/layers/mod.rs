//! P7xx: layers and crosswalks. What a model's layers did to each other is judged for the model asked for.

mod claim;
mod contradicting_lines;
mod correspondence;
mod dropped_reference;
mod dropped_source;
mod line_to_heading;
mod lost_coverage;
mod repeated_equals;
mod replaced_partner;
mod suspect_link;
mod unjudged_link;
mod unreached_target;

pub use contradicting_lines::contradicting_lines;
pub use dropped_reference::dropped_reference;
pub use dropped_source::dropped_source;
pub use line_to_heading::line_to_heading;
pub use lost_coverage::lost_coverage;
pub use repeated_equals::repeated_equals;
pub use replaced_partner::replaced_partner;
pub use suspect_link::suspect_link;
pub use unjudged_link::unjudged_link;
pub use unreached_target::unreached_target;
