//! All tests, in one binary. A module is an area; the driver is in `support`.

mod support;

mod cases;
mod cli;
mod coverage;
mod documents;
mod explain;
mod layout;
mod lsp;
mod readme;
mod render;
mod robust;
mod tidy;
mod worlds;
