//! The pictures that texts name, each looked at once: where it is below its own package, what kind of picture it holds,
//! and how large it is shown. Writers of documents ask here, and nowhere else.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::document::{Marked, pictures as figures};
use crate::package::Loaded;
use crate::package::files::{self, Unseen, is_picture};
use crate::source::{Files, Sources, join};
use crate::span::Span;
use crate::syntax::tree::Role;

/// Pictures of more bytes, of all packages together, are not read.
const MOST_TOGETHER: usize = 256 << 20;

/// A picture below a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The package, by its position among those that were loaded.
    pub package: usize,
    /// The folder of the package, as diagnostics name it.
    pub folder: String,
    /// Its file, from there, with `/`.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// Its width and height, as it says itself: of a PNG or a JPEG in pixels, of an SVG in its own units.
    pub size: Option<(u32, u32)>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a picture holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// All pictures that the texts of a compilation name.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    all: Vec<Picture>,
    /// By the place of the text and the address in it.
    named: FxHashMap<Span, Vec<(String, usize)>>,
}

impl Pictures {
    /// The picture that the text at a place names by an address.
    pub fn named(&self, text: Span, address: &str) -> Option<usize> {
        let named = self.named.get(&text)?;
        named.iter().find(|(known, _)| known == address).map(|(_, number)| *number)
    }

    /// A picture, by its number.
    pub fn get(&self, number: usize) -> Option<&Picture> {
        self.all.get(number)
    }

    /// The files, as diagnostics name them.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.all.iter().map(|picture| join(&picture.folder, &picture.path))
    }
}

/// Looks at every picture that stands alone in its paragraph in a text of the packages.
pub fn look(files: &dyn Files, loaded: &[Loaded], sources: &Sources) -> (Pictures, Vec<Diagnostic>) {
    let mut looking =
        Looking { files, sources, pictures: Pictures::default(), seen: BTreeMap::new(), bytes: 0, found: Vec::new() };
    for (number, package) in loaded.iter().enumerate().filter(|(_, package)| !package.is_standard) {
        for tree in &package.trees {
            let is_text = Role::is_text;
            for text in tree.args.iter().filter(|arg| is_text(arg.role)).map(|arg| tree.span(arg)) {
                if sources.slice(text).contains("![") {
                    looking.text(number, text);
                }
            }
        }
    }
    (looking.pictures, looking.found)
}

struct Looking<'a> {
    files: &'a dyn Files,
    sources: &'a Sources,
    pictures: Pictures,
    /// What was asked for already, by package and path.
    seen: BTreeMap<(usize, String), Result<usize, Refused>>,
    bytes: usize,
    found: Vec<Diagnostic>,
}

/// Why a picture is not shown.
#[derive(Clone, Debug)]
struct Refused {
    message: String,
    label: &'static str,
    help: String,
}

impl Looking<'_> {
    fn text(&mut self, package: usize, text: Span) {
        let mut from = 0;
        for address in figures(&Marked::at(self.sources, text)) {
            match self.address(package, text, &address) {
                Ok(number) => self.pictures.named.entry(text).or_default().push((address, number)),
                Err(refused) => {
                    let literal = self.sources.slice(text);
                    let at = literal.get(from..).and_then(|rest| rest.find(&address)).map(|at| from + at);
                    let place = at.map_or(text, |at| {
                        let start = text.start as usize + at;
                        from = at + address.len();
                        Span::new(text.file, start, start + address.len())
                    });
                    let found = Diagnostic::new(&codes::UNSEEN_PICTURE, place, refused.message);
                    self.found.push(found.label(refused.label).help(refused.help));
                }
            }
        }
    }

    fn address(&mut self, package: usize, text: Span, address: &str) -> Result<usize, Refused> {
        let source = self.sources.file(text.file);
        let below = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(path) = path(below, address) else { return Err(outside(address)) };
        let key = (package, path);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let seen = self.picture(package, &source.folder, &key.1, address);
        let seen = seen.map(|picture| {
            self.pictures.all.push(picture);
            self.pictures.all.len() - 1
        });
        self.seen.insert(key, seen.clone());
        seen
    }

    fn picture(&mut self, package: usize, folder: &str, path: &str, address: &str) -> Result<Picture, Refused> {
        if !is_picture(path) {
            return Err(no_picture(address));
        }
        let bytes = files::picture(self.files, folder, path).map_err(|unseen| match unseen {
            Unseen::NotThere(beside) => not_there(path, address, &beside),
            Unseen::Outside => outside(address),
            Unseen::Unreadable(why) => Refused {
                message: format!("the picture `{address}` cannot be read: {why}"),
                label: "cannot be read",
                help: "put a picture there that can be read, or take this out".to_owned(),
            },
        })?;
        self.bytes += bytes.len();
        if self.bytes > MOST_TOGETHER {
            return Err(Refused {
                message: format!("the pictures up to `{address}` are larger than {} MiB together", MOST_TOGETHER >> 20),
                label: "too much",
                help: "make the pictures smaller, or take some out".to_owned(),
            });
        }
        match kind(&bytes).filter(|(kind, _)| is_called(path, *kind)) {
            Some((kind, size)) => {
                Ok(Picture { package, folder: folder.to_owned(), path: path.to_owned(), kind, size, bytes })
            }
            None => Err(no_picture(address)),
        }
    }
}

