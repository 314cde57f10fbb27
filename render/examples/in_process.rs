//! How long one rendering takes in process: `in_process CHART [VALUES…]`.

use std::time::{Duration, Instant};

use render::{Chart, Error, HelmVersion, Options, Renderer};

const ROUNDS: usize = 101;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("wanted CHART [VALUES…], met nothing")?;
    let options = Options { files: arguments.collect(), ..Options::default() };
    let renderer = Renderer::default();
    let values = options.values(HelmVersion::V4)?;
    let kept = Chart::load(&path)?;
    let read = median(|| time(|| Chart::load(&path)))?;
    let first = median(|| {
        let chart = Chart::load(&path)?;
        time(|| renderer.render(&chart, &values))
    })?;
    let again = median(|| time(|| renderer.render(&kept, &values)))?;
    println!(
        "in process: {path} is read in {read:.2?}, rendered in {first:.2?}, and again in {again:.2?} (medians of {ROUNDS})"
    );
    Ok(())
}

/// How long the work takes, without the time to take its result apart.
fn time<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<Duration, Error> {
    let start = Instant::now();
    let result = work();
    let taken = start.elapsed();
    result.map(|_| taken)
}

fn median(round: impl Fn() -> Result<Duration, Error>) -> Result<Duration, Error> {
    let mut times = (0..ROUNDS).map(|_| round()).collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable();
    Ok(times[ROUNDS / 2])
}
