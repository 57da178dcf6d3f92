//! The standard library, embedded in the binary.

/// Its files. `tests/tidy.rs` holds that none is missing.
const FILES: &[(&str, &str)] = &[
    ("iso27001-2013-2022/crosswalk.prm", include_str!("../../stdlib/iso27001-2013-2022/crosswalk.prm")),
    ("iso27001-2013-2022/prm.toml", include_str!("../../stdlib/iso27001-2013-2022/prm.toml")),
    ("iso27001-2013/catalog.prm", include_str!("../../stdlib/iso27001-2013/catalog.prm")),
    ("iso27001-2013/prm.toml", include_str!("../../stdlib/iso27001-2013/prm.toml")),
    ("iso27001-2022/catalog.prm", include_str!("../../stdlib/iso27001-2022/catalog.prm")),
    ("iso27001-2022/prm.toml", include_str!("../../stdlib/iso27001-2022/prm.toml")),
    ("iso33004/catalog.prm", include_str!("../../stdlib/iso33004/catalog.prm")),
    ("iso33004/prm.toml", include_str!("../../stdlib/iso33004/prm.toml")),
    ("iso33020-2015-refined/framework.prm", include_str!("../../stdlib/iso33020-2015-refined/framework.prm")),
    ("iso33020-2015-refined/prm.toml", include_str!("../../stdlib/iso33020-2015-refined/prm.toml")),
    ("iso33020-2015/framework.prm", include_str!("../../stdlib/iso33020-2015/framework.prm")),
    ("iso33020-2015/prm.toml", include_str!("../../stdlib/iso33020-2015/prm.toml")),
    ("iso33052-2022/com.prm", include_str!("../../stdlib/iso33052-2022/com.prm")),
    ("iso33052-2022/model.prm", include_str!("../../stdlib/iso33052-2022/model.prm")),
    ("iso33052-2022/org.prm", include_str!("../../stdlib/iso33052-2022/org.prm")),
    ("iso33052-2022/prm.toml", include_str!("../../stdlib/iso33052-2022/prm.toml")),
    ("iso33052-2022/tec.prm", include_str!("../../stdlib/iso33052-2022/tec.prm")),
    ("iso33052/com.prm", include_str!("../../stdlib/iso33052/com.prm")),
    ("iso33052/model.prm", include_str!("../../stdlib/iso33052/model.prm")),
    ("iso33052/org.prm", include_str!("../../stdlib/iso33052/org.prm")),
    ("iso33052/prm.toml", include_str!("../../stdlib/iso33052/prm.toml")),
    ("iso33052/tec.prm", include_str!("../../stdlib/iso33052/tec.prm")),
    ("iso33052/terms.prm", include_str!("../../stdlib/iso33052/terms.prm")),
    ("iso33052/top.prm", include_str!("../../stdlib/iso33052/top.prm")),
    ("nist-csf-2.0-iso27001-2022/crosswalk.prm", include_str!("../../stdlib/nist-csf-2.0-iso27001-2022/crosswalk.prm")),
    ("nist-csf-2.0-iso27001-2022/prm.toml", include_str!("../../stdlib/nist-csf-2.0-iso27001-2022/prm.toml")),
    ("nist-csf-2.0/catalog.prm", include_str!("../../stdlib/nist-csf-2.0/catalog.prm")),
    ("nist-csf-2.0/prm.toml", include_str!("../../stdlib/nist-csf-2.0/prm.toml")),
];

/// The names of its packages, in order.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = FILES.iter().filter_map(|(path, _)| path.strip_suffix("/prm.toml")).collect();
    names.sort_unstable();
    names
}

/// A package's manifest, and its files with their paths, in the order of the paths.
pub fn package(name: &str) -> Option<(&'static str, Vec<(&'static str, &'static str)>)> {
    let below = |(path, text): &(&'static str, &'static str)| {
        let (package, path) = path.split_once('/')?;
        (package == name).then_some((path, *text))
    };
    let (mut manifests, mut files): (Vec<_>, Vec<_>) =
        FILES.iter().filter_map(below).partition(|(path, _)| *path == "prm.toml");
    files.sort_unstable();
    manifests.pop().map(|(_, manifest)| (manifest, files))
}
