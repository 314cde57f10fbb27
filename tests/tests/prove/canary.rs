//! Another version for a share of the requests.

use std::env;
use std::time::Duration;

use mythoughts_tests::cluster::load::Pace;
use mythoughts_tests::cluster::{Namespace, Site};
use tokio::task::JoinSet;

use crate::report::Report;
use crate::stage::Stage;
use crate::versions::footer;

const PACE: Pace = Pace { rate: 5, most: 20_000 };
/// Beside four pods these weights are whole pods: one, and four.
const STABLE: u32 = 4;
const WEIGHTS: [(u32, u32); 2] = [(20, 1), (50, 4)];
const SETTINGS: [&str; 2] = ["frontend.autoscaling.enabled=false", "frontend.replicas=4"];
/// So many people ask at once, each so often.
const ASKERS: u32 = 4;
const ASKED: u32 = 750;
/// Of a sum of independent choices one of 16,000 is further from what is expected than so many standard deviations.
const DEVIATIONS: f64 = 4.0;
/// Within it the Ingress knows which pods there are.
const SETTLED: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary() {
    let promise = "A canary of the frontend with another version answers the share of the requests that is its weight, by \
        the version in the pages' footer, each request on a connection of its own, within four standard deviations; it \
        comes, grows and goes without a failed request.";
    let mut report = Report::begin("canary", promise);
    let next = env::var("PROVE_NEXT_VERSION").unwrap_or_else(|_| "0.1.1".to_owned());
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &SETTINGS).await;
    let load = stage.load(PACE, stage.people());
    assert_ne!(footer(&stage.frontend).await, next, "wanted two versions");

    let on =
        stage.release.clone().set("frontend.canary.enabled=true").set(&format!("frontend.canary.image.tag={next}"));
    for (weight, pods) in WEIGHTS {
        on.clone().set(&format!("frontend.canary.weight={weight}")).upgrade();
        let ready = namespace.field("deployment/mythoughts-frontend-canary", "{.status.readyReplicas}");
        assert_eq!(ready, pods.to_string(), "the pods of a canary of {weight} % beside {STABLE}");
        let (asked, met) = (ASKERS * ASKED, share(&stage.frontend, &next).await);
        let chance = f64::from(weight) / 100.0;
        let expected = f64::from(asked) * chance;
        let bound = DEVIATIONS * (expected * (1.0 - chance)).sqrt();
        report.figure(
            format!("{weight} %, {pods} of {} pods: of {asked} requests the canary answered", STABLE + pods),
            format!("{met}, {:.2} % (wanted {expected:.0} ± {bound:.0})", 100.0 * f64::from(met) / f64::from(asked)),
        );
        assert!((f64::from(met) - expected).abs() <= bound, "wanted {expected:.0} ± {bound:.0} requests, met {met}");
    }
    stage.release.upgrade();
    let met = share(&stage.frontend, &next).await;
    report.figure(format!("turned off: of {} requests the canary answered", ASKERS * ASKED), met);
    assert_eq!(met, 0, "wanted no canary any more");

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());
}

/// How many requests this version answered.
async fn share(frontend: &Site, version: &str) -> u32 {
    tokio::time::sleep(SETTLED).await;
    let mut askers = JoinSet::new();
    for _ in 0..ASKERS {
        let (frontend, version) = (frontend.clone(), version.to_owned());
        askers.spawn(async move {
            let mut met = 0;
            for _ in 0..ASKED {
                met += u32::from(footer(&frontend).await == version);
            }
            met
        });
    }
    askers.join_all().await.into_iter().sum()
}
