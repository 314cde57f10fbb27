//! `.helmignore`.

use super::pattern::Pattern;

/// The rules of a chart's `.helmignore`, with Helm's own one at the end.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

/// Every rule is tried on every file.
const MAX_RULES: usize = 1_000;

#[derive(Debug)]
struct Rule {
    /// The pattern, without `!` and the slashes at its ends.
    pattern: Pattern,
    negated: bool,
    folders_only: bool,
    /// Whether to compare the last part of a path only: the rule has no slash.
    base_only: bool,
}

impl Rules {
    /// Reads the rules, and adds Helm's own: hidden files among the templates are left out.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
        let rules = text.lines().chain(["templates/.?*"]).map(Rule::parse);
        let rules = rules.filter_map(Result::transpose).take(MAX_RULES + 1).collect::<Result<Vec<_>, _>>()?;
        if rules.len() > MAX_RULES {
            return Err(format!(".helmignore has more rules than the maximum of {MAX_RULES}"));
        }
        Ok(Self(rules))
    }

    /// Whether to leave out a file or a folder with all that is in it. The path is relative to the chart.
    pub(super) fn ignore(&self, path: &str, is_folder: bool) -> bool {
        let base = path.rsplit('/').next().unwrap_or(path);
        for rule in &self.0 {
            let matches = rule.pattern.is_match(if rule.base_only { base } else { path });
            if rule.negated {
                if (rule.folders_only && !is_folder) || !matches {
                    return true;
                }
            } else if matches && (is_folder || !rule.folders_only) {
                return true;
            }
        }
        false
    }
}

impl Rule {
    /// Nothing for a blank line and a comment.
    fn parse(line: &str) -> Result<Option<Self>, String> {
        let rule = line.trim();
        if rule.is_empty() || rule.starts_with('#') {
            return Ok(None);
        }
        if rule.contains("**") {
            return Err("double-star (**) syntax is not supported".into());
        }
        Pattern::new(rule).matches("abc").map_err(|_| "syntax error in pattern")?;
        let (rule, negated) = rule.strip_prefix('!').map_or((rule, false), |rule| (rule, true));
        let (rule, folders_only) = rule.strip_suffix('/').map_or((rule, false), |rule| (rule, true));
        let pattern = Pattern::new(rule.strip_prefix('/').unwrap_or(rule));
        Ok(Some(Self { pattern, negated, folders_only, base_only: !rule.contains('/') }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rules_leave_out_what_helm_leaves_out() {
        for (rules, path, is_folder, wanted) in [
            ("", "templates/.hidden", false, true),
            ("", "templates/a.yaml", false, false),
            ("*.md", "docs/a.md", false, true),
            ("/*.md", "docs/a.md", false, false),
            ("docs/*.md", "docs/a.md", false, true),
            ("docs/", "docs", true, true),
            ("docs/", "docs", false, false),
            ("# *.md\n\n  *.txt  ", "a.txt", false, true),
            ("!*.yaml", "a.txt", false, true),
            ("!*.yaml", "a.yaml", false, false),
        ] {
            assert_eq!(Rules::parse(rules.as_bytes()).unwrap().ignore(path, is_folder), wanted, "{rules} {path}");
        }
    }

    #[test]
    fn only_so_many_rules_are_tried() {
        assert!(Rules::parse("*a*b\n".repeat(999).as_bytes()).is_ok());
        assert_eq!(
            Rules::parse("*a*b\n".repeat(1000).as_bytes()).unwrap_err(),
            ".helmignore has more rules than the maximum of 1000"
        );
    }

    #[test]
    fn broken_rules_are_refused() {
        assert_eq!(Rules::parse(b"a/**").unwrap_err(), "double-star (**) syntax is not supported");
        assert_eq!(Rules::parse(b"[").unwrap_err(), "syntax error in pattern");
    }
}
