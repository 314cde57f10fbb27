//! A release from a registry.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use mythoughts_tests::cluster::command::{helm, succeed};
use mythoughts_tests::cluster::{Namespace, repository};

use crate::report::Report;
use crate::stage::{COMPONENTS, wait};

#[tokio::test]
async fn registry() {
    let promise = "What `ci/package` made is pushed to a registry by `ci/publish`, and the chart is installed from there \
        with the images from there, by what is in them.";
    let mut report = Report::begin("registry", promise);
    let folder = tempfile::tempdir().expect("a folder for the registry");
    let registry = Registry::start(folder.path());
    wait("the registry", async || TcpStream::connect(&registry.address).is_ok()).await;
    let package = repository().join("target/package").display().to_string();
    let begun = Instant::now();
    let publish = repository().join("ci/publish").display().to_string();
    succeed(&publish, &[&format!("{}/mythoughts", registry.address), &package]);
    report.time("`ci/publish`, six images and the chart", begun.elapsed());

    let namespace = Namespace::create();
    let chart = format!("oci://{}/mythoughts/charts/mythoughts", registry.address);
    let images = format!("{package}/images.yaml");
    let own = ["--namespace", &namespace.name];
    let begun = Instant::now();
    let install = ["install", "mythoughts", &chart, "--plain-http", "--values", &images, "--wait", "--timeout=300s"];
    succeed(&helm(), &[&install[..], &own].concat());
    report.time("`helm install` from it", begun.elapsed());
    succeed(&helm(), &[&["test", "mythoughts", "--timeout=120s"][..], &own].concat());

    let values = fs::read_to_string(&images).expect("ci/publish writes images.yaml");
    for component in COMPONENTS {
        let selector = format!("--selector=app.kubernetes.io/component={component}");
        let id = "--output=jsonpath={.items[0].status.containerStatuses[0].imageID}";
        let image = namespace.kubectl(&["get", "pods", &selector, id]);
        let (name, digest) = image.split_once('@').unwrap_or_else(|| panic!("wanted a digest, met {image}"));
        assert!(name.starts_with(&registry.address), "wanted an image of {}, met {image}", registry.address);
        assert!(values.contains(digest), "wanted the image that was pushed, met {image}");
        report.figure(format!("the image of {component}"), digest);
    }
}

/// Debian's `docker-registry`, on loopback.
struct Registry {
    process: Child,
    address: String,
}

impl Registry {
    fn start(folder: &Path) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.expect("a free port").to_string();
        let data = folder.join("data");
        let settings = serde_json::json!({
            "version": "0.1",
            "storage": {"filesystem": {"rootdirectory": data}},
            "http": {"addr": address},
            "log": {"level": "error", "accesslog": {"disabled": true}},
        });
        let file = folder.join("registry.yaml");
        fs::write(&file, settings.to_string()).expect("the folder can be written");
        let mut command = Command::new("docker-registry");
        command.arg("serve").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("docker-registry is installed (ci/tools prove)");
        Self { process, address }
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // It keeps nothing that is worth a clean end.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
