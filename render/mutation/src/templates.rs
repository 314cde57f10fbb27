//! Mutants of the templates, made line by line.

use render::File;

use crate::cases::Cases;
use crate::mutant::{Mutant, Of};

/// A way to change a line: its name, and what becomes of a line (nothing at all to drop it), once for each place.
type Change = (&'static str, fn(&str) -> Vec<String>);

const CHANGES: &[Change] = &[
    ("remove a guard", remove_guard),
    ("negate a condition", negate),
    ("change a number", change_numbers),
    ("misspell a text", misspell_texts),
    ("misspell a key", misspell_key),
    ("give another default", other_default),
    ("drop a function", drop_functions),
    ("take another word", other_words),
];

/// All mutants of all templates. What people read after an install is none of a cluster's business.
pub(crate) fn mutants(cases: &Cases) -> anyhow::Result<Vec<Mutant>> {
    let is_template = |file: &&File| file.name.starts_with("templates/") && !file.name.ends_with("NOTES.txt");
    let mut mutants = Vec::new();
    for file in cases.files.iter().filter(is_template) {
        mutants.extend(of_file(file)?);
    }
    Ok(mutants)
}

fn of_file(file: &File) -> anyhow::Result<Vec<Mutant>> {
    let text = String::from_utf8_lossy(file.data()?).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let mut mutants = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if is_silent(line) {
            continue;
        }
        let mut add = |rule, put: Option<&str>| {
            let shown = put.map_or_else(|| format!("without {:?}", line.trim()), |put| format!("{:?}", put.trim()));
            let what = format!("{}:{}: {shown}", file.name, index + 1);
            let mut changed: Vec<&str> = lines.clone();
            match put {
                Some(put) => changed[index] = put,
                None => drop(changed.remove(index)),
            }
            mutants.push(Mutant {
                of: Of::Templates,
                rule,
                what,
                file: File::new(file.name.clone(), changed.join("\n") + "\n"),
                case: None,
            });
        };
        add("drop a line", None);
        for (rule, change) in CHANGES {
            for put in change(line).iter().filter(|put| put != line) {
                add(rule, Some(put));
            }
        }
        if let Some(next) = lines.get(index + 1).filter(|next| may_swap(line, next)) {
            let put = format!("{next}\n{line}");
            let what = format!("{}:{}: {:?} behind the line after it", file.name, index + 1, line.trim());
            let mut changed: Vec<&str> = lines.clone();
            changed[index] = &put;
            changed.remove(index + 1);
            let file = File::new(file.name.clone(), changed.join("\n") + "\n");
            mutants.push(Mutant { of: Of::Templates, rule: "swap two lines", what, file, case: None });
        }
    }
    Ok(mutants)
}

/// Blank lines and comments.
fn is_silent(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || line.starts_with('#')
        || line.starts_with("{{/*")
        || line.starts_with("{{- /*")
        || line.ends_with("*/}}")
}

/// Neighbours of one indentation, which both are more than structure.
fn may_swap(line: &str, next: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_plain = |line: &str| line.contains(": ") && !line.trim_start().starts_with("{{") && !is_silent(line);
    indent(line) == indent(next) && is_plain(line) && is_plain(next)
}

/// The text of an action behind a keyword: start and end of what follows it.
fn condition(line: &str, keyword: &str) -> Option<(usize, usize)> {
    let start = line
        .find(&format!("{keyword} "))
        .filter(|at| line[..*at].trim_end().ends_with("{{") || line[..*at].trim_end().ends_with("{{-"))?;
    let start = start + keyword.len() + 1;
    let end = start + line[start..].find("}}")?;
    let end = if line[..end].ends_with('-') { end - 1 } else { end };
    Some((start, end))
}

fn remove_guard(line: &str) -> Vec<String> {
    let guard = ["else if", "if"].iter().find_map(|keyword| condition(line, keyword));
    guard.map(|(start, end)| format!("{}true {}", &line[..start], &line[end..])).into_iter().collect()
}

fn negate(line: &str) -> Vec<String> {
    let guard = ["else if", "if"].iter().find_map(|keyword| condition(line, keyword));
    let negated =
        |(start, end): (usize, usize)| format!("{}not ({}) {}", &line[..start], line[start..end].trim(), &line[end..]);
    guard.map(negated).into_iter().collect()
}

/// Each whole number becomes the next.
fn change_numbers(line: &str) -> Vec<String> {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let bytes = line.as_bytes();
    let mut changed = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let number = line[at..at + length].parse::<u64>();
        if let Ok(number) = number
            && !is_word(before)
            && !is_word(bytes.get(at + length))
        {
            changed.push(format!("{}{}{}", &line[..at], number + 1, &line[at + length..]));
        }
        at += length.max(1);
    }
    changed
}

