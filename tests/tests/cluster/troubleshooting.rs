//! docs/troubleshooting.md: each entry is brought about, its commands are run and show what it says, and its remedy helps.

use std::fs;

use mythoughts_tests::cluster::command::{Answer, helm, kubectl, run};
use mythoughts_tests::cluster::{Namespace, Release, Site, create_production_secrets, repository};
use mythoughts_tests::until;

/// A command of the page, and what its output has.
struct Step {
    command: Vec<String>,
    wanted: Vec<String>,
}

#[test]
fn every_entry_has_its_test() {
    let page = page();
    let entries: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let source = include_str!("troubleshooting.rs");
    for entry in &entries {
        assert!(source.contains(&format!("steps(\"{entry}\"")), "wanted a test of the entry {entry}, met none");
    }
    assert!(!entries.is_empty(), "wanted entries, met none");
}

#[tokio::test]
async fn an_image_that_is_not_there() {
    let [seen] = steps("Pods have no image");
    let namespace = Namespace::create();
    let release = Release::new(&namespace, Some("local.yaml")).with_own_hosts(&["frontend", "thoughts", "users"]);
    let release = release.set("frontend.image.tag=none");
    release.begin("install");
    seen.is_seen(&namespace).await;
    release.set("frontend.image.tag=dev").begin("upgrade");
    namespace.wait_for_rollout("deployment/frontend");
}

#[tokio::test]
async fn a_secret_that_is_not_there() {
    let [seen] = steps("Pods wait for a Secret");
    let namespace = Namespace::create();
    let release = Release::new(&namespace, Some("production.yaml")).with_own_hosts(&["frontend"]);
    release.begin("install");
    seen.is_seen(&namespace).await;
    create_production_secrets(&namespace);
    namespace.wait_for_rollout("deployment/mythoughts-users");
}

#[tokio::test]
async fn databases_that_are_not_as_the_values_say() {
    let [not_ready, remedy] = steps("A backend runs but is not ready");
    let [refused, orphaned] = steps("An upgrade may not change a volume");
    let namespace = Namespace::create();
    let release = Release::new(&namespace, None).set("thoughts.database.password=first");
    release.install();

    refused.is_seen(&namespace).await;
    orphaned.is_seen(&namespace).await;
    let release = release.set("thoughts.database.persistence.size=2Gi");
    release.upgrade();

    let release = release.set("thoughts.database.password=changed").set("thoughts.podAnnotations.rolled=again");
    release.begin("upgrade");
    not_ready.is_seen(&namespace).await;
    remedy.is_seen(&namespace).await;
    namespace.wait_for_rollout("deployment/mythoughts-thoughts");
}

#[tokio::test]
async fn fields_that_kubectl_has_changed() {
    let [undo, refused, taken_back] = steps("An upgrade meets a conflict");
    let namespace = Namespace::create();
    let release = Release::new(&namespace, None);
    release.install();
    release.set("log.level=debug").upgrade();
    undo.is_seen(&namespace).await;
    refused.is_seen(&namespace).await;
    taken_back.is_seen(&namespace).await;
    namespace.wait_for_rollout("deployment/mythoughts-frontend");
}

#[tokio::test]
async fn names_that_are_not_served() {
    let [ingress] = steps("The Ingress answers 404");
    let [allowed] = steps("The frontend answers 400");
    let namespace = Namespace::create();
    let release = Release::new(&namespace, None).set("frontend.ingress.enabled=true").with_own_hosts(&["frontend"]);
    let release = release.set("frontend.allowedHosts={only.example.local}");
    release.install();
    let host = release.host("frontend");
    let known = |step: &Step| step.with("frontend.example.local", &host);
    known(&ingress).is_seen(&namespace).await;
    allowed.is_seen(&namespace).await;

    let site = Site::at_ingress(&namespace, "mythoughts-frontend", &host).await;
    let status = async |wanted: u16, site: &Site| {
        until(&format!("status {wanted}"), async || (site.get("/login/").await.status == wanted).then_some(())).await;
    };
    status(400, &site).await;
    status(404, &site.with_host("foreign.example.local")).await;
    release.set(&format!("frontend.allowedHosts={{{host}}}")).upgrade();
    status(200, &site).await;
}

#[tokio::test]
async fn values_that_make_no_system() {
    let [refused] = steps("An install is refused");
    let namespace = Namespace::create();
    refused.is_seen(&namespace).await;
    assert_eq!(namespace.objects(), [""; 0], "wanted nothing of what was refused");
}

impl Step {
    /// Waits until the command's output has what the page says.
    async fn is_seen(&self, namespace: &Namespace) {
        until(&format!("{:?} of {:?}", self.wanted, self.command), async || {
            let met = self.run(namespace).text;
            self.wanted.iter().all(|wanted| met.contains(wanted)).then_some(())
        })
        .await;
    }

    /// The same, of other names.
    fn with(&self, name: &str, own: &str) -> Self {
        let replaced = |words: &[String]| words.iter().map(|word| word.replace(name, own)).collect();
        Self { command: replaced(&self.command), wanted: replaced(&self.wanted) }
    }

    fn run(&self, namespace: &Namespace) -> Answer {
        let words: Vec<&str> = self.command.iter().map(String::as_str).collect();
        let namespaced = ["--namespace", &namespace.name];
        let chart = repository().join("chart").display().to_string();
        match words.as_slice() {
            ["kubectl", rest @ ..] => run(&kubectl(), &[&namespaced, rest].concat()),
            ["helm", rest @ ..] => {
                let rest: Vec<_> = rest.iter().map(|word| if *word == "./chart" { &chart } else { *word }).collect();
                run(&helm(), &[rest.as_slice(), &namespaced].concat())
            }
            other => panic!("wanted kubectl or helm in the page, met {other:?}"),
        }
    }
}

fn page() -> String {
    let path = repository().join("docs/troubleshooting.md");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The commands of an entry, each with the lines below it.
fn steps<const COUNT: usize>(entry: &str) -> [Step; COUNT] {
    let page = page();
    let (_, section) = page.split_once(&format!("## {entry}\n")).unwrap_or_else(|| panic!("no entry {entry}"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut steps: Vec<Step> = Vec::new();
    for line in section.lines().filter_map(|line| line.strip_prefix("    ")) {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: words(command), wanted: Vec::new() }),
            (None, Some(step)) => step.wanted.push(line.to_owned()),
            (None, None) => panic!("wanted a command before {line}"),
        }
    }
    let count = steps.len();
    steps.try_into().unwrap_or_else(|_| panic!("wanted {COUNT} commands in {entry}, met {count}"))
}

/// The words of a command line, quoted or not.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate();
    quoted
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(ToOwned::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}
