//! P6xx: assessment models (ISO/IEC 33004, clause 6).

mod missing_framework;

pub use missing_framework::missing_framework;

use super::Check;

include!(concat!(env!("OUT_DIR"), "/assessment.rs"));
