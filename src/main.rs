//! The command.

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    struct Disk;
    impl prm::source::Files for Disk {
        fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
            std::fs::read(path)
        }
        fn list(&self, folder: &str) -> std::io::Result<Vec<prm::source::Entry>> {
            std::fs::read_dir(folder)?
                .map(|entry| {
                    let entry = entry?;
                    Ok(prm::source::Entry {
                        name: entry.file_name().to_string_lossy().into_owned(),
                        is_folder: entry.file_type()?.is_dir(),
                    })
                })
                .collect()
        }
    }
    let c = prm::compile(&Disk, &path);
    print!("{}", prm::render::diagnostics(prm::render::MessageFormat::Human, &c.diagnostics, &c.sources, false));
    for catalog in &c.coverage.catalogs {
        println!("{:?}", catalog.summary);
    }
    println!("{:?}", c.unreadable);
}
