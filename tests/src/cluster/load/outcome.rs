//! What became of the requests of a load.

use std::collections::BTreeMap;
use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Bytes;
use serde_json::Value as Json;

use super::traffic::Shot;

/// What became of one request.
pub struct Outcome {
    /// What kind of request it was.
    pub kind: &'static str,
    /// When it was due, from the load's begin.
    pub at: Duration,
    /// How long its answer took from then on.
    pub took: Duration,
    /// The status it was answered with, if it was.
    pub status: Option<u16>,
    /// What was wrong, if something was.
    pub failure: Option<String>,
    /// The thought that was acknowledged: its text, and its id where the answer told it.
    pub acknowledged: Option<(String, Option<i64>)>,
}

impl Outcome {
    pub(super) fn new(shot: &Shot, at: Duration, took: Duration, answer: Result<(StatusCode, Bytes), String>) -> Self {
        let outcome = Self { kind: shot.kind, at, took, status: None, failure: None, acknowledged: None };
        let (status, body) = match answer {
            Ok((status, body)) => (status.as_u16(), body),
            Err(cause) => return Self { failure: Some(cause), ..outcome },
        };
        let outcome = Self { status: Some(status), ..outcome };
        if status != shot.wanted {
            return Self { failure: Some(format!("{status}: {}", words(&body))), ..outcome };
        }
        let id = serde_json::from_slice(&body).ok().and_then(|json: Json| json["id"].as_i64());
        Self { acknowledged: shot.writes.clone().map(|text| (text, id)), ..outcome }
    }
}

/// The words of an answer; of a page those that people see of its main part.
fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let main =
        text.split("<main").nth(1).and_then(|rest| rest.split("</main").next()).map(|main| format!("<main{main}"));
    let pieces =
        main.as_deref().unwrap_or(&text).split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let words = pieces.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    words.chars().take(200).collect()
}

/// What became of all.
pub struct Outcomes {
    /// Each request.
    pub all: Vec<Outcome>,
    /// How long requests were sent.
    pub lasted: Duration,
    /// How many connections were opened.
    pub connections: u64,
}

impl Outcomes {
    /// Those that failed, the earliest first.
    pub fn failures(&self) -> Vec<&Outcome> {
        let mut failures: Vec<_> = self.all.iter().filter(|outcome| outcome.failure.is_some()).collect();
        failures.sort_by_key(|outcome| outcome.at);
        failures
    }

    /// The thoughts that were acknowledged, by their texts.
    pub fn acknowledged(&self) -> BTreeMap<String, Option<i64>> {
        self.all.iter().filter_map(|outcome| outcome.acknowledged.clone()).collect()
    }

    /// The time within which this share of the answered requests had its answer.
    pub fn quantile(&self, share: f64) -> Duration {
        let mut times: Vec<_> =
            self.all.iter().filter(|outcome| outcome.status.is_some()).map(|outcome| outcome.took).collect();
        times.sort();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index below the length"
        )]
        let index = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(index).copied().unwrap_or_default()
    }

    /// How many there were of each kind.
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        self.all.iter().fold(BTreeMap::new(), |mut counts, outcome| {
            *counts.entry(outcome.kind).or_default() += 1;
            counts
        })
    }

    /// The last failure of a span of the load's time.
    pub fn last_failure(&self, from: Duration, to: Duration) -> Option<&Outcome> {
        self.failures().into_iter().rev().find(|failure| (from..to).contains(&failure.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(at: u64, answer: Result<(u16, &str), &str>) -> Outcome {
        let shot = Shot::post("posts", "host", "/", &[("text", "a b")]).wanting(201).writing("a b");
        let answer = answer.map_err(ToOwned::to_owned);
        let answer = answer
            .map(|(status, body)| (StatusCode::from_u16(status).unwrap(), Bytes::copy_from_slice(body.as_bytes())));
        Outcome::new(&shot, Duration::from_secs(at), Duration::from_millis(at), answer)
    }

    #[test]
    fn what_was_answered_as_wanted_is_acknowledged_and_nothing_else() {
        let all = vec![
            outcome(3, Ok((503, "<main id=x><h1>ERROR</h1> no &amp; no</main><footer>1</footer>"))),
            outcome(2, Ok((201, r#"{"id": 7}"#))),
            outcome(1, Err("no answer")),
        ];
        let outcomes = Outcomes { all, lasted: Duration::from_secs(3), connections: 1 };
        assert_eq!(outcomes.acknowledged(), BTreeMap::from([("a b".to_owned(), Some(7))]));
        let failures: Vec<_> = outcomes.failures().iter().filter_map(|failure| failure.failure.clone()).collect();
        assert_eq!(failures, ["no answer", "503: ERROR no &amp; no"]);
        assert_eq!(outcomes.last_failure(Duration::ZERO, Duration::from_secs(3)).unwrap().at, Duration::from_secs(1));
        assert_eq!(outcomes.quantile(1.0), Duration::from_millis(3));
    }
}
