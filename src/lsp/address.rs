//! Addresses of the protocol and paths of files.

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
