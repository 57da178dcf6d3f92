//! All tests, in one binary. A module is an area; the driver is in `support`.

mod random;
mod support;

mod annexes;
mod assessment;
mod cases;
mod cli;
mod commonmark;
mod diff;
mod documents;
mod editors;
mod examples;
mod explain;
mod formatter;
mod fuzz;
mod layers;
mod layout;
mod lints;
mod lsp;
mod outputs;
mod pathology;
mod printed;
mod readme;
mod render;
mod review;
mod rim;
mod robust;
mod sight;
mod soa;
mod strangers;
mod tidy;
mod tree_sitter;
mod trees;
mod watch;
mod worlds;
mod writer;
