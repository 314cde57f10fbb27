//! Which values a line of a template names, by its text: `.Values.image.tag`, or `$image.tag` where the template says
//! `$image := .Values.image`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

/// The sources of templates by their files.
pub(super) type Sources = BTreeMap<String, String>;

static VALUES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\.Values((?:\.\w+)+)").ok());
static INDEXED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"index\s+[$.\w]*\.Values((?:\s+"\w+")+)"#).ok());
static ASSIGNED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(\$\w+)\s*:?=\s*(?:index\s+)?[$.\w]*?\.Values((?:\.\w+|\s+"\w+")+)"#).ok());
static VARIABLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\$\w+)((?:\.\w+)*)").ok());

/// The paths that a line of a file names.
pub(super) fn paths(file: &str, line: &str, sources: &Sources) -> Vec<String> {
    let mut paths = found(VALUES.as_ref(), line, |[path]| dotted(path));
    paths.extend(found(INDEXED.as_ref(), line, |[path]| dotted(path)));
    let source = sources.get(file).map(String::as_str).unwrap_or_default();
    let variables: BTreeMap<_, _> =
        found(ASSIGNED.as_ref(), source, |[name, path]| (name.to_owned(), dotted(path))).into_iter().collect();
    let read = found(VARIABLE.as_ref(), line, |[name, path]| variables.get(name).map(|of| format!("{of}{path}")));
    paths.extend(read.into_iter().flatten());
    paths
}

fn found<const N: usize, T>(pattern: Option<&Regex>, text: &str, make: impl Fn([&str; N]) -> T) -> Vec<T> {
    let pattern = pattern.into_iter();
    pattern.flat_map(|pattern| pattern.captures_iter(text)).map(|captures| make(captures.extract().1)).collect()
}

/// `.a.b` and ` "a" "b"` as `a.b`.
fn dotted(path: &str) -> String {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    path.split(|character| !is_name(character)).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_path_index_and_variable() {
        let source = "{{ $web := .Values.web }}{{ $db := index $.root.Values \"db\" \"main\" }}";
        let sources = Sources::from([("a".to_owned(), source.to_owned())]);
        for (line, wanted) in [
            ("x: {{ .Values.a.b_c }}{{ $.Values.d }}", vec!["a.b_c", "d"]),
            ("x: {{ index .Values \"a\" \"b\" }}", vec!["a.b"]),
            ("x: {{ $web.port }} {{ toYaml $web }} {{ $other.x }}", vec!["web.port", "web"]),
            ("x: {{ $db.user }}", vec!["db.main.user"]),
            ("x: {{ .Release.Name }}", vec![]),
        ] {
            assert_eq!(paths("a", line, &sources), wanted, "{line}");
        }
    }
}
