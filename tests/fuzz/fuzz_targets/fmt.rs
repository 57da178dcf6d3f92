//! Any text is laid out, and stays so. That it says the same `format` proves itself.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let format = |text: &str| prm::formatter::format(text).unwrap().text;
    let once = format(text);
    assert_eq!(format(&once), once);
});
