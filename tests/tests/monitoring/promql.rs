//! The series that a query of PromQL reads, and the labels it groups by.

use std::collections::BTreeMap;

use regex::Regex;

/// `metric{label="value"}`
#[derive(Debug)]
pub(crate) struct Selector {
    pub(crate) metric: String,
    pub(crate) labels: BTreeMap<String, Matcher>,
}

/// What a label has to be.
#[derive(Debug)]
pub(crate) enum Matcher {
    Is(String),
    Matches(Regex),
}

impl Matcher {
    pub(crate) fn matches(&self, value: &str) -> bool {
        match self {
            Self::Is(wanted) => wanted == value,
            Self::Matches(regex) => regex.is_match(value),
        }
    }
}

/// Every selector of a query. Each has braces in ours, so that none reads another release's series.
pub(crate) fn selectors(query: &str) -> Vec<Selector> {
    let selector = Regex::new(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^}]*)\}").unwrap();
    selector
        .captures_iter(query)
        .map(|found| Selector { metric: found[1].to_owned(), labels: labels(&found[2]) })
        .collect()
}

fn labels(text: &str) -> BTreeMap<String, Matcher> {
    let matcher = Regex::new(r#"([a-zA-Z_]+)(=~|=)"([^"]*)""#).unwrap();
    let labels = matcher.captures_iter(text).map(|found| {
        let value = found[3].to_owned();
        let wanted = if &found[2] == "=" { Matcher::Is(value) } else { Matcher::Matches(whole(&value)) };
        (found[1].to_owned(), wanted)
    });
    labels.collect()
}

/// Prometheus matches whole values.
fn whole(pattern: &str) -> Regex {
    Regex::new(&format!("^(?:{pattern})$")).unwrap_or_else(|_| Regex::new("^.*$").unwrap())
}

/// The labels that a query groups by.
pub(crate) fn words(query: &str) -> Vec<String> {
    let grouping = Regex::new(r"\bby \(([^)]*)\)").unwrap();
    let lists = grouping.captures_iter(query).map(|found| found[1].to_owned()).collect::<Vec<_>>();
    lists.iter().flat_map(|list| list.split(',')).map(|word| word.trim().to_owned()).collect()
}

#[test]
fn selectors_and_groups_are_found() {
    let query = r#"sum by (job, le) (rate(a_total{job="x",status=~"5.."}[5m])) / b{}"#;
    let found = selectors(query);
    assert_eq!(found.iter().map(|selector| selector.metric.as_str()).collect::<Vec<_>>(), ["a_total", "b"]);
    assert!(found[0].labels["job"].matches("x") && !found[0].labels["job"].matches("xy"));
    assert!(found[0].labels["status"].matches("503") && !found[0].labels["status"].matches("5030"));
    assert_eq!(words(query), ["job", "le"]);
}
