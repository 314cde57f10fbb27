//! Any text is read or refused, and what is read is written so that it reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(read) = goyaml::from_yaml(text) else { return };
    let Ok(written) = goyaml::to_yaml(&read) else { return };
    let Ok(again) = goyaml::from_yaml(written.as_ref()) else { panic!("wrote what cannot be read: {written:?}") };
    assert!(govalue::deep_equal(&read, &again), "read {read:?}, wrote {written:?}, read {again:?}");
});