fn outside(address: &str) -> Refused {
    Refused {
        message: format!("the picture `{address}` is not in the package"),
        label: "leads out",
        help: "name a picture in the package, from the folder of this file; put a copy of it there".to_owned(),
    }
}

fn no_picture(address: &str) -> Refused {
    Refused {
        message: format!("`{address}` is no SVG, PNG or JPEG"),
        label: "no picture that documents can show",
        help: "save the picture as SVG, PNG or JPEG, in a file whose name ends in `.svg`, `.png` or `.jpg`".to_owned(),
    }
}

fn not_there(path: &str, address: &str, beside: &[String]) -> Refused {
    let name = path.rsplit('/').next().unwrap_or(path);
    let pictures = beside.iter().map(String::as_str).filter(|name| is_picture(name));
    let help = match words::nearest(name, pictures) {
        Some(near) => format!("did you mean `{near}`? A picture is named from the folder of this file"),
        None => format!("a picture is named from the folder of this file; in the package this is `{path}`"),
    };
    Refused { message: format!("there is no picture `{address}`"), label: "not there", help }
}

/// Where a picture is below its package, by its address from a folder there; `None` for what leads out.
fn path(folder: &str, address: &str) -> Option<String> {
    let address = unescaped(address);
    if address.starts_with('/') || address.contains(['\\', ':']) || address.contains(char::is_control) {
        return None;
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// An address without the escapes of addresses, as in `a%20plan.svg`.
fn unescaped(address: &str) -> String {
    let hex =
        |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|it| u8::try_from(it).ok());
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (Some(high), Some(low)) if *byte == b'%' => {
                out.push(high * 16 + low);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

/// Whether the name of a file is one of a picture of a kind.
fn is_called(path: &str, kind: Kind) -> bool {
    let path = path.to_lowercase();
    let ends: &[&str] = match kind {
        Kind::Svg => &[".svg"],
        Kind::Png => &[".png"],
        Kind::Jpeg => &[".jpg", ".jpeg"],
    };
    ends.iter().any(|end| path.ends_with(end))
}

/// What a file holds, and its width and height.
fn kind(bytes: &[u8]) -> Option<(Kind, Option<(u32, u32)>)> {
    if let Some(rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        // The first chunk is the head: its length, its name, width and height.
        let number = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
        let size = (rest.get(4..8) == Some(b"IHDR")).then(|| number(8).zip(number(12))).flatten();
        return size.map(|size| (Kind::Png, Some(size)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xd8") {
        return (rest.first() == Some(&0xff)).then(|| (Kind::Jpeg, jpeg_size(rest)));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    svg_head(text).map(|head| (Kind::Svg, svg_size(head)))
}

/// The size that the first frame of a JPEG states (ITU-T T.81, B.2.2).
fn jpeg_size(mut rest: &[u8]) -> Option<(u32, u32)> {
    loop {
        // Any number of fill bytes may stand before a marker.
        let at = rest.iter().position(|byte| *byte != 0xff)?;
        let marker = *rest.get(at)?;
        let segment = rest.get(at + 1..)?;
        let length = usize::from(u16::from_be_bytes(segment.get(..2)?.try_into().ok()?));
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let number = |at: usize| Some(u32::from(u16::from_be_bytes(segment.get(at..at + 2)?.try_into().ok()?)));
            return number(5).zip(number(3));
        }
        rest = segment.get(length.max(2)..)?;
        if rest.first() != Some(&0xff) {
            return None;
        }
    }
}

/// The first tag of an SVG, without its brackets; `None` for what is another document.
fn svg_head(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let (begins, ends) = match rest {
            _ if rest.starts_with("<?") => (2, "?>"),
            _ if rest.starts_with("<!--") => (4, "-->"),
            _ if rest.starts_with("<!DOCTYPE") && rest[..rest.find('>')?].contains('[') => (2, "]>"),
            _ if rest.starts_with("<!") => (2, ">"),
            _ => break,
        };
        let end = rest.get(begins..)?.find(ends)?;
        rest = rest[begins + end + ends.len()..].trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let name = tag.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'))?;
    // A prefix may stand before the name.
    let is_svg = tag[..name].rsplit(':').next() == Some("svg");
    is_svg.then(|| &tag[..tag.find('>').unwrap_or(tag.len())])
}

/// The width and height that an SVG states in units of its own, or those of its view box.
fn svg_size(head: &str) -> Option<(u32, u32)> {
    let value = |name: &str| {
        let mut rest = head;
        loop {
            let at = rest.find(name)?;
            let behind = rest[at + name.len()..].trim_start();
            let is_name = rest[..at].ends_with(char::is_whitespace);
            if let Some(value) = behind.strip_prefix('=').filter(|_| is_name) {
                let value = value.trim_start();
                let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                return value[1..].split(quote).next();
            }
            rest = &rest[at + name.len()..];
        }
    };
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().and_then(whole);
    let stated = value("width").and_then(number).zip(value("height").and_then(number));
    stated.or_else(|| {
        let mut numbers = value("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        numbers.next().and_then(number).zip(numbers.next().and_then(number))
    })
}

/// A length in whole units, where it is one that a page could hold.
fn whole(length: f64) -> Option<u32> {
    let text = format!("{:.0}", length.ceil());
    text.parse().ok().filter(|whole| (1..1_000_000).contains(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_package() {
        for (folder, address, expected) in [
            ("", "a.svg", Some("a.svg")),
            ("sub/deep", "../a%20b.PNG", Some("sub/a b.PNG")),
            ("sub", "./figures//a.jpeg", Some("sub/figures/a.jpeg")),
            ("sub", "../../a.svg", None),
            ("", "../a.svg", None),
            ("", "%2e%2e/a.svg", None),
            ("", "/etc/a.svg", None),
            ("", "c:\\a.svg", None),
        ] {
            assert_eq!(path(folder, address).as_deref(), expected, "{folder} {address}");
        }
    }

    #[test]
    fn what_files_hold() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x03\x08";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0\0\x11\x08\0\x05\x01\0\x03";
        type Held = Option<(Kind, Option<(u32, u32)>)>;
        let cases: [(&[u8], Held); 12] = [
            (png, Some((Kind::Png, Some((258, 3))))),
            (&png[..12], None),
            (jpeg, Some((Kind::Jpeg, Some((256, 5))))),
            (&jpeg[..7], Some((Kind::Jpeg, None))),
            (b"<svg width='10' height=\"20.5px\"/>", Some((Kind::Svg, Some((10, 21))))),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<s:svg stroke-width='1' viewBox='0 0 3 4'>",
                Some((Kind::Svg, Some((3, 4)))),
            ),
            (b"<svg width='100%'>", Some((Kind::Svg, None))),
            (b"<html><svg/></html>", None),
            (b"<svgx/>", None),
            (b"<!--", None),
            (b"", None),
            (b"\xff\xd8", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
