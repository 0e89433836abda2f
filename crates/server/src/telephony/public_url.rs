//! The address under which the carrier reaches us, as configured, never as a request claims it.
//!
//! A proxy may stand before us, so scheme, host and port of a request say nothing; callbacks are both
//! built and verified from this value and the raw request target.

use std::fmt;

use url::Url;

/// A public base address: scheme, host, port and perhaps a path before ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: Scheme,
    /// Kept for addresses that were given with one; may be empty, else ends in `@`.
    userinfo: String,
    host: String,
    /// Only when it was given and is not the scheme's own.
    port: Option<u16>,
    /// Without a slash at the end.
    path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Scheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// Why a text is not a public address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    #[error("the public address is not an http or https address")]
    NotHttp,
    #[error("the public address has a query or a fragment")]
    NotABase,
    #[error("the public address has a host with an underscore, which carriers refuse")]
    Underscore,
}

impl PublicUrl {
    /// Reads the configured address.
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| PublicUrlError::NotHttp)?;
        let scheme = match url.scheme() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(PublicUrlError::NotHttp),
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::NotABase);
        }
        let host = url.host_str().ok_or(PublicUrlError::NotHttp)?;
        if host.contains('_') {
            return Err(PublicUrlError::Underscore);
        }
        Ok(Self {
            scheme,
            userinfo: userinfo(&url),
            host: host.to_owned(),
            port: url.port(),
            path: url.path().trim_end_matches('/').to_owned(),
        })
    }

    /// An absolute address below this one; `path` starts with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// Every form in which the carrier may have signed a request for this target: with and without
    /// the port (its own systems differ) and, if there are any, with and without credentials.
    pub(super) fn signed_forms(&self, target: &str) -> Vec<String> {
        let port = format!(":{}", self.port.unwrap_or(self.scheme.port()));
        let users = [self.userinfo.as_str(), ""];
        let users = if self.userinfo.is_empty() { &users[1..] } else { &users[..] };
        let forms = users.iter().flat_map(|user| {
            ["", port.as_str()].map(|port| {
                let (scheme, host, path) = (self.scheme.as_str(), &self.host, &self.path);
                format!("{scheme}://{user}{host}{port}{path}{target}")
            })
        });
        forms.collect()
    }
}

fn userinfo(url: &Url) -> String {
    match (url.username(), url.password()) {
        ("", None) => String::new(),
        (user, None) => format!("{user}@"),
        (user, Some(password)) => format!("{user}:{password}@"),
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme.as_str(), self.userinfo, self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        f.write_str(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_the_same_with_and_without_a_slash_and_the_schemes_own_port() {
        for text in ["https://h.example", "https://h.example/", " https://H.example:443 "] {
            assert_eq!(PublicUrl::parse(text).unwrap().join("/a"), "https://h.example/a");
        }
        let beside = PublicUrl::parse("http://h.example:8080/carillon/").unwrap();
        assert_eq!(beside.join("/a"), "http://h.example:8080/carillon/a");
    }

    #[test]
    fn what_the_carrier_could_not_call_is_refused() {
        let refused = |text| PublicUrl::parse(text).unwrap_err();
        assert_eq!(refused("h.example"), PublicUrlError::NotHttp);
        assert_eq!(refused("ws://h.example"), PublicUrlError::NotHttp);
        assert_eq!(refused("https://h.example/?a"), PublicUrlError::NotABase);
        assert_eq!(refused("https://h.example/#a"), PublicUrlError::NotABase);
        assert_eq!(refused("https://my_host.example"), PublicUrlError::Underscore);
    }
}
