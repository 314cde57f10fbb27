//! A host name at the cluster's Ingress.

use mythoughts_tests::{Reply, Visitor, client, send, until};
use reqwest::{Method, RequestBuilder};

use crate::namespace::Namespace;

/// What people reach under one host name.
pub(crate) struct Site {
    url: String,
    host: String,
}

impl Site {
    /// Waits until the Ingress has an address, and until that address leads to the service.
    pub(crate) async fn open(namespace: &Namespace, ingress: &str, host: &str) -> Self {
        let object = format!("ingress/{ingress}");
        let address = until(&format!("an address of {object}"), async || {
            let found = namespace.field(&object, "{.status.loadBalancer.ingress[0]['ip','hostname']}");
            found.split_whitespace().next().map(ToOwned::to_owned)
        })
        .await;
        let site = Self::at(&address, host);
        until(&format!("{host} at the Ingress {address}"), async || {
            (site.get("/health").await.status == 200).then_some(())
        })
        .await;
        site
    }

    /// A host name at an address that is known.
    pub(crate) fn at(address: &str, host: &str) -> Self {
        Self { url: format!("http://{address}"), host: host.to_owned() }
    }

    /// The same address, asked for another name.
    pub(crate) fn with_host(&self, host: &str) -> Self {
        Self { url: self.url.clone(), host: host.to_owned() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.url)).header("host", &self.host)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    /// Somebody who visits the frontend here.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.url).with_header("host", &self.host)
    }
}

/// Logs in at the users service, and gives the bearer.
pub(crate) async fn log_in(users: &Site, username: &str, password: &str) -> String {
    let form = [("username", username), ("password", password)];
    let reply = send(users.request(Method::POST, "/api/login/").form(&form)).await;
    let body = reply.expect_status(200).json();
    body["Authorized"].as_str().unwrap_or_else(|| panic!("wanted a bearer, met {reply:?}")).to_owned()
}

/// Posts a thought at the thoughts service, and gives its path.
pub(crate) async fn post(thoughts: &Site, bearer: &str, text: &str) -> String {
    let request = thoughts.request(Method::POST, "/api/me/thoughts/").header("authorization", bearer);
    let reply = send(request.form(&[("text", text)])).await;
    let id = &reply.expect_status(201).json()["id"];
    assert!(id.is_u64(), "wanted the number of the new thought, met {reply:?}");
    format!("/api/thoughts/{id}/")
}

/// Fails unless the thought is there.
pub(crate) async fn expect_thought(thoughts: &Site, path: &str, text: &str) {
    let reply = thoughts.get(path).await;
    assert_eq!(reply.expect_status(200).json()["text"], text, "wanted the thought as it was posted, met {reply:?}");
}
