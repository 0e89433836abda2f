//! Makes the client of a carrier account: secrets unsealed, base address and public address from the configuration.
//!
//! What the account's row says wins over the configuration. The engine and the callbacks get both from here, so
//! that calls are placed and callbacks verified with the same keys.

use std::sync::Arc;

use uuid::Uuid;

use crate::config::Config;
use crate::engine::carriers::{Line, MakeLine};
use crate::secrets::{Place, Secret, SecretKey};
use crate::store::accounts::Account;
use crate::telephony::{CarrierProfile, Credentials, PublicUrl, TransportLimits, TwilioCarrier, TwilioSettings};

/// Twilio's own address.
const TWILIO: &str = "https://api.twilio.com";
/// Where a carrier's secrets are kept.
const TABLE: &str = "carriers";

/// What is needed to turn accounts into clients.
#[derive(Clone)]
pub struct Lines {
    key: SecretKey,
    base_url: String,
    public_url: Option<String>,
    limits: TransportLimits,
}

impl Lines {
    /// By the configuration.
    #[must_use]
    pub fn new(config: &Config, key: SecretKey) -> Self {
        let limits =
            TransportLimits { request: config.bounds.carrier_timeout.unsigned_abs(), ..TransportLimits::default() };
        Self {
            key,
            base_url: config.twilio_base_url.clone().unwrap_or_else(|| TWILIO.to_owned()),
            public_url: config.public_url.clone(),
            limits,
        }
    }

    /// Whether calls go to the simulated carrier, so that no phone rings.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        is_on_this_machine(&self.base_url)
    }

    /// Where the carrier reaches us for this account.
    ///
    /// # Errors
    /// In words, when no address is configured or it is none.
    pub fn public_url(&self, account: &Account) -> Result<PublicUrl, String> {
        let text = account.public_url.as_ref().or(self.public_url.as_ref());
        let text = text.ok_or("the public address of this server is not set (public_url)")?;
        PublicUrl::parse(text).map_err(|e| e.to_string())
    }

    /// The keys that callbacks of this account are signed with.
    #[must_use]
    pub fn signing_keys(&self, account: &Account) -> Vec<Secret> {
        self.unseal(account.organization, "auth_token", account.auth_token_sealed.as_deref())
            .ok()
            .flatten()
            .into_iter()
            .collect()
    }

    /// The client of an account.
    ///
    /// # Errors
    /// In words, when something is missing or cannot be opened.
    pub fn line(&self, account: &Account) -> Result<Line, String> {
        let credentials = self.credentials(account)?;
        if self.signing_keys(account).is_empty() {
            return Err("the account's auth token is needed to check what the carrier sends".to_owned());
        }
        let settings = TwilioSettings {
            base_url: self.base_url.clone(),
            account_sid: account.account_sid.clone(),
            credentials,
            profile: CarrierProfile::TWILIO,
            limits: self.limits,
        };
        let carrier = TwilioCarrier::try_new(&settings).map_err(|e| e.to_string())?;
        Ok(Line { carrier: Arc::new(carrier), public_url: self.public_url(account)? })
    }

    /// As a maker for the engine.
    #[must_use]
    pub fn maker(self) -> MakeLine {
        Arc::new(move |account| self.line(account))
    }

    fn credentials(&self, account: &Account) -> Result<Credentials, String> {
        let organization = account.organization;
        let api_key = self.unseal(organization, "api_key_secret", account.api_key_secret_sealed.as_deref())?;
        if let (Some(sid), Some(secret)) = (&account.api_key_sid, api_key) {
            return Ok(Credentials::ApiKey { sid: sid.clone(), secret });
        }
        let token = self.unseal(organization, "auth_token", account.auth_token_sealed.as_deref())?;
        token.map(Credentials::AuthToken).ok_or_else(|| "neither an auth token nor an API key is set".to_owned())
    }

    fn unseal(&self, row: Uuid, column: &'static str, sealed: Option<&str>) -> Result<Option<Secret>, String> {
        let place = Place { table: TABLE, row, column };
        sealed.map(|sealed| self.key.open(&place, sealed)).transpose().map_err(|e| e.to_string())
    }
}

/// Whether an address is this machine's own. Real carriers are elsewhere, compatible ones too: of anything that is not
/// here it must never be said that no phone rings.
fn is_on_this_machine(url: &str) -> bool {
    match url::Url::parse(url).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_on_this_machine;

    #[test]
    fn phones_ring_wherever_the_carrier_is_not_on_this_machine() {
        for simulated in ["http://127.0.0.1:8090", "http://localhost:8090/", "http://[::1]:8090"] {
            assert!(is_on_this_machine(simulated), "{simulated}");
        }
        for real in ["https://api.twilio.com", "https://voice.example.com", "http://10.0.0.7:8090", "no address", ""] {
            assert!(!is_on_this_machine(real), "{real}");
        }
    }
}
