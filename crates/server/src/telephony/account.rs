//! What the carrier tells about the account: for the connection check and the settings page.
//!
//! Money stays the carrier's decimal text. The account answer also contains the secret token; it is
//! not among the fields read.

/// The account behind the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// The carrier told.
    Known {
        name: Option<String>,
        /// The carrier's word: active, suspended or closed.
        status: Option<String>,
        /// Only verified numbers can be called, and few at once.
        trial: bool,
    },
    /// The key may place calls but may not read the account. Good enough.
    Hidden,
}

/// What is left to spend; it comes late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub amount: String,
    pub currency: String,
}

/// A number of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedNumber {
    pub number: String,
    pub name: Option<String>,
    /// Whether it can carry voice; `None` when the carrier does not say.
    pub voice: Option<bool>,
    pub voice_url: Option<String>,
}

/// The application that an agent's browser dials through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    pub sid: String,
    pub name: Option<String>,
    pub voice_url: Option<String>,
    pub status_callback: Option<String>,
}
