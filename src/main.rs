//! The command `prm`: everything is in [`prm::cli`].

fn main() -> std::process::ExitCode {
    prm::cli::run().into()
}
