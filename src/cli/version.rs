//! `prm --version`: of the program, the commit that it was built from, and the editions of what comes with it.

use super::{Exit, output};
use crate::model::Package;
use crate::package::standard_names;
use crate::source::Memory;

/// The version, and the commit where the build knew it.
pub fn line() -> String {
    let commit = option_env!("PRM_COMMIT").filter(|commit| !commit.is_empty());
    let commit = commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
    format!("prm {}{commit}", env!("CARGO_PKG_VERSION"))
}

/// Prints it.
pub fn show() -> Exit {
    let text = format!("{}\n\n{}", line(), library());
    output::write_text(None, &[], &text, false).map_or(Exit::Failed, |()| Exit::Fine)
}

/// The packages that come with the program, each with its version and the documents that it is after.
fn library() -> String {
    let uses: String = standard_names().iter().map(|name| format!("use {name}\n")).collect();
    let file = "version.prm";
    let compilation = crate::compile(&Memory([(file.to_owned(), uses.into_bytes())].into()), file);
    let (program, sources) = (&compilation.program, &compilation.sources);
    let catalogs = program.catalogs.iter().map(|catalog| (catalog.origin.package, catalog.source));
    let crosswalks = program.crosswalks.iter().map(|crosswalk| (crosswalk.origin.package, crosswalk.source));
    let frameworks = program.frameworks.iter().map(|framework| (framework.origin.package, framework.source));
    let heads = program.packages.iter().filter_map(|package| package.model.head.as_ref());
    let heads = heads.map(|head| (head.origin.package, head.source));
    let documents: Vec<_> = catalogs.chain(crosswalks).chain(frameworks).chain(heads).collect();
    let line = |(at, package): (usize, &Package)| {
        let own = documents.iter().filter(|(origin, _)| origin.0 as usize == at);
        let own: Vec<_> = own.filter_map(|(_, source)| Some(sources.text((*source)?))).collect();
        let version = package.version.as_deref().unwrap_or_default();
        format!("  {:26} {version:6} {}", package.name, own.join("; ")).trim_end().to_owned() + "\n"
    };
    let packages = program.packages.iter().enumerate().filter(|(_, package)| package.is_standard);
    let mut lines: Vec<String> = packages.map(line).collect();
    lines.sort();
    format!(
        "Standard library, and the documents it is after (in words of its own, but for those of NIST):\n{}",
        lines.concat()
    )
}
