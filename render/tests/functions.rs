//! Calls of every function of templates, normal ones and wrong ones, give in a chart what Helm's engine gives.
//! `generate/functions` makes the cases.
#![allow(clippy::unwrap_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use render::{Chart, File, HelmVersion, Renderer};
use serde_json::Value as Json;

const CASES: &str = include_str!("functions/cases.jsonl");
const VALUES: &str = include_str!("functions/values.json");

#[test]
fn functions_give_what_helm_gives() {
    let mut failures = Vec::new();
    let mut count = 0;
    for line in CASES.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let template = case["template"].as_str().unwrap();
        let wanted = outcome(&case);
        for version in [HelmVersion::V3, HelmVersion::V4] {
            count += 1;
            let met = called(template, version);
            let own = case.get("v4").filter(|_| version == HelmVersion::V4).map(outcome);
            // Helm 4 sets out the same errors in lines of their own.
            let alike = own.is_none() && version == HelmVersion::V4 && met.is_err() && wanted.is_err();
            if !alike && met != *own.as_ref().unwrap_or(&wanted) {
                failures.push(format!(
                    "{template} {version:?}\n  ours:   {met:?}\n  theirs: {:?}",
                    own.as_ref().unwrap_or(&wanted)
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} differ:\n{}", failures.len(), failures.join("\n"));
}

/// What stands before all errors of the called template.
const BEFORE: &str = "template: f/templates/x.yaml:1:3: executing \"f/templates/x.yaml\" at <include \"p\" .>: error calling include: template: f/templates/_h.tpl:1:";

fn outcome(case: &Json) -> Result<String, String> {
    match case["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(case["text"].as_str().unwrap_or_default().to_owned()),
    }
}

/// What the template gives that includes this one; base64 keeps it from what Helm does to a file's text at the end.
fn called(template: &str, version: HelmVersion) -> Result<String, String> {
    let chart = Chart::from_files([
        File::new("Chart.yaml", "apiVersion: v2\nname: f\nversion: 1.0.0\n"),
        File::new("templates/_h.tpl", format!("{{{{ define \"p\" }}}}{template}{{{{ end }}}}")),
        File::new("templates/x.yaml", "{{ include \"p\" . | b64enc | printf \"o: %q\" }}"),
    ]);
    let rendered = Renderer::of(version).render(&chart.unwrap(), &serde_json::from_str(VALUES).unwrap());
    let object = rendered.map_err(|error| error.to_string().trim_start_matches(BEFORE).to_owned())?.manifests[0]
        .object()
        .unwrap();
    Ok(String::from_utf8_lossy(&STANDARD.decode(object["o"].as_str().unwrap()).unwrap()).into_owned())
}
