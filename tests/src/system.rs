//! The whole system: users, thoughts and the frontend, on databases of their own.

use std::sync::{Arc, Weak};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Mutex;

use crate::database::{Database, OwnDatabase};
use crate::http::{Reply, client, send};
use crate::keys::{Forgery, Key};
use crate::service::Service;
use crate::settings::Settings;
use crate::unique;
use crate::visitor::Visitor;

/// Three running services; all of it ends when this is dropped.
// The fields' order is the order of the end: processes before what they use.
pub struct System {
    /// The frontend.
    pub frontend: Service,
    /// The thoughts service.
    pub thoughts: Service,
    /// The users service.
    pub users: Service,
    /// The databases, which end after the processes.
    _databases: [OwnDatabase; 2],
    /// The key and the files of the databases.
    pub folder: TempDir,
}

/// What a system is started with.
pub struct SystemBuilder {
    database: Database,
    users: Settings,
    thoughts: Settings,
    frontend: Settings,
}

impl SystemBuilder {
    /// Adds a setting of users.
    #[must_use]
    pub fn users(mut self, name: &str, value: impl ToString) -> Self {
        self.users = self.users.with(name, value);
        self
    }

    /// Adds a setting of thoughts.
    #[must_use]
    pub fn thoughts(mut self, name: &str, value: impl ToString) -> Self {
        self.thoughts = self.thoughts.with(name, value);
        self
    }

    /// Adds a setting of the frontend.
    #[must_use]
    pub fn frontend(mut self, name: &str, value: impl ToString) -> Self {
        self.frontend = self.frontend.with(name, value);
        self
    }

    /// Starts the three, and waits until they are ready.
    pub async fn start(self) -> System {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let databases = [self.database.create(folder.path()).await, self.database.create(folder.path()).await];
        let key = folder.path().join("private.pem");
        std::fs::write(&key, &Key::shared().private_pem).expect("the temporary folder can be written");

        let users = merge(&databases[0].settings, &self.users).with("JWT_PRIVATE_KEY_FILE", key.display());
        let users = Service::ready("users", &users).await;
        let jwks = users.url("/.well-known/jwks.json");
        let thoughts = merge(&databases[1].settings, &self.thoughts);
        let thoughts = Service::ready("thoughts", &with_default(thoughts, "JWKS_URL", &jwks)).await;
        let frontend = with_default(self.frontend, "JWKS_URL", &jwks);
        let frontend = with_default(frontend, "THOUGHTS_BACKEND_URL", &thoughts.url(""));
        let frontend = with_default(frontend, "USER_BACKEND_URL", &users.url(""));
        let frontend = Service::ready("frontend", &frontend).await;
        System { frontend, thoughts, users, _databases: databases, folder }
    }
}

impl System {
    /// A system of one's own, with sample data; loopback may say X-Forwarded-For, so that each test has addresses of its own.
    pub fn builder(database: Database) -> SystemBuilder {
        SystemBuilder {
            database,
            users: Settings::new().with("SAMPLE_DATA", true).with("TRUSTED_PROXIES", "127.0.0.0/8"),
            thoughts: Settings::new().with("SAMPLE_DATA", true),
            frontend: Settings::new().with("TRUSTED_PROXIES", "127.0.0.0/8"),
        }
    }

    /// The system that the tests running at the moment share.
    // The last test that lets go of it ends it: a static would never be dropped.
    pub async fn shared(database: Database) -> Arc<Self> {
        static SQLITE: Mutex<Weak<System>> = Mutex::const_new(Weak::new());
        #[cfg(feature = "postgresql")]
        static POSTGRESQL: Mutex<Weak<System>> = Mutex::const_new(Weak::new());

        let mut shared = match database {
            Database::Sqlite => SQLITE.lock().await,
            #[cfg(feature = "postgresql")]
            Database::Postgresql => POSTGRESQL.lock().await,
        };
        if let Some(system) = shared.upgrade() {
            return system;
        }
        let system = Arc::new(Self::builder(database).start().await);
        *shared = Arc::downgrade(&system);
        system
    }

    /// The administrator of the sample data.
    pub async fn admin(&self) -> Person {
        self.log_in("admin", "admin").await
    }

    /// Somebody no other test knows.
    pub async fn person(&self) -> Person {
        let (name, password) = (unique("user"), unique("password"));
        let claims = Forgery::claims_with("admin", json!(true));
        // A token of our own making spares a login, which is slow on purpose.
        let request = client().post(self.users.url("/admin/users/")).bearer_auth(Key::shared().sign(&claims));
        send(request.form(&[("username", &name), ("password", &password)])).await.expect_status(201);
        self.log_in(&name, &password).await
    }

    /// Makes a user by the admin call.
    pub async fn create_user(&self, admin: &Person, username: &str, password: &str) -> Reply {
        let form = [("username", username), ("password", password)];
        send(client().post(self.users.url("/admin/users/")).header("authorization", &admin.bearer).form(&form)).await
    }

    /// Asks for a token, from an address that only this call uses.
    pub async fn login(&self, username: &str, password: &str) -> Reply {
        self.login_from(&own_address(), username, password).await
    }

    /// Asks for a token on behalf of somebody at an address.
    pub async fn login_from(&self, address: &str, username: &str, password: &str) -> Reply {
        let form = [("username", username), ("password", password)];
        send(client().post(self.users.url("/api/login/")).header("x-forwarded-for", address).form(&form)).await
    }

    /// Logs in somebody who can.
    pub async fn log_in(&self, username: &str, password: &str) -> Person {
        let reply = self.login(username, password).await;
        reply.expect_status(200);
        let bearer = reply.json()["Authorized"].as_str().expect("a login gives a token").to_owned();
        Person { username: username.to_owned(), password: password.to_owned(), bearer }
    }

    /// Posts a thought which must be taken.
    pub async fn post(&self, person: &Person, text: &str) -> Value {
        let reply = self.try_post(person, text).await;
        reply.expect_status(201);
        reply.json()
    }

    /// Posts a thought.
    pub async fn try_post(&self, person: &Person, text: &str) -> Reply {
        let request = client().post(self.thoughts.url("/api/me/thoughts/"));
        send(request.header("authorization", &person.bearer).json(&json!({"text": text}))).await
    }

    /// The thoughts that a search finds.
    pub async fn search(&self, text: &str) -> Vec<Value> {
        let reply = send(client().get(self.thoughts.url("/api/thoughts/")).query(&[("search", text)])).await;
        reply.expect_status(200);
        reply.json().as_array().expect("a search gives a list").clone()
    }

    /// Somebody who opens the frontend, from an address of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.frontend.url("")).with_header("x-forwarded-for", &own_address())
    }
}

/// Somebody who is logged in.
pub struct Person {
    /// The name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The value of an `Authorization` header.
    pub bearer: String,
}

/// An address of the range for documentation, in a network of its own: failed logins are counted by address.
fn own_address() -> String {
    format!("2001:db8:{:x}:{:x}::1", rand::random::<u16>(), rand::random::<u16>())
}

fn merge(first: &Settings, second: &Settings) -> Settings {
    second.variables.iter().fold(first.clone(), |settings, (name, value)| settings.with(name, value))
}

fn with_default(settings: Settings, name: &str, value: &str) -> Settings {
    if settings.variables.iter().any(|(known, _)| known == name) { settings } else { settings.with(name, value) }
}
