//! Random values: documents that the schema admits, at any release, give what the model says and what Kubernetes takes;
//! documents with one fault are refused by name.
//!
//! `RANDOM_VALUES` is how many documents are tried, `RANDOM_SEED` which: both are in the output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;
#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod common;
mod document;
mod faults;
#[cfg(feature = "helm")]
mod helm;
mod schema;
mod sensible;
mod texts;

use std::cell::Cell;

use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use case::{Bench, Outcome};
use faults::faults;

/// So many that `cargo test` stays quick in a debug build.
const FEW: u32 = 30;

/// Unless told otherwise the same documents are tried, so that no change fails by another's fault.
const SEED: u64 = 1;

/// How many documents, and the seed that they follow from.
fn plan() -> (u32, u64) {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let count = number("RANDOM_VALUES").map_or(FEW, |count| u32::try_from(count).expect("RANDOM_VALUES"));
    (count, number("RANDOM_SEED").unwrap_or(SEED))
}

fn runner(count: u32, seed: u64) -> TestRunner {
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        // What the schema refuses is made anew, a document or two for each that it admits.
        max_local_rejects: count.saturating_mul(100),
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

#[test]
fn chart_and_model_agree_for_random_values() {
    let (count, seed) = plan();
    let bench = Bench::new();
    let (agreed, refused) = (Cell::new(0), Cell::new(0));
    let outcome = runner(count, seed).run(&bench.cases(), |case| {
        let tally = match bench.examine(&case)? {
            Outcome::Agreed => &agreed,
            Outcome::Refused => &refused,
        };
        tally.set(tally.get() + 1);
        Ok(())
    });
    println!("{count} documents, RANDOM_SEED={seed}: {} agree, {} are refused by both", agreed.get(), refused.get());
    if let Err(TestError::Fail(reason, case)) = outcome {
        panic!("RANDOM_SEED={seed}: {case:?}\n{reason}");
    }
    outcome.unwrap();
    assert!(agreed.get() > count / 3, "hardly any document is rendered");
    assert!(refused.get() > 0 || count < 1000, "no document is refused by a template");
}

#[test]
fn a_document_with_one_fault_is_refused_by_name() {
    let (count, seed) = plan();
    let bench = Bench::new();
    let (all, faults) = faults(&Bench::schema());
    assert!(all > 800, "{all} faults");
    let outcome = runner(count, seed).run(&(bench.cases(), faults), |(mut case, fault)| {
        fault.put(&mut case.values);
        bench.refuses(&case, &fault)
    });
    println!("{count} documents with one of {all} faults, RANDOM_SEED={seed}");
    if let Err(TestError::Fail(reason, (case, fault))) = outcome {
        panic!("RANDOM_SEED={seed}: {fault:?} in {case:?}\n{reason}");
    }
    outcome.unwrap();
}

/// A hundredth of the documents, fifty at the most: a Helm takes a second to make a key.
#[cfg(feature = "helm")]
#[test]
fn the_real_helms_agree_on_a_sample() {
    let (count, seed) = plan();
    let bench = Bench::new();
    let sample = (count / 100).clamp(5, 50);
    let sound = runner(sample, seed).run(&bench.cases(), |case| helm::agrees(&bench, &case));
    println!("{sample} documents with both real Helms, RANDOM_SEED={seed}");
    if let Err(TestError::Fail(reason, case)) = sound {
        panic!("RANDOM_SEED={seed}: {case:?}\n{reason}");
    }
    let (_, faults) = faults(&Bench::schema());
    let refused = runner(sample, seed).run(&(bench.cases(), faults), |(mut case, fault)| {
        fault.put(&mut case.values);
        helm::agrees(&bench, &case)
    });
    if let Err(TestError::Fail(reason, (case, fault))) = refused {
        panic!("RANDOM_SEED={seed}: {fault:?} in {case:?}\n{reason}");
    }
}