/// Each text in quotes, or the plain value of a key or of a list's element, gets one letter more.
fn misspell_texts(line: &str) -> Vec<String> {
    let mut changed = Vec::new();
    let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
    for pair in quotes.chunks_exact(2) {
        let [start, end] = [pair[0], pair[1]];
        if line[start + 1..end].chars().any(char::is_alphanumeric) {
            changed.push(format!("{}x{}", &line[..end], &line[end..]));
        }
    }
    let value = line.rsplit_once(": ").or_else(|| line.rsplit_once("- ")).map(|(_, value)| value.trim());
    let is_plain = |value: &&str| !value.contains(['{', '"', '}', '[']) && value.chars().any(char::is_alphabetic);
    if value.as_ref().is_some_and(is_plain) {
        changed.push(format!("{}x", line.trim_end()));
    }
    changed
}

fn misspell_key(line: &str) -> Vec<String> {
    let inner = line.trim_start().trim_start_matches("- ");
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "_-./".contains(c))).unwrap_or(0);
    let at = line.len() - inner.len() + length;
    let is_key = length > 0 && line[at..].starts_with(':');
    is_key.then(|| format!("{}x{}", &line[..at], &line[at..])).into_iter().collect()
}

fn other_default(line: &str) -> Vec<String> {
    let places = line.match_indices("| default ").map(|(at, word)| at + word.len());
    places.map(|at| format!("{}\"other\"{}", &line[..at], after_argument(&line[at..]))).collect()
}

/// What stands behind the first argument: a name, a text, or all in parentheses.
fn after_argument(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' | ' ' if depth == 0 => return &text[at..],
            ')' => depth -= 1,
            _ => {}
        }
    }
    ""
}

/// Each function of a pipeline is left out.
fn drop_functions(line: &str) -> Vec<String> {
    let mut changed = Vec::new();
    for (at, _) in line.match_indices(" | ") {
        let rest = &line[at + 3..];
        let end = [rest.find(" | "), rest.find(" }}"), rest.find(" -}}"), rest.find(')')].into_iter().flatten().min();
        if let Some(end) = end {
            changed.push(format!("{}{}", &line[..at], &rest[end..]));
        }
    }
    changed
}

/// Words of which one is easily taken for the other.
const WORDS: [(&str, &str); 24] = [
    ("eq ", "ne "),
    ("ne ", "eq "),
    ("and ", "or "),
    ("or ", "and "),
    ("gt ", "lt "),
    ("true", "false"),
    ("false", "true"),
    ("http", "operations"),
    ("operations", "http"),
    ("livez", "readyz"),
    ("readyz", "livez"),
    ("liveness", "readiness"),
    ("readiness", "liveness"),
    ("startup", "liveness"),
    ("thoughts", "users"),
    ("users", "thoughts"),
    ("frontend", "users"),
    (".user", ".name"),
    (".name", ".user"),
    ("drainDelay", "timeout"),
    ("selectorLabels", "labels"),
    ("labels", "selectorLabels"),
    ("serviceName", "componentName"),
    ("componentName", "serviceName"),
];

fn other_words(line: &str) -> Vec<String> {
    let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let mut changed = Vec::new();
    for (word, other) in WORDS {
        for (at, _) in line.match_indices(word) {
            let end = at + word.len();
            let begins =
                word.starts_with(|letter: char| !letter.is_alphanumeric()) || is_end(line[..at].chars().next_back());
            let ends = word.ends_with(' ') || is_end(line[end..].chars().next());
            if begins && ends {
                changed.push(format!("{}{other}{}", &line[..at], &line[end..]));
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_changed_in_one_place() {
        assert_eq!(remove_guard("  {{- if eq .a 1 -}}"), ["  {{- if true -}}"]);
        assert_eq!(negate("{{- else if .a }}"), ["{{- else if not (.a) }}"]);
        assert_eq!(change_numbers("a1: 10 20"), ["a1: 11 20", "a1: 10 21"]);
        assert_eq!(
            misspell_texts("name: {{ f \"a\" \"b\" }}"),
            ["name: {{ f \"ax\" \"b\" }}", "name: {{ f \"a\" \"bx\" }}"]
        );
        assert_eq!(misspell_texts("  type: Opaque"), ["  type: Opaquex"]);
        assert_eq!(misspell_key("  - name: a"), ["  - namex: a"]);
        assert_eq!(other_default("{{ .a | default (f .b) | quote }}"), ["{{ .a | default \"other\" | quote }}"]);
        assert_eq!(drop_functions("{{ .a | f 1 | quote }}"), ["{{ .a | quote }}", "{{ .a | f 1 }}"]);
        assert_eq!(other_words("{{ eq .a true }}"), ["{{ ne .a true }}", "{{ eq .a false }}"]);
    }
}
