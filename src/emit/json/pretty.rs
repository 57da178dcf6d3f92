//! The one way in which outputs write JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::render::printable;

/// Writes a document of JSON, laid out for people. What would act where it is shown stands as its number.
///
/// # Errors
/// Where `out` cannot be written.
pub fn pretty(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Escaping(io::BufWriter::new(out));
    serde_json::to_writer_pretty(&mut out, document)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Takes JSON in stretches of whole characters, as serde_json writes it.
struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match str::from_utf8(bytes) {
            Ok(text) if !bytes.is_ascii() => self.0.write_all(printable::json(text).as_bytes())?,
            _ => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_acts_and_nothing_is_lost() {
        let text = "a\u{202e}b\u{9b}\u{200d}\u{e0041}é\n";
        let mut bytes = Vec::new();
        pretty(&[text], &mut bytes).unwrap();
        let written = String::from_utf8(bytes).unwrap();
        assert_eq!(written, "[\n  \"a\\u202eb\\u009b\\u200d\\udb40\\udc41é\\n\"\n]\n");
        assert_eq!(serde_json::from_str::<[String; 1]>(&written).unwrap(), [text]);
    }
}
