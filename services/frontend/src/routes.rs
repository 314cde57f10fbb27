//! The handlers: ask the backends, show a page. A file for each page.

pub(crate) mod files;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod nothing;
pub(crate) mod search;
pub(crate) mod thoughts;

use serde::Deserialize;
use shared::{Error, Query};

use crate::failure::Result;

/// Which page of a list, of which search.
#[derive(Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default)]
    search: String,
    after: Option<String>,
}

/// What an address asks for; 400 for what makes no sense.
pub(crate) type QueryOrError = Result<Query<ListQuery>, Error>;

impl ListQuery {
    /// The id that the page begins after.
    fn after(&self) -> Result<Option<i64>> {
        let number = |text: &String| text.parse().map_err(|_| Error::BadRequest("after must be a whole number".into()));
        Ok(self.after.as_ref().map(number).transpose()?)
    }
}
