//! Any text is read or refused, and what is read is written so that it reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// Unicode's own line breaks, as `{:?}` shows them: go-yaml folds them away when it writes, and so do we.
const FOLDED: [&str; 3] = ["\\u{85}", "\\u{2028}", "\\u{2029}"];

fuzz_target!(|text: &[u8]| {
    let Ok(read) = goyaml::from_yaml(text) else { return };
    let Ok(written) = goyaml::to_yaml(&read) else { return };
    // Helm takes the last line break away, which a block scalar may need.
    let whole = written.clone() + "\n";
    let Ok(again) = goyaml::from_yaml(whole.as_bytes()) else { panic!("wrote what cannot be read: {written:?}") };
    let shown = format!("{read:?}");
    let same = govalue::deep_equal(&read, &again) || FOLDED.iter().any(|sign| shown.contains(sign));
    assert!(same, "read {shown}, wrote {written:?}, read {again:?}");
});
