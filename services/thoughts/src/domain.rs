//! What a thought is, and which page of them is asked for. No HTTP, no queries.

mod page;
mod search;
mod thought;

pub use page::{Order, Page, PageQuery};
pub use search::Search;
pub use thought::{Thought, ThoughtText, fold};
