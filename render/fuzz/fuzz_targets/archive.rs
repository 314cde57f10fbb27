//! Any bytes are read as an archive or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::{Chart, HelmVersion};

fuzz_target!(|bytes: &[u8]| {
    let _ = Chart::from_archive(bytes, HelmVersion::V4);
    let _ = Chart::from_archive(bytes, HelmVersion::V3);
});
