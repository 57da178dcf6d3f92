//! The compiler's terms to the protocol's: addresses, places, diagnostics. Nothing else translates a [`Diagnostic`]
//! for the editor.

use lsp_types as lsp;

use super::lines::Positions;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::span::Span;

/// Where the pages of the codes lie.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/src/explain/");

/// The path of an address: of a file its path with `/`, of anything else, such as an unsaved buffer, the address.
pub fn path(uri: &str) -> String {
    let Some(rest) = uri.strip_prefix("file://") else { return uri.to_owned() };
    // Between the slashes may stand a host.
    let path = rest.find('/').map_or(rest, |slash| &rest[slash..]);
    let path = decoded(path);
    let is_drive = matches!(path.as_bytes(), [b'/', letter, b':', ..] if letter.is_ascii_alphabetic());
    if is_drive { path[1..].to_owned() } else { path }
}

/// The address of a path.
pub fn uri(path: &str) -> String {
    let is_drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if !path.starts_with('/') && !is_drive {
        return path.to_owned();
    }
    let mut uri = if is_drive { "file:///".to_owned() } else { "file://".to_owned() };
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code =
            text.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        decoded.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// A diagnostic, at a range of its file.
pub fn diagnostic(
    workspace: &Workspace,
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    range: lsp::Range,
) -> lsp::Diagnostic {
    let code = diagnostic.code;
    let related: Vec<lsp::DiagnosticRelatedInformation> =
        diagnostic.secondary.iter().map(|label| related(workspace, snapshot, label)).collect();
    let message = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    lsp::Diagnostic {
        range,
        severity: Some(severity(diagnostic.severity)),
        code: Some(lsp::Code::String(code.code.to_owned())),
        code_description: Some(lsp::CodeDescription { href: lsp::Uri(format!("{PAGES}{}.md", code.code)) }),
        source: Some("prm".to_owned()),
        message: lsp::Message::String(message),
        tags: None,
        related_information: (!related.is_empty() && workspace.client.related_information).then_some(related),
        data: None,
    }
}

fn related(workspace: &Workspace, snapshot: &Snapshot, label: &Label) -> lsp::DiagnosticRelatedInformation {
    let message = if label.text.is_empty() { "here".to_owned() } else { label.text.clone() };
    lsp::DiagnosticRelatedInformation { location: workspace.location(snapshot, label.span), message }
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Hint | Severity::Off => lsp::DiagnosticSeverity::Hint,
    }
}

/// The diagnostics of a compilation in one file, at the places where they are now; hints where they are asked for.
pub fn diagnostics_of(workspace: &Workspace, snapshot: &Snapshot, path: &str) -> Vec<lsp::Diagnostic> {
    let Some(file) = snapshot.file(path) else { return Vec::new() };
    let is_shown = |severity: Severity| severity != Severity::Hint || workspace.client.pedantic;
    let all = &snapshot.compilation.diagnostics;
    let of_file = all.iter().filter(|diagnostic| diagnostic.primary.span.file == file && is_shown(diagnostic.severity));
    let seen = workspace.seen(snapshot, file);
    let positions = Positions::new(seen.text, seen.lines, workspace.client.encoding);
    of_file.map(|found| diagnostic(workspace, snapshot, found, positions.range(seen.now(found.primary.span)))).collect()
}

/// The same place as a range of a text that has not changed.
pub fn range(positions: &Positions<'_>, span: Span) -> lsp::Range {
    positions.range(span.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths() {
        for (address, there) in [
            ("file:///a/b%20c/%C3%A4.prm", "/a/b c/ä.prm"),
            ("file:///C%3A/models/x.prm", "C:/models/x.prm"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(path(address), there);
            assert_eq!(uri(there), address);
        }
        assert_eq!(path("file://localhost/a.prm"), "/a.prm");
        assert_eq!(path("file:///100%.prm"), "/100%.prm");
    }
}
