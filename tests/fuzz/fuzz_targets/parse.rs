//! Any text has a tree.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    prm::syntax::parse(prm::span::FileId(0), text);
});
