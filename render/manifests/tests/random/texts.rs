//! Texts that a schema admits: common ones, those that YAML reads as something else, and those at the limit of a length.

use proptest::prelude::*;
use regex::Regex;
use serde_json::Value as Json;

/// What YAML, templates, shells and Kubernetes have rules for.
const EDGES: [&str; 44] = [
    "",
    " ",
    "null",
    "~",
    "true",
    "no",
    "y",
    "0",
    "007",
    "0x1F",
    "1e3",
    "1_000",
    ".5",
    "-1",
    "12:30:00",
    "2026-01-31",
    "-",
    "- a",
    "a: b",
    "a:",
    "#",
    "a #b",
    "'",
    "\"",
    "\\",
    "`",
    "@",
    "*",
    "&a",
    "%",
    "!b",
    "|",
    ">",
    "{}",
    "[]",
    "{{ .Values }}",
    "$(HOME)",
    "${HOME}",
    "$$",
    "é",
    "\u{2028}",
    "\u{1f600}",
    "a\nb",
    "a\n\n b \n",
];

/// Texts of a schema's pattern and length.
pub(super) fn texts(schema: &Json) -> BoxedStrategy<String> {
    let pattern = schema["pattern"].as_str().unwrap_or_default().to_owned();
    let least = schema["minLength"].as_u64().unwrap_or(0);
    let most = schema["maxLength"].as_u64();
    let regex = Regex::new(&pattern).expect("a pattern");
    let is_admitted = move |text: &String| {
        let length = text.chars().count() as u64;
        let is_length = length >= least && most.is_none_or(|most| length <= most);
        is_length && regex.is_match(text) && text.chars().all(is_readable)
    };
    let edges: Vec<String> = EDGES.map(str::to_owned).into_iter().filter(&is_admitted).collect();
    let common = shaped(&pattern).prop_filter("the length of a text", is_admitted.clone()).boxed();
    let longest = usize::try_from(most.unwrap_or(300)).unwrap();
    let long = common
        .clone()
        .prop_map(move |text| if is_admitted(&padded(&text, longest)) { padded(&text, longest) } else { text });
    let mut all = vec![(8, common), (1, long.boxed())];
    if !edges.is_empty() {
        all.push((4, proptest::sample::select(edges).boxed()));
    }
    proptest::strategy::Union::new_weighted(all).boxed()
}

/// YAML has no other characters but by their numbers.
fn is_readable(character: char) -> bool {
    matches!(character, '\t' | '\n' | ' '..='~' | '\u{a0}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

/// By the pattern alone.
fn shaped(pattern: &str) -> BoxedStrategy<String> {
    if pattern.is_empty() {
        return r"\PC{0,12}".boxed();
    }
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).expect("a pattern of the whole text");
    // Small counts in place of any: what is long is made long by padding.
    let inner = format!("({})", inner.replace("]*", "]{0,6}").replace(")*", "){0,6}").replace("]+", "]{1,6}"));
    proptest::string::string_regex(&inner).expect("a pattern without anchors within").boxed()
}

/// As long as it may be, by more of its last character.
fn padded(text: &str, longest: usize) -> String {
    let last = text.chars().last().unwrap_or('a');
    text.chars().chain(std::iter::repeat(last)).take(longest).collect()
}
