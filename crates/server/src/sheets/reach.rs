//! What may be asked on the way to a sheet: Google's hosts of sheets, or the one host that was configured instead.
//!
//! Addresses are checked as whole URLs, by the same parser that fetching uses. Google's hosts must be public by their
//! names' addresses, too; a stand-in that the operator configured may be anywhere, and then nothing else may be asked.

use carillon_domain::import::SheetLink;
use url::{Host, Url};

use super::SheetError;
use super::addresses::is_public;

/// Google's own base.
const GOOGLE: &str = "https://docs.google.com";
/// The host that exports sheets.
const SHEET_HOST: &str = "docs.google.com";
/// Hosts below this one hand the exported file out.
const FILE_HOSTS: &str = ".googleusercontent.com";

/// Which addresses a host's name may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// Those of the public network alone.
    Public,
    /// The operator named the host, wherever it is.
    Any,
}

/// What may be asked.
#[derive(Debug, Clone)]
pub(super) enum Reach {
    Google,
    /// This base, and nothing that is not of its scheme, host and port.
    StandIn {
        base: Url,
        addresses: Addresses,
    },
}

impl Reach {
    /// By the configured base; Google's when there is none.
    pub(super) fn below(base: Option<&str>) -> Self {
        let google = Url::parse(GOOGLE).expect("a constant address");
        let base = base.map(|text| Url::parse(text).expect("the configuration lets only addresses through"));
        match base.filter(|base| base.origin() != google.origin()) {
            Some(base) => Self::StandIn { base, addresses: Addresses::Any },
            None => Self::Google,
        }
    }

    pub(super) const fn addresses(&self) -> Addresses {
        match self {
            Self::Google => Addresses::Public,
            Self::StandIn { addresses, .. } => *addresses,
        }
    }

    /// Where a sheet is exported as CSV.
    pub(super) fn export(&self, link: &SheetLink) -> Result<Url, SheetError> {
        let base = match self {
            Self::Google => GOOGLE,
            Self::StandIn { base, .. } => base.as_str(),
        };
        Url::parse(&link.export_url(base)).map_err(|_| SheetError::LeadsAway)
    }

    /// Refuses whatever is not to be asked.
    pub(super) fn check(&self, url: &Url) -> Result<(), SheetError> {
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        let is_ours = match self {
            Self::Google => url.scheme() == "https" && url.port().is_none() && is_googles(url),
            Self::StandIn { base, .. } => url.origin() == base.origin(),
        };
        if is_anonymous && is_ours && self.may_have(url) {
            return Ok(());
        }
        tracing::warn!(host = url.host_str().unwrap_or("none"), "a sheet led away from its host and was not fetched");
        Err(SheetError::LeadsAway)
    }

    /// Addresses in numbers are resolved by nobody, so they are checked here.
    fn may_have(&self, url: &Url) -> bool {
        let is_allowed = |address| self.addresses() == Addresses::Any || is_public(address);
        match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(address)) => is_allowed(address.into()),
            Some(Host::Ipv6(address)) => is_allowed(address.into()),
            None => false,
        }
    }
}

fn is_googles(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else { return false };
    name == SHEET_HOST || name.strip_suffix(FILE_HOSTS).is_some_and(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(reach: &Reach, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| reach.check(&url).is_ok())
    }

    #[test]
    fn google_is_its_host_of_sheets_and_its_hosts_of_files_over_https() {
        for base in [None, Some("https://docs.google.com"), Some("https://docs.google.com:443")] {
            let reach = Reach::below(base);
            assert_eq!(reach.addresses(), Addresses::Public);
            for url in [
                "https://docs.google.com/spreadsheets/d/x/export?format=csv",
                "https://DOCS.google.com:443/x",
                "https://doc-0s-8c-sheets.googleusercontent.com/export/x?y=z",
            ] {
                assert!(allows(&reach, url), "{url}");
            }
            for url in [
                "http://docs.google.com/x",
                "https://docs.google.com:22/x",
                "https://docs.google.com@169.254.169.254/",
                "https://user@docs.google.com/x",
                "https://user:word@docs.google.com/x",
                "https://docs.google.com.evil.example/x",
                "https://docs.google.com./x",
                "https://evil.example/docs.google.com",
                "https://google.com/x",
                "https://accounts.google.com/x",
                "https://sites.google.com/x",
                "https://googleusercontent.com/x",
                "https://.googleusercontent.com/x",
                "https://evilgoogleusercontent.com/x",
                "https://docs.googleusercontent.com.evil.example/x",
                "https://docs.g\u{43e}\u{43e}gle.com/x",
                "https://169.254.169.254/latest/meta-data",
                "https://0x7f.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://localhost/",
                "https://8.8.8.8/",
                "file:///etc/passwd",
                "gopher://docs.google.com/",
                "data:text/csv,Phone",
            ] {
                assert!(!allows(&reach, url), "{url}");
            }
        }
    }

    #[test]
    fn a_stand_in_is_its_own_host_and_port_alone() {
        let reach = Reach::below(Some("http://127.0.0.1:8091"));
        assert!(allows(&reach, "http://127.0.0.1:8091/spreadsheets/d/x/export?format=csv"));
        for url in [
            "http://127.0.0.1:8092/",
            "http://127.0.0.1/",
            "https://127.0.0.1:8091/",
            "http://127.0.0.2:8091/",
            "http://localhost:8091/",
            "http://ann@127.0.0.1:8091/",
            "https://docs.google.com/",
            "https://x.googleusercontent.com/",
        ] {
            assert!(!allows(&reach, url), "{url}");
        }
    }

    #[test]
    fn a_private_address_in_numbers_is_refused_even_when_it_is_the_base() {
        for (base, is_fine) in [("http://127.0.0.1:1", false), ("http://[::1]:1", false), ("http://8.8.8.8", true)] {
            let reach = Reach::StandIn { base: Url::parse(base).expect("an address"), addresses: Addresses::Public };
            assert_eq!(allows(&reach, base), is_fine, "{base}");
        }
    }

    #[test]
    fn a_sheet_is_exported_below_the_base() {
        let link = SheetLink::parse("https://docs.google.com/spreadsheets/d/abcdef123/edit#gid=7").expect("a link");
        let exported = |base| Reach::below(base).export(&link).expect("an address").to_string();
        assert_eq!(exported(None), "https://docs.google.com/spreadsheets/d/abcdef123/export?format=csv&gid=7");
        assert_eq!(exported(Some("http://h:1")), "http://h:1/spreadsheets/d/abcdef123/export?format=csv&gid=7");
        assert_eq!(exported(Some("http://h:1/s")), "http://h:1/s/spreadsheets/d/abcdef123/export?format=csv&gid=7");
    }
}
