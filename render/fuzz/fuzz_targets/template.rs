//! Any text is parsed or refused, and what is parsed prints as a template that parses to the same.
#![no_main]

use gotemplate::parse;
use libfuzzer_sys::fuzz_target;

fn print(text: &[u8]) -> Option<Vec<String>> {
    let trees = parse("fuzz", text, &|_| true).ok()?;
    Some(trees.iter().map(|tree| tree.root.to_string()).collect())
}

fuzz_target!(|text: &[u8]| {
    if let Some(printed) = print(text)
        && let [only] = printed.as_slice()
        && let Some(again) = print(only.as_bytes())
    {
        assert_eq!(printed, again);
    }
});
