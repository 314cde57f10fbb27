//! A cluster that is asked, and never changed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;
use kube::api::{DynamicObject, ListParams, Patch, PatchParams};
use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use kube::core::GroupVersionKind;
use kube::discovery::{ApiResource, Scope, pinned_kind};
use kube::{Api, Client};
use kubevalidate::Object;
use serde_json::{Value as Json, json};
use tokio::runtime::Runtime;

use crate::cli::Failure;

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(10);

/// An object in the cluster.
pub(super) struct Live {
    /// Without what the API server keeps for itself.
    pub(super) json: Json,
    /// Whether its fields were applied by the server: it knows then which of them are no longer asked for.
    pub(super) is_applied: bool,
}

/// The API server of a kube context.
pub(super) struct Cluster {
    runtime: Runtime,
    client: Client,
    address: String,
    manager: String,
    end: Instant,
    /// The kinds that were asked for; nothing for those that the cluster does not serve.
    kinds: RefCell<HashMap<GroupVersionKind, Option<(ApiResource, Scope)>>>,
}

impl Cluster {
    /// Reads the kubeconfig, or what a pod is given. No answer is waited for longer than until the timeout is over.
    pub(super) fn connect(context: Option<String>, manager: String, timeout: Duration) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let config = runtime.block_on(config(context))?;
        let address = config.cluster_url.to_string();
        let client = {
            // A client has tasks of its own, which belong to the runtime.
            let _guard = runtime.enter();
            Client::try_from(config).map_err(|error| failure(&address, &error))?
        };
        let end = Instant::now() + timeout;
        Ok(Self { runtime, client, address, manager, end, kinds: RefCell::default() })
    }

    /// The object as it is.
    pub(super) fn get(&self, object: &Object, namespace: &str) -> Result<Option<Live>, Failure> {
        let Some(api) = self.api(&object.api_version, &object.kind, namespace)? else { return Ok(None) };
        let live = self.wait(api.get_opt(&object.name)).map_err(|error| self.failure(&error))?;
        live.map(|live| {
            let managers = live.metadata.managed_fields.iter().flatten();
            let is_ours = |entry: &ManagedFieldsEntry| {
                entry.manager.as_ref() == Some(&self.manager) && entry.operation.as_deref() == Some("Apply")
            };
            Ok(Live { is_applied: managers.into_iter().any(is_ours), json: plain(&live)? })
        })
        .transpose()
    }

    /// The object as it would be, were this applied. One whose kind or namespace the cluster does not have yet is what it is in the chart.
    pub(super) fn apply(&self, object: &Object, json: &Json, namespace: &str) -> Result<Json, Failure> {
        const MISSING: u16 = 404;
        let Some(api) = self.api(&object.api_version, &object.kind, namespace)? else { return Ok(json.clone()) };
        let parameters = PatchParams::apply(&self.manager).force().dry_run();
        match self.wait(api.patch(&object.name, &parameters, &Patch::Apply(json))) {
            Ok(applied) => plain(&applied),
            Err(Problem::Kube(kube::Error::Api(status))) if status.code == MISSING => Ok(json.clone()),
            Err(Problem::Kube(kube::Error::Api(status))) => {
                Err(Failure::new(format!("the cluster refuses {object}: {}", status.message)))
            }
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// What `lookup` gives: the object, or without a name the list of them; nothing for what is not there.
    pub(super) fn lookup(&self, api_version: &str, kind: &str, namespace: &str, name: &str) -> Result<Json, String> {
        let told = |failure: Failure| failure.message;
        let Some(api) = self.api(api_version, kind, namespace).map_err(told)? else { return Ok(Json::Null) };
        if !name.is_empty() {
            let found = self.wait(api.get_opt(name)).map_err(|error| told(self.failure(&error)))?;
            return Ok(found.and_then(|found| serde_json::to_value(found).ok()).unwrap_or_default());
        }
        let list = self.wait(api.list(&ListParams::default())).map_err(|error| told(self.failure(&error)))?;
        let items = serde_json::to_value(list.items).unwrap_or_default();
        Ok(json!({"apiVersion": api_version, "kind": format!("{kind}List"), "metadata": {}, "items": items}))
    }

    /// The Secrets of a namespace that have these labels.
    pub(super) fn secrets(&self, namespace: &str, labels: &str) -> Result<Vec<Json>, Failure> {
        let Some(api) = self.api("v1", "Secret", namespace)? else { return Ok(Vec::new()) };
        let list = self.wait(api.list(&ListParams::default().labels(labels))).map_err(|error| self.failure(&error))?;
        list.items.iter().map(|item| Ok(serde_json::to_value(item)?)).collect()
    }

    /// Where objects of a kind are; nothing if the cluster does not serve it.
    fn api(&self, api_version: &str, kind: &str, namespace: &str) -> Result<Option<Api<DynamicObject>>, Failure> {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let wanted = GroupVersionKind::gvk(group, version, kind);
        let known = self.kinds.borrow().get(&wanted).cloned();
        let served = match known {
            Some(served) => served,
            None => self.discover(&wanted)?,
        };
        self.kinds.borrow_mut().insert(wanted, served.clone());
        Ok(served.map(|(resource, scope)| match scope {
            Scope::Namespaced if !namespace.is_empty() => {
                Api::namespaced_with(self.client.clone(), namespace, &resource)
            }
            _ => Api::all_with(self.client.clone(), &resource),
        }))
    }

    fn discover(&self, wanted: &GroupVersionKind) -> Result<Option<(ApiResource, Scope)>, Failure> {
        match self.wait(pinned_kind(&self.client, wanted)) {
            Ok((resource, capabilities)) => Ok(Some((resource, capabilities.scope))),
            Err(Problem::Kube(kube::Error::Discovery(_))) => Ok(None),
            Err(Problem::Kube(kube::Error::Api(status))) if status.code == 404 => Ok(None),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn wait<T>(&self, answer: impl Future<Output = kube::Result<T>>) -> Result<T, Problem> {
        let left = self.end.saturating_duration_since(Instant::now()).min(ANSWER);
        match self.runtime.block_on(async { tokio::time::timeout(left, answer).await }) {
            Ok(answer) => answer.map_err(Problem::Kube),
            Err(_) => Err(Problem::Late),
        }
    }

    fn failure(&self, problem: &Problem) -> Failure {
        match problem {
            Problem::Late => Failure::new(format!("the cluster {} does not answer in time", self.address)),
            Problem::Kube(kube::Error::Api(status)) => {
                Failure::new(format!("the cluster {} refuses to answer: {}", self.address, status.message))
            }
            Problem::Kube(error) => failure(&self.address, error),
        }
    }
}

/// Why there is no answer.
enum Problem {
    Late,
    Kube(kube::Error),
}

async fn config(context: Option<String>) -> Result<Config, Failure> {
    let wanted = |error: &dyn std::error::Error| Failure::new(format!("wanted a kube context, met: {}", chain(error)));
    let mut config = if context.is_some() || Kubeconfig::read().is_ok() {
        let options = KubeConfigOptions { context, ..KubeConfigOptions::default() };
        Config::from_kubeconfig(&options).await.map_err(|error| wanted(&error))?
    } else {
        Config::infer().await.map_err(|error| wanted(&error))?
    };
    config.connect_timeout = Some(ANSWER);
    config.read_timeout = Some(ANSWER);
    // A cluster that is not there is told at once.
    config.default_retry = false;
    Ok(config)
}

fn failure(address: &str, error: &dyn std::error::Error) -> Failure {
    Failure::new(format!("the cluster {address} cannot be asked: {}", chain(error)))
}

/// An error with its causes, each told once.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let told = cause.to_string();
        if !text.contains(&told) {
            text = format!("{text}: {told}");
        }
        next = cause.source();
    }
    text
}

/// An object without what the API server and its controllers add to every one.
fn plain(object: &DynamicObject) -> Result<Json, Failure> {
    const METADATA: [&str; 6] =
        ["creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"];
    const ANNOTATIONS: [&str; 2] =
        ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"];
    let mut json = serde_json::to_value(object)?;
    if let Some(object) = json.as_object_mut() {
        object.remove("status");
    }
    if let Some(metadata) = json.get_mut("metadata").and_then(Json::as_object_mut) {
        metadata.retain(|key, _| !METADATA.contains(&key.as_str()));
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Json::as_object_mut) {
            annotations.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()));
        }
    }
    Ok(json)
}
