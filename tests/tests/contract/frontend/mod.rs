//! The frontend, as a browser without scripts meets it.

mod backends;
mod csrf;
mod pages;
mod search;
mod security;
mod session;

/// What the page says to a wrong pair.
const WRONG_PAIR: &str = "Invalid login/password, please try again.";
