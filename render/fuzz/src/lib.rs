//! What holds for input of any kind. `ci/fuzz` looks for input for which it does not; the tests of `render` try `corpus/`.

use gotemplate::parse;
use render::{Chart, File, HelmVersion, Limits, Options, Renderer, Table};

/// Any bytes are read as an archive or refused.
pub fn archive(bytes: &[u8]) {
    let _ = Chart::from_archive(bytes, HelmVersion::V4);
    let _ = Chart::from_archive(bytes, HelmVersion::V3);
}

/// Any template of a chart is rendered or refused, within the limits.
pub fn chart(text: &[u8]) {
    const CHART: &str = "apiVersion: v2\nname: fuzz\nversion: 1.0.0\n";
    const VALUES: &str = "a: {b: [1, two, 3.5, null], c: text}\nn: null\nt: true\n";
    let files =
        [File::new("Chart.yaml", CHART), File::new("values.yaml", VALUES), File::new("templates/fuzz.yaml", text)];
    if let Ok(chart) = Chart::from_files(files) {
        let limits = Limits { steps: 20_000, bytes: 8 << 20, calls: 200, ..Limits::default() };
        let renderer = Renderer { limits, ..Renderer::default() };
        let _ = renderer.render(&chart, &Table::new());
    }
}

/// Any text of `--set` and its relatives is read or refused.
pub fn set(text: &[u8]) {
    let given = vec![String::from_utf8_lossy(text).into_owned()];
    for version in [HelmVersion::V3, HelmVersion::V4] {
        for options in [
            Options { set: given.clone(), ..Options::default() },
            Options { set_string: given.clone(), ..Options::default() },
            Options { set_json: given.clone(), ..Options::default() },
            Options { set_literal: given.clone(), ..Options::default() },
        ] {
            let _ = options.values(version);
        }
    }
}

/// Any text is parsed or refused, and what is parsed prints as a template that parses to the same.
pub fn template(text: &[u8]) {
    if let Some(printed) = print(text)
        && let [only] = printed.as_slice()
        && let Some(again) = print(only.as_bytes())
    {
        assert_eq!(printed, again);
    }
}

fn print(text: &[u8]) -> Option<Vec<String>> {
    let trees = parse("fuzz", text, &|_| true).ok()?;
    Some(trees.iter().map(ToString::to_string).collect())
}

/// Unicode's own line breaks, as `{:?}` shows them: go-yaml folds them away when it writes, and so do we.
const FOLDED: [&str; 3] = ["\\u{85}", "\\u{2028}", "\\u{2029}"];

/// Any text is read or refused, and what is read is written so that it reads the same.
pub fn yaml(text: &[u8]) {
    let Ok(read) = goyaml::from_yaml(text) else { return };
    let Ok(written) = goyaml::to_yaml(&read) else { return };
    // Helm takes the last line break away, which a block scalar may need.
    let whole = written.clone() + "\n";
    let Ok(again) = goyaml::from_yaml(whole.as_bytes()) else { panic!("wrote what cannot be read: {written:?}") };
    let shown = format!("{read:?}");
    let same = govalue::deep_equal(&read, &again) || FOLDED.iter().any(|sign| shown.contains(sign));
    assert!(same, "read {shown}, wrote {written:?}, read {again:?}");
}
