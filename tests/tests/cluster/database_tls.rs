//! Connections to the chart's own PostgreSQL are encrypted, and its certificate is checked.

use mythoughts_tests::cluster::command::{kubectl, run, succeed};
use mythoughts_tests::cluster::{Namespace, Release, Site};
use mythoughts_tests::{unique, until};

const COMPONENTS: [&str; 2] = ["thoughts", "users"];

#[tokio::test]
async fn services_check_the_certificate_of_their_database() {
    let namespace = Namespace::create();
    let authority = Authority::new("authority");
    for component in COMPONENTS {
        authority.certify(&namespace, component, &format!("mythoughts-{component}-database"));
    }
    let release = Release::new(&namespace, None).set("frontend.ingress.enabled=true").with_own_hosts(&["frontend"]);
    let release = COMPONENTS
        .iter()
        .fold(release, |release, component| release.set(&format!("{component}.database.tlsSecret={component}-tls")));
    release.install();
    release.test();

    for component in COMPONENTS {
        // The sessions of the service itself: all are encrypted, and there are some.
        let query = format!(
            "select count(*) filter (where ssl) || ' of ' || count(*) from pg_stat_ssl join pg_stat_activity using (pid) \
             where usename = '{component}' and client_addr is not null"
        );
        let pod = format!("mythoughts-{component}-database-0");
        let told = namespace.kubectl(&["exec", &pod, "--", "psql", "-U", component, "-d", component, "-tAc", &query]);
        let (encrypted, all) = told.trim().split_once(" of ").expect("two numbers");
        assert!(encrypted == all && all != "0", "wanted all sessions of {component} to be encrypted, met {told}");
    }

    // A certificate for another name is refused: the service does not get ready, and the old pod serves.
    Authority::new("another").certify(&namespace, "other", "elsewhere");
    let password = release.secret("mythoughts-users-admin", "password");
    let frontend = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await;
    let mut admin = frontend.visitor();
    admin.log_in("admin", &password).await.expect_redirect("/");
    let text = unique("encrypted ");
    admin.write(&text).await.expect_redirect("/");
    let patch = r#"{"spec": {"template": {"spec": {"volumes": [{"name": "database-ca", "secret": {"secretName": "other-tls"}}]}}}}"#;
    namespace.kubectl(&["patch", "deployment/mythoughts-thoughts", "--patch", patch]);
    until("a pod of thoughts that does not trust its database", async || {
        let logs = ["logs", "--selector=app.kubernetes.io/component=thoughts", "--tail=50", "--prefix"];
        // A container that is only being made has no logs.
        let told = run(&kubectl(), &[&["--namespace", &namespace.name], &logs[..]].concat());
        told.text.to_lowercase().contains("certificate").then_some(())
    })
    .await;
    assert!(admin.get("/").await.body.contains(&text), "wanted {text} on the page");
}

/// An authority of one's own, whose files are in a folder of this machine.
struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn new(name: &str) -> Self {
        let authority = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        let subject = format!("/CN={name}");
        authority.openssl(&[
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", &subject, "-keyout", "ca.key",
            "-out", "ca.crt",
        ]);
        authority
    }

    /// Makes the Secret COMPONENT-tls with a certificate for a host.
    fn certify(&self, namespace: &Namespace, component: &str, host: &str) {
        let subject = format!("/CN={host}");
        let name = format!("subjectAltName=DNS:{host}");
        self.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            &subject,
            "-addext",
            &name,
            "-CA",
            "ca.crt",
            "-CAkey",
            "ca.key",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-keyout",
            "tls.key",
            "-out",
            "tls.crt",
        ]);
        let files = ["tls.crt", "tls.key", "ca.crt"]
            .map(|file| format!("--from-file={file}={}", self.folder.path().join(file).display()));
        let secret = format!("{component}-tls");
        let [certificate, key, authority] = &files;
        let kind = "--type=kubernetes.io/tls";
        namespace.kubectl(&["create", "secret", "generic", &secret, kind, certificate, key, authority]);
    }

    fn openssl(&self, arguments: &[&str]) {
        let script = "cd \"$0\" && openssl \"$@\"";
        let folder = self.folder.path().display().to_string();
        succeed("bash", &[&["-c", script, &folder], arguments].concat());
    }
}
