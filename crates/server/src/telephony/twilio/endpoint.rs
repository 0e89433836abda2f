//! Where the API is and who we are to it.
//!
//! The whole base address is a setting: regions, compatible carriers and the simulator differ by it.
//! Credentials may be the account's token or an API key; paths carry the account's id in both cases.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::HeaderValue;
use url::Url;

use super::transport::TransportLimits;
use crate::telephony::{CarrierProfile, NextPage, Secret};

/// The date in every path, which is the version of the API.
const API_VERSION: &str = "2010-04-01";
/// Longest account id or key id taken.
const ID_CHARS_MAX: usize = 64;

/// What the client needs to know.
#[derive(Debug, Clone)]
pub struct TwilioSettings {
    /// `https://api.twilio.com` unless a region, a compatible carrier or the simulator is meant.
    pub base_url: String,
    pub account_sid: String,
    pub credentials: Credentials,
    pub profile: CarrierProfile,
    pub limits: TransportLimits,
}

/// How requests are authenticated. Callbacks are always signed with the account's token.
#[derive(Debug, Clone)]
pub enum Credentials {
    AuthToken(Secret),
    ApiKey { sid: String, secret: Secret },
}

/// A setting that no request can be built from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("the carrier's base address is not an http or https address without query: {0}")]
    BaseUrl(String),
    #[error("the account id is not of letters, digits, '-' and '_': {0:?}")]
    AccountSid(String),
    #[error("the API key's id or the secret is empty or contains what no header can carry")]
    Credentials,
}

/// Builds addresses and the header that authenticates.
#[derive(Clone)]
pub(super) struct Endpoint {
    /// Scheme, host and port.
    origin: String,
    /// Path up to and with the API's version.
    prefix: String,
    account_sid: String,
    pub(super) authorization: HeaderValue,
}

impl Endpoint {
    pub(super) fn try_new(settings: &TwilioSettings) -> Result<Self, SettingsError> {
        let url = base_url(&settings.base_url)?;
        if !is_id(&settings.account_sid) {
            return Err(SettingsError::AccountSid(settings.account_sid.clone()));
        }
        let path = url.path().trim_end_matches('/');
        let prefix = match path.ends_with(API_VERSION) {
            true => path.to_owned(),
            false => format!("{path}/{API_VERSION}"),
        };
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            prefix,
            account_sid: settings.account_sid.clone(),
            authorization: authorization(&settings.account_sid, &settings.credentials)?,
        })
    }

    /// The account itself.
    pub(super) fn account(&self) -> String {
        format!("{}{}/Accounts/{}.json", self.origin, self.prefix, self.account_sid)
    }

    /// A resource of the account, such as `Calls` or `Calls/CA1/Events`.
    pub(super) fn resource(&self, path: &str) -> String {
        format!("{}{}/Accounts/{}/{path}.json", self.origin, self.prefix, self.account_sid)
    }

    /// The next page of a list. Only a path on our own host is followed: the credentials go with it.
    pub(super) fn page(&self, next: &NextPage) -> Option<String> {
        let path = next.0.strip_prefix(&self.origin).unwrap_or(&next.0);
        let local = path.starts_with('/') && !path.starts_with("//");
        local.then(|| format!("{}{path}", self.origin))
    }
}

