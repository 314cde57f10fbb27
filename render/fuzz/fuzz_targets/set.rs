//! Any text of `--set` and its relatives is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::{HelmVersion, Options};

fuzz_target!(|text: &str| {
    let given = vec![text.to_owned()];
    for version in [HelmVersion::V3, HelmVersion::V4] {
        for options in [
            Options { set: given.clone(), ..Options::default() },
            Options { set_string: given.clone(), ..Options::default() },
            Options { set_json: given.clone(), ..Options::default() },
            Options { set_literal: given.clone(), ..Options::default() },
        ] {
            let _ = options.values(version);
        }
    }
});
