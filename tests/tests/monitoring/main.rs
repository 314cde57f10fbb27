//! The alerts and dashboards of the chart beside what the services really expose, and the runbook beside the alerts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

mod exposed;
mod promql;
mod rendered;

use std::collections::BTreeSet;
use std::path::Path;

use exposed::{Series, exposed};
use promql::{Selector, selectors, words};
use rendered::{alerts, dashboards, queries};

/// Of kube-state-metrics, which knows the jobs.
const OF_KUBERNETES: [&str; 2] = ["kube_cronjob_status_last_successful_time", "kube_cronjob_created"];
/// What Prometheus itself adds to every series of a target.
const TARGET: [&str; 3] = ["namespace", "job", "pod"];

#[tokio::test]
async fn alerts_and_dashboards_read_what_the_services_expose() {
    let series = exposed().await;
    let mut problems = Vec::new();
    let alerts = alerts();
    let of_alerts = alerts.iter().map(|alert| (alert.name.clone(), alert.expr.clone()));
    let all: Vec<_> = of_alerts.chain(queries()).collect();
    assert!(all.len() > 25, "{} queries", all.len());
    for (name, query) in &all {
        let selectors = selectors(query);
        assert!(!selectors.is_empty(), "{name}: no series in {query}");
        problems.extend(
            selectors
                .iter()
                .filter_map(|selector| problem(&series, selector))
                .map(|problem| format!("{name}: {problem}")),
        );
        let known = |word: &String| is_label(&series, word);
        problems.extend(
            words(query).into_iter().filter(|word| !known(word)).map(|word| format!("{name}: no label {word}")),
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is wrong with a selector: nothing has its name, its labels, or the values that it asks for.
fn problem(series: &[Series], selector: &Selector) -> Option<String> {
    if selector.metric == "up" || OF_KUBERNETES.contains(&selector.metric.as_str()) {
        return None;
    }
    let of_name: Vec<_> = series.iter().filter(|series| series.metric == selector.metric).collect();
    if of_name.is_empty() {
        return Some(format!("no service exposes {}", selector.metric));
    }
    selector.labels.iter().filter(|(label, _)| !TARGET.contains(&label.as_str())).find_map(|(label, wanted)| {
        let met = of_name.iter().any(|series| series.labels.get(label).is_some_and(|value| wanted.matches(value)));
        (!met).then(|| format!("no series of {} has {label} as {wanted:?}", selector.metric))
    })
}

fn is_label(series: &[Series], word: &str) -> bool {
    TARGET.contains(&word) || series.iter().any(|series| series.labels.contains_key(word))
}

#[test]
fn every_alert_has_a_section_in_the_runbook_and_every_section_an_alert() {
    let runbook = std::fs::read_to_string(rendered::root().join("docs/runbook.md")).unwrap();
    let sections: BTreeSet<_> =
        runbook.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect();
    let mut named = BTreeSet::new();
    for alert in alerts() {
        let (page, section) = alert.annotations["runbook_url"].split_once('#').expect("a section of a page");
        assert!(page.ends_with("/docs/runbook.md"), "{page}");
        // GitHub's name of a heading is the heading in small letters.
        assert!(
            sections.iter().any(|known| known.to_lowercase() == section),
            "docs/runbook.md has no section {section}"
        );
        named.insert(alert.name);
    }
    assert_eq!(named, sections);
}

#[test]
fn every_alert_says_how_urgent_it_is_and_what_it_means() {
    for alert in alerts() {
        assert!(["critical", "warning"].contains(&alert.labels["severity"].as_str()), "{}", alert.name);
        for text in ["summary", "description"] {
            assert!(alert.annotations[text].len() > 10, "{} has no {text}", alert.name);
        }
    }
}

#[test]
fn every_dashboard_has_its_own_id_and_panels_that_lie_apart() {
    let dashboards = dashboards();
    let ids: BTreeSet<_> = dashboards.iter().map(|(_, dashboard)| dashboard["uid"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), dashboards.len());
    for (file, dashboard) in &dashboards {
        let mut cells = BTreeSet::new();
        for panel in dashboard["panels"].as_array().unwrap() {
            let at = |key: &str| panel["gridPos"][key].as_u64().unwrap();
            assert!(at("x") + at("w") <= 24, "{file}: {} is too wide", panel["title"]);
            for (x, y) in (at("x")..at("x") + at("w")).flat_map(|x| (at("y")..at("y") + at("h")).map(move |y| (x, y))) {
                assert!(cells.insert((x, y)), "{file}: {} lies over another panel", panel["title"]);
            }
        }
    }
}

#[test]
fn the_links_of_the_runbook_lead_somewhere() {
    let docs = rendered::root().join("docs");
    let runbook = std::fs::read_to_string(docs.join("runbook.md")).unwrap();
    for link in runbook.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        let (file, section) = link.split_once('#').unwrap_or((link, ""));
        let path = if file.is_empty() { docs.join("runbook.md") } else { docs.join(file) };
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{link}: {error}"));
        let is_there = section.is_empty() || text.lines().any(|line| line.to_lowercase() == format!("## {section}"));
        assert!(is_there, "{link} leads nowhere in {}", Path::new(&path).display());
    }
}
