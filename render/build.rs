//! How the `render` command is linked.

use std::env;

/// Helm too stands where it was linked to. To move what has 16,000 pointers in it costs a fifth of the time of a small chart.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
