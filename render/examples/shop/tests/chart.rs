//! What the chart of the shop has to do.

use std::error::Error;
use std::fs;
use std::path::Path;

use kubevalidate::{Set, Settings, Severity, validate};
use render::{Chart, Coverage, HelmVersion, Options, Release, Rendered, Renderer, Table};

type Outcome = Result<(), Box<dyn Error>>;

fn renderer() -> Renderer {
    Renderer { release: Release::new("my", "shops"), ..Renderer::default() }
}

/// The chart with these values over its own.
fn rendered(set: &str) -> Result<Rendered, Box<dyn Error>> {
    let options = Options { set: vec![set.to_owned()], ..Options::default() };
    Ok(renderer().render(&Chart::load("chart")?, &options.values(HelmVersion::V4)?)?)
}

/// The values of each file in a folder, by its name.
fn cases(folder: &str) -> Result<Vec<(String, Table)>, Box<dyn Error>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path().to_string_lossy().into_owned()));
    let files = paths.collect::<Result<Vec<String>, Box<dyn Error>>>()?;
    let files = files.into_iter().filter(|file| Path::new(file).is_file());
    let values = |file: String| {
        let options = Options { files: vec![file.clone()], ..Options::default() };
        Ok((file, options.values(HelmVersion::V4)?))
    };
    files.map(values).collect()
}

#[test]
fn the_web_asks_the_stock_of_its_release() -> Outcome {
    let rendered = rendered("replicas=3")?;
    let web = rendered.manifest("Deployment", "my-web").ok_or("no web")?.object()?;
    assert_eq!(web["spec"]["replicas"], 3.0);
    let env = &web["spec"]["template"]["spec"]["containers"][0]["env"][0];
    assert_eq!(env["value"], "http://my-stock:8080");
    Ok(())
}

#[test]
fn a_stock_elsewhere_is_not_installed() -> Outcome {
    assert!(rendered("stockUrl=https://stock.example.com")?.manifest("Service", "my-stock").is_none());
    Ok(())
}

#[test]
fn kubernetes_would_take_it_with_all_values() -> Outcome {
    let chart = Chart::load("chart")?;
    for (file, values) in cases("chart/ci")? {
        let mut set = Set::new("shops");
        let rendered = renderer().render(&chart, &values)?;
        for manifest in rendered.manifests.iter().chain(&rendered.hooks) {
            set.read(&manifest.source, &manifest.text)?;
        }
        let findings = validate(&set, &Settings::default());
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{file}: {}", errors[0]);
    }
    Ok(())
}

#[test]
fn the_cases_take_every_branch() -> Outcome {
    let (renderer, chart) = (renderer(), Chart::load("chart")?);
    let mut coverage = Coverage::new(&renderer, &chart);
    for (file, values) in cases("chart/ci")? {
        assert_eq!(coverage.case(&values).error.map(|error| error.to_string()), None, "{file}");
    }
    for (file, values) in cases("chart/ci/refused")? {
        assert!(coverage.case(&values).error.is_some(), "{file} has to be refused");
    }
    let report = coverage.report();
    assert_eq!(report.missed(), Vec::<String>::new());
    assert_eq!((report.unread, report.undeclared), (vec![], vec![]));
    Ok(())
}
