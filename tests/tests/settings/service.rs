//! What a service reads, from its own types.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;

use clap::Parser;
use shared::service::Settings;
use shared::settings::{self, Common, Stop};

use super::pod::Pod;

/// A service, and what its `Config` makes of a pod.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    command: fn() -> clap::Command,
    read: fn(&Pod) -> Result<Addresses, String>,
}

/// What settings say of a pod's ports and of its end.
struct Addresses {
    http: u16,
    operations: u16,
    stop_seconds: f64,
}

impl Service {
    pub(crate) const ALL: [Self; 3] = [
        Self { name: "thoughts", command: <thoughts::Config as clap::CommandFactory>::command, read: read_thoughts },
        Self { name: "users", command: <users::Config as clap::CommandFactory>::command, read: read_users },
        Self { name: "frontend", command: <frontend::Config as clap::CommandFactory>::command, read: read_frontend },
    ];

    pub(crate) fn of(component: &str) -> Self {
        Self::ALL.into_iter().find(|service| service.name == component).expect("a service of this name")
    }

    /// The names of all variables that it reads.
    pub(crate) fn settings(&self) -> Vec<String> {
        settings::variables(&(self.command)())
    }

    /// Where a pod gives what the service does not read, or not what it needs.
    pub(crate) fn problems(&self, pod: &Pod) -> Vec<String> {
        let mut problems = Vec::new();
        let known = self.settings();
        for (name, value) in &pod.variables {
            if !known.contains(&setting(self.name, name)) {
                problems.push(format!("{} does not read {name}", self.name));
            }
            let file = pod.variables.get(&format!("{name}_FILE"));
            if let Some(file) = file.filter(|_| !value.is_empty()) {
                problems.push(format!("{} reads {name} in place of {file}", self.name));
            }
            let here = pod.here(value);
            if here != *value && !Path::new(&here).exists() {
                problems.push(format!("{} finds no {value}, which {name} names", self.name));
            }
        }
        let is_named = |path: &Path| pod.variables.values().any(|value| !value.is_empty() && path.starts_with(value));
        let unread = pod.files.iter().filter(|file| !is_named(file));
        problems.extend(unread.map(|file| format!("{} reads no {}", self.name, file.display())));
        match (self.read)(pod) {
            Ok(addresses) => problems.extend(addresses.problems(self.name, pod)),
            Err(problem) => problems.push(format!("{}: {problem}", self.name)),
        }
        problems
    }
}

impl Addresses {
    fn new(listen: SocketAddr, operations: SocketAddr, common: &Common) -> Self {
        let stop_seconds = (common.drain_delay + common.shutdown_timeout).as_secs_f64();
        Self { http: listen.port(), operations: operations.port(), stop_seconds }
    }

    fn problems(&self, name: &str, pod: &Pod) -> Vec<String> {
        let mut problems = Vec::new();
        for (port, listens) in [("http", self.http), ("operations", self.operations)] {
            let has = pod.ports.get(port).map_or("nowhere", String::as_str);
            if has != listens.to_string() {
                problems.push(format!("{name} listens at {listens}, its port {port} is {has}"));
            }
        }
        let stop_seconds = pod.pre_stop_seconds + self.stop_seconds;
        if stop_seconds >= pod.grace_seconds {
            problems.push(format!("{name} stops in {stop_seconds} s, but is killed after {} s", pod.grace_seconds));
        }
        problems
    }
}

/// The setting that a variable gives: `ADMIN_PASSWORD_FILE` gives `ADMIN_PASSWORD`, unless it is a setting itself.
pub(crate) fn setting(component: &str, variable: &str) -> String {
    let known = Service::of(component).settings();
    let of_file = variable.strip_suffix("_FILE").filter(|name| known.iter().any(|known| known == name));
    if known.iter().any(|known| known == variable) { variable } else { of_file.unwrap_or(variable) }.to_owned()
}

/// As the service reads its environment, with the level of its log.
fn read<C: Settings + Parser>(pod: &Pod) -> Result<C, String> {
    let variable = |name: &str| pod.variables.get(name).map(|value| OsString::from(pod.here(value)));
    let config: C = settings::parse([OsString::from("service")], variable).map_err(|stop| match stop {
        Stop::Wrong(line) | Stop::Help(line) => line,
    })?;
    shared::telemetry::init(config.common()).map_err(|error| format!("{error:#}"))?;
    Ok(config)
}

fn read_thoughts(pod: &Pod) -> Result<Addresses, String> {
    let config: thoughts::Config = read(pod)?;
    Ok(Addresses::new(config.listen, config.operations_listen, &config.common))
}

fn read_users(pod: &Pod) -> Result<Addresses, String> {
    let config: users::Config = read(pod)?;
    Ok(Addresses::new(config.listen, config.operations_listen, &config.common))
}

fn read_frontend(pod: &Pod) -> Result<Addresses, String> {
    let config: frontend::Config = read(pod)?;
    Ok(Addresses::new(config.listen, config.operations_listen, &config.common))
}
