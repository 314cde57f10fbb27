//! `include` of each template in probes/ returns what the real Helm's returned, or fails with its error.
#![allow(clippy::unwrap_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use render::{Chart, File, HelmVersion, Renderer};
use serde_json::Value as Json;

const VALUES: &str = include_str!("probes/template-probes.values.yaml");
const PROBES: &str = include_str!("probes/template-probes.json");

#[test]
fn probes_give_what_helm_gives() {
    let probes: Vec<Json> = serde_json::from_str(PROBES).unwrap();
    assert_eq!(probes.len(), 46);
    for probe in probes {
        let template = probe["template"].as_str().unwrap();
        let wanted = match probe["error"].as_str() {
            None => Ok(probe["output"].as_str().unwrap().to_owned()),
            Some(error) => Err(error.lines().next().and_then(|line| line.strip_prefix("Error: ")).unwrap().to_owned()),
        };
        for version in [HelmVersion::V3, HelmVersion::V4] {
            let met = included(template, version);
            // Helm 4 sets out errors in lines of their own; the data are Helm 3's.
            if wanted.is_ok() || version == HelmVersion::V3 {
                assert_eq!(met, wanted, "{template}");
            }
            assert_eq!(met.is_ok(), wanted.is_ok(), "{template}");
        }
    }
}

/// What `include` returns; base64 keeps it from what Helm does to a file's text at the end.
fn included(template: &str, version: HelmVersion) -> Result<String, String> {
    let chart = Chart::from_files([
        File::new("Chart.yaml", "apiVersion: v2\nname: pr\nversion: 1.0.0\n"),
        File::new("values.yaml", VALUES),
        File::new("templates/_h.tpl", format!("{{{{ define \"p\" }}}}{template}{{{{ end }}}}")),
        File::new("templates/x.yaml", "o: {{ include \"p\" . | b64enc }}"),
    ]);
    let rendered = Renderer::of(version).render(&chart.unwrap(), &serde_json::Map::new());
    let object = rendered.map_err(|error| error.to_string())?.manifests[0].object().unwrap();
    let text = object["o"].as_str().unwrap_or_default();
    Ok(String::from_utf8(STANDARD.decode(text).unwrap()).unwrap())
}
