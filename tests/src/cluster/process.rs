//! The processes of containers, as the node sees them: what no API of Kubernetes does is done to them by a signal.

use std::fs;

use super::command::succeed;
use super::namespace::Namespace;

/// Sends a signal, by its short name, to the first process of a pod's container. It needs the node's processes, and the
/// right to signal them.
pub fn signal(namespace: &Namespace, pod: &str, container: &str, signal: &str) {
    let template = format!("{{.status.containerStatuses[?(@.name==\"{container}\")].containerID}}");
    let container_id = namespace.field(&format!("pod/{pod}"), &template);
    let (_, id) = container_id.split_once("://").unwrap_or_else(|| panic!("wanted a container {container} in {pod}"));
    let process = first_process(id).unwrap_or_else(|| panic!("wanted a process of {pod}/{container}, met none"));
    succeed("sh", &["-c", "kill -s \"$0\" \"$1\"", signal, &process.to_string()]);
}

/// The one of a container's processes that is the first in there: ids of the node start over, so it may have a higher one
/// than its children. Its cgroup has the container's id for a name.
fn first_process(container: &str) -> Option<u32> {
    let processes = fs::read_dir("/proc").expect("/proc can be read").filter_map(|entry| {
        let entry = entry.ok()?;
        let id = entry.file_name().to_str()?.parse().ok()?;
        let groups = fs::read_to_string(entry.path().join("cgroup")).ok()?;
        let status = fs::read_to_string(entry.path().join("status")).ok()?;
        let is_inside =
            groups.lines().any(|line| line.ends_with(container) || line.contains(&format!("{container}.scope")));
        (is_inside && is_first(&status)).then_some(id)
    });
    processes.min()
}

/// Whether a process has the id 1 where it is.
fn is_first(status: &str) -> bool {
    let ids = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    ids.and_then(|ids| ids.split_whitespace().last()) == Some("1")
}

#[cfg(test)]
mod tests {
    use super::is_first;

    #[test]
    fn the_first_process_is_known_by_its_id_inside() {
        assert!(is_first("Name:\tpostgres\nPid:\t31999\nNSpid:\t31999\t1\nThreads:\t1\n"));
        assert!(!is_first("Name:\tpostgres\nPid:\t411\nNSpid:\t411\t52\nThreads:\t1\n"));
    }
}
