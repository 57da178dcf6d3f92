//! The standard library is embedded: a change of its files has to rebuild the crate.

fn main() {
    println!("cargo:rerun-if-changed=stdlib");
}
