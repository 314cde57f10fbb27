//! The tables as diesel knows them.

diesel::table! {
    /// Everybody's thoughts.
    thoughts (id) {
        /// Rises with every thought.
        id -> BigInt,
        /// Who wrote it.
        username -> Text,
        /// What they wrote.
        text -> Text,
        /// The text, case-folded.
        search_text -> Text,
        /// When, in UTC.
        timestamp -> Timestamp,
    }
}
