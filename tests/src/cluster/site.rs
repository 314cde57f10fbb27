//! A host name at the cluster's Ingress.

use std::net::{SocketAddr, ToSocketAddrs};

use crate::{Reply, Visitor, client, send, until};
use reqwest::{Method, RequestBuilder};
use serde_json::Value as Json;

use super::namespace::Namespace;

/// What people reach under one host name.
#[derive(Clone)]
pub struct Site {
    url: String,
    /// The name that is asked for.
    pub host: String,
}

impl Site {
    /// Waits until the Ingress has an address, and until that address leads to the service.
    pub async fn open(namespace: &Namespace, ingress: &str, host: &str) -> Self {
        let site = Self::at_ingress(namespace, ingress, host).await;
        until(&format!("{host} at the Ingress"), async || (site.get("/health").await.status == 200).then_some(()))
            .await;
        site
    }

    /// Waits until the Ingress has an address.
    pub async fn at_ingress(namespace: &Namespace, ingress: &str, host: &str) -> Self {
        let object = format!("ingress/{ingress}");
        let address = until(&format!("an address of {object}"), async || {
            let found = namespace.field(&object, "{.status.loadBalancer.ingress[0]['ip','hostname']}");
            found.split_whitespace().next().map(ToOwned::to_owned)
        })
        .await;
        Self::at(&address, host)
    }

    /// A host name at an address that is known.
    pub fn at(address: &str, host: &str) -> Self {
        Self { url: format!("http://{address}"), host: host.to_owned() }
    }

    /// The same address, asked for another name.
    #[must_use]
    pub fn with_host(&self, host: &str) -> Self {
        Self { url: self.url.clone(), host: host.to_owned() }
    }

    /// Begins a request to this host.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.url)).header("host", &self.host)
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    /// The address of the Ingress, for a load.
    pub fn address(&self) -> SocketAddr {
        let host = self.url.trim_start_matches("http://");
        (host, 80)
            .to_socket_addrs()
            .ok()
            .and_then(|mut all| all.next())
            .unwrap_or_else(|| panic!("wanted an address, met {host}"))
    }

    /// All that a list holds, read page by page.
    pub async fn list(&self, path: &str) -> Vec<Json> {
        let mut all = Vec::new();
        let mut page = Some(path.to_owned());
        while let Some(path) = page {
            let reply = self.get(&path).await;
            all.extend(reply.expect_status(200).json().as_array().cloned().unwrap_or_default());
            page = reply.next().map(|next| next.trim_start_matches(&self.url).to_owned());
        }
        all
    }

    /// Somebody who visits the frontend here.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.url).with_header("host", &self.host)
    }
}

/// Logs in at the users service, and gives the bearer.
pub async fn log_in(users: &Site, username: &str, password: &str) -> String {
    let form = [("username", username), ("password", password)];
    let reply = send(users.request(Method::POST, "/api/login/").form(&form)).await;
    let body = reply.expect_status(200).json();
    body["Authorized"].as_str().unwrap_or_else(|| panic!("wanted a bearer, met {reply:?}")).to_owned()
}

/// Posts a thought at the thoughts service, and gives its path.
pub async fn post(thoughts: &Site, bearer: &str, text: &str) -> String {
    let request = thoughts.request(Method::POST, "/api/me/thoughts/").header("authorization", bearer);
    let reply = send(request.form(&[("text", text)])).await;
    let id = &reply.expect_status(201).json()["id"];
    assert!(id.is_u64(), "wanted the number of the new thought, met {reply:?}");
    format!("/api/thoughts/{id}/")
}

/// Fails unless the thought is there.
pub async fn expect_thought(thoughts: &Site, path: &str, text: &str) {
    let reply = thoughts.get(path).await;
    assert_eq!(reply.expect_status(200).json()["text"], text, "wanted the thought as it was posted, met {reply:?}");
}
