//! Times that a container's settings say: in its environment, or as flags.

use super::{Field, View, environment, seconds, words};

/// Units that names end with, and how many of them are a second.
const UNITS: [(&str, i64); 8] = [
    ("_MILLISECONDS", 1000),
    ("_MILLIS", 1000),
    ("_MS", 1000),
    ("_SECONDS", 1),
    ("_SECS", 1),
    ("_SEC", 1),
    ("_IN_S", 1),
    ("_S", 1),
];

/// The longest time, in seconds, of a setting whose name ends with one of these words, and the setting's name:
/// `SHUTDOWN_TIMEOUT`, `HTTP_SHUTDOWN_TIMEOUT_MS`, `--shutdown-timeout=20s`.
pub(crate) fn told_time(view: &View<'_>, container: &Field<'_>, ends: &[&str]) -> Option<(i64, String)> {
    let variables = environment(view, container).into_iter();
    let variables = variables.filter_map(|variable| Some((variable.name, variable.value?)));
    let told = variables.chain(flags(container)).filter_map(|(name, value)| {
        let (stem, parts) = stem(&name);
        is_about(&stem, ends).then_some(())?;
        Some((seconds(&value).map(|time| time / parts + i64::from(time % parts > 0))?, name))
    });
    told.max()
}

/// A name as variables have it, without its unit, and how many of that are a second.
fn stem(name: &str) -> (String, i64) {
    let name = name.trim_start_matches('-').to_ascii_uppercase().replace(['-', '.'], "_");
    let unit = UNITS.iter().find_map(|(end, parts)| Some((name.strip_suffix(end)?.to_owned(), *parts)));
    unit.unwrap_or((name, 1))
}

fn is_about(stem: &str, ends: &[&str]) -> bool {
    // What is drained may be something else's.
    let is_own = !stem.starts_with("NODE_");
    is_own
        && ends
            .iter()
            .any(|end| stem.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('_')))
}

/// The flags of a command line with their values.
fn flags(container: &Field<'_>) -> Vec<(String, String)> {
    let words = words(container);
    let words: Vec<_> = words.iter().filter_map(Field::str).collect();
    let flags = words.iter().enumerate().filter(|(_, word)| word.starts_with("--"));
    let flags = flags.filter_map(|(index, word)| match word.split_once('=') {
        Some((flag, value)) => Some((flag.to_owned(), value.to_owned())),
        None => Some(((*word).to_owned(), (*words.get(index + 1)?).to_owned())),
    });
    flags.collect()
}

#[cfg(test)]
mod tests {
    use super::{is_about, stem};

    #[test]
    fn names_have_units() {
        assert_eq!(stem("--shutdown-timeout"), ("SHUTDOWN_TIMEOUT".into(), 1));
        assert_eq!(stem("HTTP_SHUTDOWN_TIMEOUT_MS"), ("HTTP_SHUTDOWN_TIMEOUT".into(), 1000));
        assert!(is_about("HTTP_SHUTDOWN_TIMEOUT", &["SHUTDOWN_TIMEOUT"]));
        assert!(!is_about("PRESHUTDOWN_TIMEOUT", &["SHUTDOWN_TIMEOUT"]));
    }
}
