//! The `render` command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    render::use_huge_pages();
    cli::run()
}
