//! Requests and whole replies.

use std::sync::LazyLock;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

/// A client that follows no redirects and keeps no cookies, so that tests see each reply.
// It is made once, which takes long. It keeps no connections: each would end with the runtime of the test that opened it.
pub fn client() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_mins(1))
            .pool_max_idle_per_host(0)
            .build()
            .expect("the client's settings are sound")
    });
    CLIENT.clone()
}

/// Gets a page.
pub async fn get(url: impl AsRef<str>) -> Reply {
    send(client().get(url.as_ref())).await
}

/// Sends a request and reads the whole reply.
pub async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap_or_else(|error| panic!("no reply: {error:?}"));
    let url = response.url().to_string();
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let body = response.text().await.unwrap_or_else(|error| panic!("{url}: the reply broke off: {error:?}"));
    Reply { url, status, headers, body }
}

/// A reply, read to its end.
#[derive(Debug)]
pub struct Reply {
    /// What was asked.
    pub url: String,
    /// The status as a number.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Reply {
    /// A header's value; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("our headers are ASCII"))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("wanted JSON, met {self:?}"))
    }

    /// The ids in a list of thoughts.
    pub fn ids(&self) -> Vec<i64> {
        let id = |thought: &Value| thought["id"].as_i64().unwrap_or_else(|| panic!("wanted an id, met {thought}"));
        self.json().as_array().unwrap_or_else(|| panic!("wanted a list, met {self:?}")).iter().map(id).collect()
    }

    /// Fails unless the status is the wanted one.
    #[track_caller]
    pub fn expect_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "wanted status {status}, met {self:?}");
        self
    }

    /// Fails unless this is an error in the contract's shape: the status, and `{"message": "…"}`.
    #[track_caller]
    pub fn expect_error(&self, status: u16) -> &Self {
        self.expect_status(status);
        assert!(self.header("content-type").starts_with("application/json"), "wanted JSON, met {self:?}");
        let body = self.json();
        let message = body["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty(), "wanted a message, met {self:?}");
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(1), "wanted a message alone, met {self:?}");
        self
    }

    /// Fails unless this leads to the path `to` on the same server.
    #[track_caller]
    pub fn expect_redirect(&self, to: &str) -> &Self {
        assert!([302, 303].contains(&self.status), "wanted a redirect, met {self:?}");
        assert_eq!(self.header("location"), to, "wanted a redirect to {to}, met {self:?}");
        self
    }

    /// Where the `Link` header says the next page is.
    pub fn next(&self) -> Option<String> {
        let link = self.header("link").split(',').find(|link| link.contains("rel=\"next\""))?;
        let target = link.split_once('<')?.1.split_once('>')?.0;
        let base = reqwest::Url::parse(&self.url).expect("what was asked is a URL");
        Some(base.join(target).expect("a Link header holds a URL").into())
    }
}
