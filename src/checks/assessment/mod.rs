//! P6xx: assessment models (ISO/IEC 33004, clause 6).

mod foreign_outcome;
mod idle_practice;
mod missing_framework;
mod unachieved_outcome;
mod unused_item;

pub use foreign_outcome::foreign_outcome;
pub use idle_practice::idle_practice;
pub use missing_framework::missing_framework;
pub use unachieved_outcome::unachieved_outcome;
pub use unused_item::unused_item;
