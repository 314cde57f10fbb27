//! Any template of a chart is rendered or refused, within the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::{Chart, File, Limits, Renderer, Table};

const CHART: &str = "apiVersion: v2\nname: fuzz\nversion: 1.0.0\n";
const VALUES: &str = "a: {b: [1, two, 3.5, null], c: text}\nn: null\nt: true\n";

fuzz_target!(|text: &[u8]| {
    let files = [
        File::new("Chart.yaml", CHART),
        File::new("values.yaml", VALUES),
        File::new("templates/fuzz.yaml", text),
    ];
    if let Ok(chart) = Chart::from_files(files) {
        let limits = Limits { steps: 20_000, bytes: 8 << 20, calls: 200, ..Limits::default() };
        let renderer = Renderer { limits, ..Renderer::default() };
        let _ = renderer.render(&chart, &Table::new());
    }
});
