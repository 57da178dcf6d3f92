//! Archives (zip), as workbooks and documents are: opened in this one place, with bounds on all that they hold.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::{Refused, xml};

/// Members of an archive; bytes of all of them, of one, and of one that is read into memory as a whole.
const MEMBERS: usize = 4096;
const ALL_BYTES: u64 = 512 << 20;
const PART_BYTES: u64 = 256 << 20;

/// An archive whose members are known to be bounded.
pub(super) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Opens an archive; `what` is what it should be: "a workbook (.xlsx)".
    ///
    /// # Errors
    /// Where it is no archive, is cut off, is encrypted, or says that it holds more than may be.
    pub(super) fn open(bytes: &'a [u8], what: &str) -> Result<Archive<'a>, Refused> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Refused::new(
                "it is in the old binary form, or protected by a password",
                format!("open it, take the password away, and save it as {what}"),
            ));
        }
        let again = || format!("save it again as {what}");
        let count = counted(bytes)
            .ok_or_else(|| Refused::new(format!("it is not {what}, or it is cut off: its end is missing"), again()))?;
        if count > MEMBERS {
            return Err(Refused::new(format!("it holds more than {MEMBERS} files"), again()));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Refused::new(format!("it is not {what}: {error}"), again()))?;
        if archive.len() != count {
            return Err(Refused::new("two files in it have one name, or its list of files is wrong", again()));
        }
        let mut all = 0_u64;
        for at in 0..archive.len() {
            let member = archive
                .by_index_raw(at)
                .map_err(|error| Refused::new(format!("a file in it cannot be read: {error}"), again()))?;
            let name = member.name().unwrap_or_default().into_owned();
            if member.encrypted() {
                return Err(Refused::new(format!("`{name}` in it is encrypted"), "save it without a password"));
            }
            if !matches!(member.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Refused::new(format!("`{name}` in it is packed in a way that is not known"), again()));
            }
            all = all.saturating_add(member.size());
            if member.size() > PART_BYTES || all > ALL_BYTES {
                return Err(Refused::new(
                    format!("it would be larger than {} MiB unpacked", ALL_BYTES >> 20),
                    "split it into several files",
                ));
            }
        }
        Ok(Archive(archive))
    }

    /// The names of its members, in its order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// The text of a member; `None` where there is none of this name.
    ///
    /// # Errors
    /// Where it is larger than `most` bytes, or what it holds is not what the archive says of it.
    pub(super) fn text(&mut self, name: &str, most: u64) -> Result<Option<String>, Refused> {
        self.bytes(name, most)?.map(|bytes| xml::decoded(bytes, name)).transpose()
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Refused> {
        let Some(at) = self.0.index_for_name(name) else { return Ok(None) };
        let broken = |error: &dyn std::fmt::Display| {
            Refused::new(format!("`{name}` in it cannot be read: {error}"), "save it again with the program it is from")
        };
        let member = self.0.by_index(at).map_err(|error| broken(&error))?;
        if member.size() > most {
            return Err(Refused::new(
                format!("`{name}` in it is larger than {} MiB", most >> 20),
                "split it into several files",
            ));
        }
        let mut bytes = Vec::new();
        member.take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        Ok(Some(bytes))
    }

    /// What the parts beside a part are: id, kind (the last word of its address), and the name of each.
    ///
    /// # Errors
    /// Where the list of them is no XML.
    pub(super) fn related(&mut self, part: &str) -> Result<Vec<Related>, Refused> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let list = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let Some(text) = self.text(&list, 16 << 20)? else { return Ok(Vec::new()) };
        let mut xml = xml::Xml::new(&text, &list);
        let mut found = Vec::new();
        while let Some(piece) = xml.next()? {
            let xml::Piece::Open(tag) = piece else { continue };
            if !tag.is("Relationship") || tag.get("TargetMode").as_deref() == Some("External") {
                continue;
            }
            let kind = tag.get("Type").unwrap_or_default();
            found.push(Related {
                id: tag.get("Id").unwrap_or_default().into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                name: resolved(folder, &tag.get("Target").unwrap_or_default()),
            });
        }
        Ok(found)
    }
}

/// A part that another names.
pub(super) struct Related {
    /// By which the other names it.
    pub(super) id: String,
    /// What it is: `worksheet`, `styles`, `comments`.
    pub(super) kind: String,
    /// Its name in the archive.
    pub(super) name: String,
}

/// The name of a part, as seen from a folder of the archive.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        match segment {
            "." | "" => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    segments.join("/")
}

/// How many members the end of an archive tells of; `None` where there is no such end.
fn counted(bytes: &[u8]) -> Option<usize> {
    const END: usize = 22;
    let from = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let tail = bytes.get(from..)?;
    let at = memchr::memmem::rfind(tail, b"PK\x05\x06")?;
    let record = tail.get(at..at + END)?;
    Some(usize::from(u16::from_le_bytes([record[10], record[11]])))
}
