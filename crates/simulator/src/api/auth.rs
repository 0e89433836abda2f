//! Who asks: Basic authentication with the account's auth token or an API key.
//!
//! The accepted headers are made once, at the start. The credentials are made up and open nothing else, so nothing
//! here is slow or throttled on purpose. What a stranger is told stands in [`errors`](super::errors).

use std::collections::HashSet;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::config::Config;

/// The `Authorization` headers that are accepted.
pub(crate) struct Credentials(HashSet<String>);

impl Credentials {
    pub(crate) fn of(config: &Config) -> Credentials {
        let header = |user: &str, password: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        let keys = config.api_keys.iter().map(|key| header(&key.sid, &key.secret));
        Credentials(keys.chain([header(&config.account_sid, &config.auth_token)]).collect())
    }

    pub(crate) fn accept(&self, authorization: Option<&str>) -> bool {
        authorization.is_some_and(|header| self.0.contains(header))
    }
}
