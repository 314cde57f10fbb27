//! A process under test: what it wrote, how it ended; it is killed when it is dropped.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::binaries::binary;
use crate::settings::Settings;
use crate::wait::until;

/// A running (or ended) binary of ours.
pub struct Process {
    name: String,
    child: Child,
    stdout: Lines,
    stderr: Lines,
}

type Lines = Arc<Mutex<Vec<String>>>;

impl Process {
    /// Starts the binary `name` with these settings and no other environment.
    pub fn start(name: &str, settings: &Settings) -> Self {
        let mut child = Command::new(binary(name))
            .args(&settings.arguments)
            .env_clear()
            .envs(settings.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        let stdout = collect(child.stdout.take().expect("stdout is piped"));
        let stderr = collect(child.stderr.take().expect("stderr is piped"));
        Self { name: name.to_owned(), child, stdout, stderr }
    }

    /// Sends a signal by its short name, such as TERM.
    pub fn signal(&self, signal: &str) {
        let status = Command::new("sh")
            .args(["-c", "kill -s \"$0\" \"$1\"", signal, &self.child.id().to_string()])
            .status()
            .expect("sh can be started");
        assert!(status.success(), "SIG{signal} could not be sent to {}", self.name);
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be waited for")
    }

    /// Waits until it ends, and gives the exit code.
    pub async fn exit_code(&mut self) -> i32 {
        let what = format!("{} to end", self.name);
        let status = until(&what, async || self.ended()).await;
        status.code().unwrap_or_else(|| panic!("{} was ended by a signal: {status}", self.name))
    }

    /// What it wrote to its standard output so far.
    pub fn stdout(&self) -> Vec<String> {
        self.stdout.lock().unwrap().clone()
    }

    /// What it wrote to its standard error so far.
    pub fn stderr(&self) -> Vec<String> {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until `select` finds something in what it wrote to its standard output; fails at once if it ends before.
    pub async fn find<T>(&mut self, what: &str, select: impl Fn(&[String]) -> Option<T>) -> T {
        let what = format!("{what} from {}", self.name);
        until(&what, async || {
            let ended = self.ended();
            let found = select(&self.stdout());
            if found.is_none()
                && let Some(status) = ended
            {
                panic!("wanted {what}, it ended with {status}:\n{}", self.output());
            }
            found
        })
        .await
    }

    /// Everything it wrote, for failure messages.
    pub fn output(&self) -> String {
        [self.stdout(), self.stderr()].concat().join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only for one that has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            eprintln!("--- what {} wrote ---\n{}", self.name, self.output());
        }
    }
}

/// Reads lines on a thread of its own, so that a full pipe never stops the process.
fn collect(pipe: impl Read + Send + 'static) -> Lines {
    let lines = Lines::default();
    let collected = Arc::clone(&lines);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            collected.lock().unwrap().push(line);
        }
    });
    lines
}
