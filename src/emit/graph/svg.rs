//! Pictures as SVG: no scripts, no fonts from elsewhere, light and dark, and a title on everything.

mod boxes;
mod grid;
mod lanes;
pub mod map;
mod page;
mod path;
mod routes;
pub mod text;
pub mod trace;
