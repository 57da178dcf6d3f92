//! P7xx: layers and crosswalks. What a model's layers did to each other is judged for the model asked for.

mod dropped_reference;
mod line_to_heading;
mod lost_coverage;
mod replaced_partner;
mod suspect_link;
mod unjudged_link;

pub use dropped_reference::dropped_reference;
pub use line_to_heading::line_to_heading;
pub use lost_coverage::lost_coverage;
pub use replaced_partner::replaced_partner;
pub use suspect_link::suspect_link;
pub use unjudged_link::unjudged_link;
