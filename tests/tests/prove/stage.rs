//! What most proofs begin with: the chart as in production, and people who use it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mythoughts_tests::cluster::load::{Load, Outcomes, Pace, Shot, Traffic};
use mythoughts_tests::cluster::{Namespace, Release, Site, create_production_secrets, log_in};
use mythoughts_tests::{Reply, form_fields, unique, until_within};
use serde_json::Value as Json;

use crate::report::Report;

pub(crate) const COMPONENTS: [&str; 3] = ["thoughts", "users", "frontend"];

/// values/production.yaml with a way in to each service, so that the API can be asked.
pub(crate) struct Stage<'a> {
    pub(crate) namespace: &'a Namespace,
    pub(crate) release: Release<'a>,
    pub(crate) thoughts: Site,
    pub(crate) users: Site,
    pub(crate) frontend: Site,
    /// In all the texts that are written here.
    mark: String,
    password: String,
    /// The administrator's.
    pub(crate) bearer: String,
    cookies: String,
    csrf: String,
}

/// An autoscaler makes its least number of pods some seconds after `helm install --wait` has ended.
async fn autoscalers_settle(namespace: &Namespace) {
    const TARGETS: &str = "{range .items[*]}{.spec.scaleTargetRef.name} {.spec.minReplicas}{\"\\n\"}{end}";
    let targets = namespace.kubectl(&["get", "horizontalpodautoscalers", &format!("--output=jsonpath={TARGETS}")]);
    for (name, least) in targets.lines().filter_map(|line| line.split_once(' ')) {
        let deployment = format!("deployment/{name}");
        let are_ready = async || {
            let ready = namespace.field(&deployment, "{.status.readyReplicas}");
            ready.parse::<u32>().ok() >= least.parse().ok()
        };
        wait(&format!("the autoscaler of {name}"), are_ready).await;
    }
}

