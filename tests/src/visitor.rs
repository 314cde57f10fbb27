//! A person at the frontend: keeps cookies and fills forms, as a browser without scripts does.

use std::collections::BTreeMap;

use reqwest::RequestBuilder;

use crate::http::{Reply, client, send};
use crate::page::form_fields;

/// Somebody who visits one frontend.
#[derive(Clone)]
pub struct Visitor {
    base: String,
    /// The cookies kept so far.
    pub cookies: BTreeMap<String, String>,
    /// Headers sent with each request.
    pub headers: Vec<(String, String)>,
}

impl Visitor {
    /// Somebody new, without cookies; `base` is the frontend's URL without the last slash.
    pub fn new(base: impl Into<String>) -> Self {
        Self { base: base.into(), cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// The same with a header that goes with each request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Reply {
        let request = client().get(format!("{}{path}", self.base));
        self.send(request).await
    }

    /// Sends fields as a form, without looking at a page before.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Reply {
        let request = client().post(format!("{}{path}", self.base)).form(fields);
        self.send(request).await
    }

    /// Opens `page`, fills `fields` into its form for `action` beside the hidden ones, and sends it.
    pub async fn submit(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Reply {
        let opened = self.get(page).await;
        opened.expect_status(200);
        let mut form = form_fields(&opened.body, action);
        form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(action, &form).await
    }

    /// Tries to log in.
    pub async fn log_in(&mut self, username: &str, password: &str) -> Reply {
        self.submit("/login/", "/login/", &[("username", username), ("password", password)]).await
    }

    /// Writes a thought in the form of the own page.
    pub async fn write(&mut self, text: &str) -> Reply {
        self.submit("/", "/thoughts/new", &[("text", text)]).await
    }

    /// Searches.
    pub async fn search(&mut self, text: &str) -> Reply {
        let request = client().get(format!("{}/search", self.base)).query(&[("search", text)]);
        self.send(request).await
    }

    /// Sends a request with the cookies, and keeps those the reply sets.
    pub async fn send(&mut self, mut request: RequestBuilder) -> Reply {
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        let reply = send(request).await;
        self.keep_cookies(&reply);
        reply
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for header in reply.headers.get_all("set-cookie") {
            let cookie = header.to_str().expect("our cookies are ASCII");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap_or_else(|| panic!("wanted name=value, met {cookie}"));
            if value.is_empty() || attributes.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
