//! Where the binaries under test are.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The path of the binary `name`, from the folder `TEST_BINARIES` or else built by Cargo:
/// `cargo test` alone builds no binaries of other packages.
pub(crate) fn binary(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| match std::env::var_os("TEST_BINARIES") {
        Some(folder) => folder.into(),
        None => build(),
    });
    let path = folder.join(name);
    assert!(path.is_file(), "wanted the binary {}, there is none", path.display());
    path
}

/// Builds with the profile and the target folder this test was built with, and all members at
/// once: the features of shared dependencies are then those of `cargo test`, so little is built twice.
fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a process knows its own path");
    let folder = test.parent().and_then(Path::parent).expect("a test is at TARGET/PROFILE/deps/NAME");
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        None | Some("debug") => "dev",
        Some(profile) => profile,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--workspace", "--bins", "--profile", profile, "--target-dir"])
        .arg(folder.parent().expect("a profile's folder is in the target folder"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "cargo build failed:\n{}", String::from_utf8_lossy(&output.stderr));
    folder.to_path_buf()
}
