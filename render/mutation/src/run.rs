//! All mutants, several at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::ProgressBar;

use crate::cases::Cases;
use crate::judge::{Judge, Verdict};
use crate::mutant::Mutant;

/// The verdict on each mutant, in their order.
pub(crate) fn all(cases: &Cases, mutants: &[Mutant], jobs: usize) -> anyhow::Result<Vec<Verdict>> {
    // What fails here fails in every thread.
    Judge::new(cases)?;
    let verdicts = Mutex::new(vec![Verdict::Broken; mutants.len()]);
    let next = AtomicUsize::new(0);
    let bar = ProgressBar::new(mutants.len() as u64);
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                // A renderer stays on its thread.
                let Ok(judge) = Judge::new(cases) else { return };
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = mutants.get(index) else { return };
                    let verdict = judge.verdict(mutant);
                    let mut verdicts = verdicts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    if let Some(place) = verdicts.get_mut(index) {
                        *place = verdict;
                    }
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    Ok(verdicts.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}
