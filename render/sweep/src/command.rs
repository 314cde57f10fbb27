//! What is run: `render` and the two Helms.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cases::Case;

/// Longer than any chart takes.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Where the commands are.
pub(crate) struct Commands {
    pub(crate) render: PathBuf,
    pub(crate) helm: PathBuf,
    /// Given to all of them.
    pub(crate) flags: Vec<String>,
}

/// What a command printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) success: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Commands {
    /// Our output.
    pub(crate) fn render(&self, case: &Case, version: u8) -> Printed {
        let mut command = Command::new(&self.render);
        command.args(["template", "--helm-version", &version.to_string(), "release-name"]).args(&self.flags);
        run(command, case)
    }

    /// The real Helm's output.
    pub(crate) fn helm(&self, case: &Case, version: u8) -> Printed {
        let mut command = Command::new(self.helm.join(format!("helm{version}")));
        command.args(["template", "--kube-version", "v1.37.0", "release-name"]).args(&self.flags);
        run(command, case)
    }
}

fn run(mut command: Command, case: &Case) -> Printed {
    command.arg(&case.folder);
    if let Some(values) = &case.values {
        command.arg("-f").arg(values);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let failed = |what: String| Printed { success: false, stdout: Vec::new(), stderr: what };
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return failed(format!("{command:?}: {error}")),
    };
    let stdout = child.stdout.take().map(|pipe| std::thread::spawn(move || read(pipe)));
    let stderr = child.stderr.take().map(|pipe| std::thread::spawn(move || read(pipe)));
    let end = Instant::now() + TIMEOUT;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(2)),
            _ => {
                let _ = child.kill();
                return failed(format!("no end within {TIMEOUT:?}"));
            }
        }
    };
    let collect = |thread: Option<std::thread::JoinHandle<Vec<u8>>>| thread.and_then(|thread| thread.join().ok());
    Printed {
        success: status.success(),
        stdout: collect(stdout).unwrap_or_default(),
        stderr: String::from_utf8_lossy(&collect(stderr).unwrap_or_default()).into_owned(),
    }
}

fn read(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    bytes
}
