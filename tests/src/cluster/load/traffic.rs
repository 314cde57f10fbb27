//! What a load asks.

use std::sync::Arc;

use hyper::Method;

/// The request of each number, from 0 on.
pub type Traffic = Arc<dyn Fn(u64) -> Shot + Send + Sync>;

/// One request of a load, and what answers it well.
#[derive(Clone)]
pub struct Shot {
    /// What kind of request it is, for the figures.
    pub kind: &'static str,
    /// Its method.
    pub method: Method,
    /// The host name it asks for.
    pub host: String,
    /// Its path and query.
    pub path: String,
    /// More of its headers.
    pub headers: Vec<(&'static str, String)>,
    /// A form, encoded; none for a request without a body.
    pub form: Option<String>,
    /// The status that it must be answered with.
    pub wanted: u16,
    /// The text of the thought it writes, if it does.
    pub writes: Option<String>,
    /// Whether it has a connection of its own, instead of one that was used before.
    pub alone: bool,
}

impl Shot {
    /// A page or a list, wanted with 200.
    pub fn get(kind: &'static str, host: &str, path: impl Into<String>) -> Self {
        Self {
            kind,
            method: Method::GET,
            host: host.to_owned(),
            path: path.into(),
            headers: Vec::new(),
            form: None,
            wanted: 200,
            writes: None,
            alone: false,
        }
    }

    /// A form that is sent, with its fields.
    pub fn post(kind: &'static str, host: &str, path: &str, fields: &[(&str, &str)]) -> Self {
        let form = reqwest::Url::parse_with_params("http://form", fields).expect("fields make a query");
        let form = form.query().unwrap_or_default().to_owned();
        Self { method: Method::POST, form: Some(form), ..Self::get(kind, host, path) }
    }

    /// The same with a header more.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same, wanted with another status.
    #[must_use]
    pub fn wanting(mut self, status: u16) -> Self {
        self.wanted = status;
        self
    }

    /// The same, which writes a thought.
    #[must_use]
    pub fn writing(mut self, text: &str) -> Self {
        self.writes = Some(text.to_owned());
        self
    }

    /// The same on a connection of its own.
    #[must_use]
    pub fn alone(mut self, alone: bool) -> Self {
        self.alone = alone;
        self
    }
}
