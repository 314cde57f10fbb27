//! The search over everybody's thoughts.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::QueryOrError;
use crate::clients::ThoughtList;
use crate::failure::Result;
use crate::state::AppState;
use crate::views::{SearchPage, View};
use crate::visitor::Visitor;

/// Longer than any thought, also if case folding made it three times as long and line ends count twice.
const HOPELESS: usize = 2_000;

pub(crate) async fn search(
    State(state): State<AppState>,
    Extension(visitor): Extension<Arc<Visitor>>,
    query: QueryOrError,
) -> Result<Response> {
    let query = query?.0;
    let after = query.after()?;
    let found = if query.search.chars().count() > HOPELESS {
        ThoughtList { thoughts: Vec::new(), next: None }
    } else {
        state.thoughts.search(&query.search, &visitor.request_id, after).await?
    };
    state.views.page(&visitor, &View::Search(SearchPage::of(&query.search, found, after)))
}
