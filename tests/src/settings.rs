//! Settings of a service: the environment variables and flags it is started with.

/// The environment and the flags of one process; nothing else is passed on to it.
#[derive(Clone, Default)]
pub struct Settings {
    /// Environment variables.
    pub(crate) variables: Vec<(String, String)>,
    /// Command line arguments.
    pub(crate) arguments: Vec<String>,
}

#[allow(clippy::needless_pass_by_value, reason = "a number or a path is handed over as it is")]
impl Settings {
    /// No settings at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable, in place of its value so far.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self = self.without(name);
        self.variables.push((name.to_owned(), value.to_string()));
        self
    }

    /// The value of a variable, if it is set.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Leaves a variable out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// Adds an argument.
    #[must_use]
    pub fn flag(mut self, argument: impl ToString) -> Self {
        self.arguments.push(argument.to_string());
        self
    }
}