impl<'a> Stage<'a> {
    /// Installs it, and logs the administrator in.
    pub(crate) async fn install(namespace: &'a Namespace, settings: &[&str]) -> Self {
        let password = create_production_secrets(namespace);
        let release = Release::new(namespace, Some("production.yaml")).with_own_hosts(&COMPONENTS);
        let release = ["thoughts", "users"].iter().fold(release, |release, backend| {
            release.set(&format!("{backend}.ingress.enabled=true")).set(&format!("{backend}.ingress.paths={{/}}"))
        });
        let release = settings.iter().fold(release, |release, setting| release.set(setting));
        release.install();
        autoscalers_settle(namespace).await;
        let site =
            async |component| Site::open(namespace, &format!("mythoughts-{component}"), &release.host(component)).await;
        let (thoughts, users, frontend) = (site("thoughts").await, site("users").await, site("frontend").await);
        let bearer = log_in(&users, "admin", &password).await;
        let mut visitor = frontend.visitor();
        visitor.log_in("admin", &password).await.expect_redirect("/");
        let page = visitor.get("/").await;
        let fields = form_fields(&page.expect_status(200).body, "/thoughts/new");
        let csrf =
            fields.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.clone()).expect("a form has a token");
        let cookies: Vec<_> = visitor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = unique("mark");
        let cookies = cookies.join("; ");
        Self { namespace, release, thoughts, users, frontend, mark, password, bearer, cookies, csrf }
    }

    /// Starts a load of these requests.
    pub(crate) fn load(&self, pace: Pace, traffic: Traffic) -> Load {
        Load::start(self.frontend.address(), pace, traffic)
    }

    /// What people do: two thirds read, one third writes, some log in; a quarter of the connections are new.
    pub(crate) fn people(&self) -> Traffic {
        let (search, own, list, login) = (self.search(), self.own_page(), self.list(), self.login());
        let (post, form) = (self.post(), self.form());
        Arc::new(move |number| {
            let shot = match number % 20 {
                _ if number % 100 == 99 => login.clone(),
                0..=5 => search.clone(),
                6..=9 => own.clone(),
                10..=12 => list.clone(),
                13..=16 => post(number),
                _ => form(number),
            };
            shot.alone(number / 20 % 4 == 0)
        })
    }

    /// The search page of the frontend, which asks the thoughts service.
    pub(crate) fn search(&self) -> Shot {
        Shot::get("searches", &self.frontend.host, "/search?search=nothing")
    }

    fn own_page(&self) -> Shot {
        Shot::get("own pages", &self.frontend.host, "/").header("cookie", &self.cookies)
    }

    fn list(&self) -> Shot {
        Shot::get("lists of the API", &self.thoughts.host, "/api/thoughts/?limit=10")
    }

    fn login(&self) -> Shot {
        let fields = [("username", "admin"), ("password", &*self.password), ("csrf", &self.csrf)];
        Shot::post("logins", &self.frontend.host, "/login/", &fields).header("cookie", &self.cookies).wanting(303)
    }

    fn post(&self) -> impl Fn(u64) -> Shot + Send + Sync + use<> {
        let (host, mark, bearer) = (self.thoughts.host.clone(), self.mark.clone(), self.bearer.clone());
        move |number| {
            let text = format!("{mark} {number}");
            let shot = Shot::post("thoughts by the API", &host, "/api/me/thoughts/", &[("text", &text)]);
            shot.header("authorization", &bearer).wanting(201).writing(&text)
        }
    }

    fn form(&self) -> impl Fn(u64) -> Shot + Send + Sync + use<> {
        let (host, mark) = (self.frontend.host.clone(), self.mark.clone());
        let (cookies, csrf) = (self.cookies.clone(), self.csrf.clone());
        move |number| {
            let text = format!("{mark} {number}");
            let shot = Shot::post("thoughts by the form", &host, "/thoughts/new", &[("text", &text), ("csrf", &csrf)]);
            shot.header("cookie", &cookies).wanting(303).writing(&text)
        }
    }

    /// The running pods of a component.
    pub(crate) fn pods(&self, component: &str) -> Vec<String> {
        let selector = format!("--selector=app.kubernetes.io/component={component}");
        let running = ["--field-selector=status.phase=Running", "--output=jsonpath={.items[*].metadata.name}"];
        let pods = self.namespace.kubectl(&[&["get", "pods", &selector], &running[..]].concat());
        assert!(!pods.is_empty(), "wanted pods of {component}, met none");
        pods.split(' ').map(ToOwned::to_owned).collect()
    }

    /// Logs the administrator in on the pages.
    pub(crate) async fn log_in(&self) -> Reply {
        self.frontend.visitor().log_in("admin", &self.password).await
    }

    /// Compares each thought that was acknowledged with what the API tells and with the database.
    pub(crate) async fn compare(&self, outcomes: &Outcomes, report: &mut Report) {
        let acknowledged = outcomes.acknowledged();
        let listed = self.thoughts.list(&format!("/api/thoughts/?search={}&limit=500", self.mark)).await;
        let listed = listed.iter().filter_map(|thought| Some((text(&thought["text"])?, thought["id"].as_i64()?)));
        let (api, database) = (by_text(listed), by_text(self.rows().into_iter()));
        report.figure("acknowledged thoughts", acknowledged.len());
        let lost = |found: &BTreeMap<String, Vec<i64>>| {
            acknowledged
                .iter()
                .filter(|(text, id)| !is_there(found.get(*text), **id))
                .map(|(text, _)| text.clone())
                .collect::<Vec<_>>()
        };
        let (api_lost, database_lost) = (lost(&api), lost(&database));
        report.figure("of them missing, or there twice, in the API's list", api_lost.len());
        report.figure("of them missing, or there twice, in the database", database_lost.len());
        let unknown = database.keys().filter(|text| !acknowledged.contains_key(*text)).count();
        report.figure("thoughts in the database whose acknowledgement got lost", unknown);
        assert!(!acknowledged.is_empty(), "wanted thoughts to compare, met none");
        assert!(api == database, "wanted the API to list what the database holds, met another list");
        assert!(database_lost.is_empty(), "wanted every acknowledged thought once, met others of {database_lost:?}");
    }

    /// What psql prints of a query in a backend's database, the columns apart by `|`.
    pub(crate) fn query(&self, backend: &str, query: &str) -> String {
        let (user, database) = (format!("--username={backend}"), format!("--dbname={backend}"));
        let psql = ["psql", &user, &database, "--no-align", "--tuples-only", "--command", query];
        let pod = format!("statefulset/mythoughts-{backend}-database");
        self.namespace.kubectl(&[&["exec", &pod, "--"], &psql[..]].concat())
    }

    /// Id and text of the thoughts written here, as the database has them.
    fn rows(&self) -> Vec<(String, i64)> {
        let query = format!("SELECT id, text FROM thoughts WHERE text LIKE '{} %'", self.mark);
        let printed = self.query("thoughts", &query);
        let row = |line: &str| {
            let (id, text) = line.split_once('|').unwrap_or_else(|| panic!("wanted id|text, met {line}"));
            (text.to_owned(), id.parse().expect("an id is a number"))
        };
        printed.lines().map(row).collect()
    }
}

/// Waits for what a cluster does by itself, which takes its time: it is asked now and then, so that asking is no load.
pub(crate) async fn wait(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let probe = async || {
        let held = holds().await;
        if !held {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        held.then_some(())
    };
    until_within(Duration::from_mins(5), what, probe).await;
}

/// Once, and under the id that was told.
fn is_there(ids: Option<&Vec<i64>>, told: Option<i64>) -> bool {
    matches!(ids.map(Vec::as_slice), Some([id]) if told.is_none_or(|told| told == *id))
}

fn by_text(thoughts: impl Iterator<Item = (String, i64)>) -> BTreeMap<String, Vec<i64>> {
    thoughts.fold(BTreeMap::new(), |mut found, (text, id)| {
        found.entry(text).or_default().push(id);
        found
    })
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(ToOwned::to_owned)
}
