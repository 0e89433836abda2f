//! In what Twilio-compatible carriers differ, as data.
//!
//! The client, the signature check and the parsers read a profile instead of asking which carrier it
//! is. Carriers with another request encoding or signature scheme need more than a profile.

use super::call::CallStatus;

/// The differences of one carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierProfile {
    pub name: &'static str,
    /// The header with the signature of a callback, in lower case.
    pub signature_header: &'static str,
    /// Words for a call status beside Twilio's own.
    status_aliases: &'static [(&'static str, CallStatus)],
}

impl CarrierProfile {
    pub const TWILIO: Self = Self { name: "twilio", signature_header: "x-twilio-signature", status_aliases: &[] };

    /// SignalWire sends both `answered` and `in-progress` for the same moment, and signs with the
    /// project's signing key in a header of its own.
    pub const SIGNALWIRE: Self = Self {
        name: "signalwire",
        signature_header: "x-signalwire-signature",
        status_aliases: &[("answered", CallStatus::InProgress)],
    };

    /// Reads a status in this carrier's dialect.
    #[must_use]
    pub fn status(&self, word: &str) -> CallStatus {
        let alias = self.status_aliases.iter().find(|(name, _)| *name == word);
        alias.map_or_else(|| CallStatus::from_word(word), |(_, status)| status.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answered_is_in_progress_at_signalwire_and_unknown_at_twilio() {
        assert_eq!(CarrierProfile::SIGNALWIRE.status("answered"), CallStatus::InProgress);
        assert_eq!(CarrierProfile::TWILIO.status("answered"), CallStatus::Unknown("answered".into()));
        assert_eq!(CarrierProfile::SIGNALWIRE.status("busy"), CallStatus::Busy);
    }
}
