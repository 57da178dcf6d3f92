//! Files on the disk: the only place that reads them.

use std::io;

use crate::source::{Entry, Files};

/// The disk, seen from the current folder.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            // A name that is no Unicode cannot be a package's file; a link to a folder is not followed, it may lead
            // outside of the package or in a circle.
            if let Ok(name) = entry.file_name().into_string() {
                entries.push(Entry { name, is_folder: entry.file_type()?.is_dir() });
            }
        }
        Ok(entries)
    }
}
