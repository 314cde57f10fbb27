//! `cargo run`: the three services in one process.

use std::net::TcpListener;
use std::path::Path;

use mythoughts_tests::{Process, Settings, Visitor, get, until};

fn settings(data: &Path) -> Settings {
    let settings = Settings::new().flag("--data").flag(data.display());
    ["--thoughts-port", "--users-port", "--frontend-port"]
        .iter()
        .fold(settings, |settings, flag| settings.flag(flag).flag(0))
}

/// Starts it, and finds the frontend among the addresses it prints.
async fn start(data: &Path) -> (Process, String) {
    let mut process = Process::start("mythoughts", &settings(data));
    let addresses = process
        .find("three addresses", |lines| Some(addresses(&lines.join("\n"))).filter(|found| found.len() >= 3))
        .await;
    for address in addresses {
        let health = get(format!("{address}/health")).await;
        if health.header("server").starts_with("mythoughts-frontend/") {
            return (process, address);
        }
    }
    panic!("wanted the frontend's address, met {}", process.output());
}

fn addresses(printed: &str) -> Vec<String> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    let mut found: Vec<String> =
        printed.split("http://127.0.0.1:").skip(1).map(|rest| format!("http://127.0.0.1:{}", digits(rest))).collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn a_first_start_makes_all_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new").join("data");
    let (process, frontend) = start(&data).await;
    for name in ["bruce", "stephen", "admin"] {
        assert!(process.output().contains(name), "wanted the login {name} to be printed, met {}", process.output());
        Visitor::new(&frontend).log_in(name, name).await.expect_redirect("/");
    }
    assert!(data.join("jwt-private.pem").is_file());
    let mut visitor = Visitor::new(&frontend);
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    visitor.write("from the first start").await.expect_redirect("/");
    assert!(visitor.search("first START").await.body.contains("from the first start"));
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (_process, _) = start(folder.path()).await;
    let mode = std::fs::metadata(folder.path().join("jwt-private.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "the mode is {mode:o}");
}

#[tokio::test]
async fn a_second_start_keeps_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let (process, frontend) = start(folder.path()).await;
    let mut visitor = Visitor::new(&frontend);
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    visitor.write("kept over the restart").await.expect_redirect("/");
    let session = visitor.cookies.clone();
    let key = std::fs::read(folder.path().join("jwt-private.pem")).unwrap();
    drop(process);

    let (_process, frontend) = start(folder.path()).await;
    let mut visitor = Visitor::new(&frontend);
    visitor.cookies = session;
    let page = visitor.get("/").await;
    assert_eq!(page.expect_status(200).body.matches("kept over the restart").count(), 1, "{page:?}");
    assert_eq!(std::fs::read(folder.path().join("jwt-private.pem")).unwrap(), key);
}

#[tokio::test]
async fn an_interrupt_ends_it() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut process, _) = start(folder.path()).await;
        process.signal(signal);
        assert_eq!(process.exit_code().await, 0, "after SIG{signal}");
    }
}

/// The exit code and the only line on standard error.
async fn refusal(settings: &Settings) -> (i32, String) {
    let mut process = Process::start("mythoughts", settings);
    let code = process.exit_code().await;
    let lines =
        until("a line on standard error", async || Some(process.stderr()).filter(|lines| !lines.is_empty())).await;
    assert_eq!(lines.len(), 1, "wanted one line, met {lines:?}");
    (code, lines[0].clone())
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for flag in ["--thoughts-port", "--users-port", "--frontend-port"] {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::new().flag("--data").flag(folder.path().display()).flag(flag).flag(&port);
        for other in ["--thoughts-port", "--users-port", "--frontend-port"] {
            if other != flag {
                settings = settings.flag(other).flag(0);
            }
        }
        let (code, line) = refusal(&settings).await;
        assert_ne!(code, 0);
        assert!(line.contains(&port), "wanted {port} to be named, met {line}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    // Below a file nobody can make a folder, not even root.
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    for data in [file.join("data"), file] {
        let (code, line) = refusal(&settings(&data)).await;
        assert_ne!(code, 0);
        assert!(line.contains(&data.display().to_string()), "wanted {} to be named, met {line}", data.display());
    }
}

#[tokio::test]
async fn an_unknown_flag_is_refused() {
    let (code, line) = refusal(&Settings::new().flag("--prot=1")).await;
    assert_eq!(code, 2);
    assert!(line.contains("--prot"), "{line}");
}
