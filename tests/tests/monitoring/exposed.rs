//! The series that running services expose.

use std::collections::BTreeMap;

use mythoughts_tests::{Database, System, get};
use regex::Regex;

/// A line of `/metrics`, without its value.
pub(crate) struct Series {
    pub(crate) metric: String,
    pub(crate) labels: BTreeMap<String, String>,
}

/// Those of all three services once each has answered.
pub(crate) async fn exposed() -> Vec<Series> {
    // Nobody answers at port 9, so that the pages have something to complain of.
    let system = System::builder(Database::Sqlite).frontend("THOUGHTS_BACKEND_URL", "http://127.0.0.1:9").start().await;
    system.login("bruce", "wrong").await.expect_status(401);
    get(system.frontend.url("/search?search=x")).await.expect_status(503);
    let mut series = Vec::new();
    for service in [&system.thoughts, &system.users, &system.frontend] {
        get(service.url("/health")).await.expect_status(200);
        let text = get(service.operations_url("/metrics")).await.body;
        series.extend(text.lines().filter(|line| !line.starts_with('#')).map(read));
    }
    series
}

fn read(line: &str) -> Series {
    let label = Regex::new(r#"([a-zA-Z_]+)="([^"]*)""#).unwrap();
    let (name, _) = line.rsplit_once(' ').expect("a series and its value");
    let (metric, labels) = name.split_once('{').unwrap_or((name, ""));
    let labels = label.captures_iter(labels).map(|found| (found[1].to_owned(), found[2].to_owned()));
    Series { metric: metric.to_owned(), labels: labels.collect() }
}
