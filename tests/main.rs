//! All tests, in one binary. A module is an area; the driver is in `support`.

mod random;
mod support;

mod annexes;
mod assessment;
mod cases;
mod cli;
mod diff;
mod documents;
mod editors;
mod examples;
mod explain;
mod formatter;
mod layers;
mod layout;
mod lsp;
mod notes;
mod outputs;
mod pathology;
mod readme;
mod render;
mod review;
mod rim;
mod robust;
mod soa;
mod tidy;
mod tree_sitter;
mod watch;
mod worlds;
mod writer;
