//! Any bytes compile to something.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = prm::source::Memory([("main.prm".to_owned(), bytes.to_vec())].into());
    prm::compile(&files, "main.prm");
});
