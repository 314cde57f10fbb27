//! The tables as diesel knows them.

diesel::table! {
    /// Who may log in.
    users (id) {
        /// Rises with every user.
        id -> BigInt,
        /// The name.
        username -> Text,
        /// The password's argon2id hash in PHC form.
        password_hash -> Text,
        /// Whether admin calls are allowed.
        admin -> Bool,
        /// When it was made, in UTC.
        creation -> Timestamp,
    }
}
