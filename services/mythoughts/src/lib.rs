//! mythoughts
