//! How long one rendering takes in process: `in_process CHART [VALUES…]`.

use std::time::{Duration, Instant};

use render::{Chart, HelmVersion, Options, Renderer};

const ROUNDS: usize = 201;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("wanted CHART [VALUES…], met nothing")?;
    let options = Options { files: arguments.collect(), ..Options::default() };
    let renderer = Renderer::default();
    let load = median(|| Chart::load(&path).map(drop))?;
    let chart = Chart::load(&path)?;
    let values = options.values(HelmVersion::V4)?;
    let render = median(|| renderer.render(&chart, &values).map(drop))?;
    println!("in process: {path} is read in {load:.2?} and rendered in {render:.2?} (medians of {ROUNDS})");
    Ok(())
}

fn median(mut work: impl FnMut() -> Result<(), render::Error>) -> Result<Duration, render::Error> {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[ROUNDS / 2])
}
