//! thoughts
