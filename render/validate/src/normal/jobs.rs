//! Jobs, whose defaults hang together.

use serde_json::{Value as Json, json};

use super::defaults::remove_all;

/// Leaves out what has its default in the `spec` of a Job.
pub(super) fn remove_defaults(job: &mut Json) {
    numbers(job);
    // With a policy for failures the default is another.
    if job.get("podFailurePolicy").is_none() {
        remove_all(job, &[("podReplacementPolicy", json!("TerminatingOrFailed"))]);
    }
    remove_all(
        job,
        &[
            ("backoffLimit", json!(6)),
            ("completionMode", json!("NonIndexed")),
            ("suspend|manualSelector", json!(false)),
        ],
    );
}

/// One pod at a time until one has succeeded is the default, but only if neither number says anything else: without
/// completions, parallelism alone means that the pods share a queue.
fn numbers(job: &mut Json) {
    let Some(job) = job.as_object_mut() else { return };
    let is_one = |value: Option<&Json>| value.is_some_and(|value| *value == 1);
    let (completions, parallelism) = (job.get("completions"), job.get("parallelism"));
    let alone = is_one(completions) && (parallelism.is_none() || is_one(parallelism));
    if completions.is_some() && is_one(parallelism) {
        job.remove("parallelism");
    }
    if alone {
        job.remove("completions");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_no_single_run() {
        let normal = |mut job: Json| {
            remove_defaults(&mut job);
            job
        };
        for same in [json!({"completions": 1}), json!({"completions": 1, "parallelism": 1}), json!({})] {
            assert_eq!(normal(same), json!({}));
        }
        assert_eq!(normal(json!({"parallelism": 1})), json!({"parallelism": 1}));
        assert_eq!(normal(json!({"completions": 3, "parallelism": 1})), json!({"completions": 3}));
        assert_eq!(normal(json!({"completions": 1, "parallelism": 2})), json!({"completions": 1, "parallelism": 2}));
    }
}