fn base_url(text: &str) -> Result<Url, SettingsError> {
    let refused = || SettingsError::BaseUrl(text.to_owned());
    let url = Url::parse(text).map_err(|_| SettingsError::BaseUrl("not an address".to_owned()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(SettingsError::BaseUrl("credentials belong into their own settings".to_owned()));
    }
    let scheme_fits = matches!(url.scheme(), "http" | "https");
    let plain = url.query().is_none() && url.fragment().is_none();
    (scheme_fits && plain && url.has_host()).then_some(url).ok_or_else(refused)
}

/// Whether a text can be the id of an account, a key or an application in a path.
pub(super) fn is_id(text: &str) -> bool {
    let fits = (1..=ID_CHARS_MAX).contains(&text.len());
    fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

fn authorization(account: &str, credentials: &Credentials) -> Result<HeaderValue, SettingsError> {
    let (user, secret) = match credentials {
        Credentials::AuthToken(token) => (account, token),
        Credentials::ApiKey { sid, secret } => (sid.as_str(), secret),
    };
    if !is_id(user) || secret.is_empty() {
        return Err(SettingsError::Credentials);
    }
    let basic = STANDARD.encode(format!("{user}:{}", secret.reveal()));
    let mut header = HeaderValue::try_from(format!("Basic {basic}")).map_err(|_| SettingsError::Credentials)?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(base_url: &str) -> TwilioSettings {
        TwilioSettings {
            base_url: base_url.to_owned(),
            account_sid: "AC1".to_owned(),
            credentials: Credentials::AuthToken(Secret::new("token")),
            profile: CarrierProfile::TWILIO,
            limits: TransportLimits::default(),
        }
    }

    fn endpoint(base_url: &str) -> Endpoint {
        Endpoint::try_new(&settings(base_url)).unwrap()
    }

    #[test]
    fn the_base_address_may_have_a_port_a_prefix_and_the_version() {
        let calls = |base: &str| endpoint(base).resource("Calls");
        let path = "/2010-04-01/Accounts/AC1/Calls.json";
        assert_eq!(calls("https://api.twilio.com"), format!("https://api.twilio.com{path}"));
        assert_eq!(calls("https://api.twilio.com/2010-04-01/"), format!("https://api.twilio.com{path}"));
        assert_eq!(calls("http://127.0.0.1:9000/"), format!("http://127.0.0.1:9000{path}"));
        let laml = "https://x.signalwire.com/api/laml";
        assert_eq!(calls(&format!("{laml}/2010-04-01")), format!("{laml}{path}"));
        assert_eq!(calls(laml), format!("{laml}{path}"));
    }

    #[test]
    fn addresses_that_cannot_be_a_base_are_refused() {
        for bad in ["", "api.twilio.com", "ftp://x", "https://x/?q=1", "https://x/#f", "https://u:p@x/"] {
            let error = Endpoint::try_new(&settings(bad)).err();
            assert!(matches!(error, Some(SettingsError::BaseUrl(_))), "{bad:?}: {error:?}");
        }
    }

    #[test]
    fn a_password_in_the_base_address_is_not_repeated_in_the_error() {
        let error = Endpoint::try_new(&settings("https://u:hunter2@x/")).err().unwrap();
        assert!(!error.to_string().contains("hunter2"));
    }

    #[test]
    fn an_account_id_cannot_leave_its_place_in_the_path() {
        let mut bad = settings("https://x");
        bad.account_sid = "AC1/../AC2".to_owned();
        assert!(matches!(Endpoint::try_new(&bad), Err(SettingsError::AccountSid(_))));
    }

    #[test]
    fn a_key_authenticates_and_the_path_keeps_the_account() {
        let mut keyed = settings("https://x");
        keyed.credentials = Credentials::ApiKey { sid: "SK1".into(), secret: Secret::new("s") };
        let endpoint = Endpoint::try_new(&keyed).unwrap();
        assert_eq!(endpoint.authorization, format!("Basic {}", STANDARD.encode("SK1:s")));
        assert!(endpoint.authorization.is_sensitive());
        assert!(endpoint.resource("Calls").contains("/Accounts/AC1/"));
    }

    #[test]
    fn the_next_page_is_followed_on_our_host_only() {
        let endpoint = endpoint("https://api.twilio.com");
        let page = |text: &str| endpoint.page(&NextPage(text.to_owned()));
        assert_eq!(page("/2010?Page=1"), Some("https://api.twilio.com/2010?Page=1".to_owned()));
        assert_eq!(page("https://api.twilio.com/2010"), Some("https://api.twilio.com/2010".to_owned()));
        for foreign in ["https://evil.example/x", "//evil.example/x", "https://api.twilio.com.evil.example/", ""] {
            assert_eq!(page(foreign), None, "{foreign:?}");
        }
    }
}
