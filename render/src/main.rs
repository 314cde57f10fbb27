//! The `render` command.

mod cli;
mod memory;

use std::process::ExitCode;

fn main() -> ExitCode {
    memory::grow_in_huge_pages();
    cli::run()
}
