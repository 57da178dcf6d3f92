//! Compiles the generated parser and the scanner beside it.

use std::path::Path;

fn main() {
    let source = Path::new("src");
    let mut build = cc::Build::new();
    build.std("c11").include(source).flag_if_supported("-Wno-unused-parameter");
    for file in ["parser.c", "scanner.c"] {
        build.file(source.join(file));
        println!("cargo:rerun-if-changed=src/{file}");
    }
    build.compile("tree-sitter-prm");
}
