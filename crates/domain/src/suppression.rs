//! Reasons for which a recipient is not dialed, or not dialed again.
//!
//! Only the words. Who gives which reason is decided where it is known: when people are enrolled, at the claim and
//! at the moment of dialing.

crate::words! {
    /// Why a recipient is `suppressed`.
    pub enum SuppressionReason {
        /// The number is on the do-not-call list, or the contact is tagged `DNC`.
        DoNotCall = "do_not_call",
        /// There is no consent for calls of this purpose.
        NoConsent = "no_consent",
        /// The number leads to no line that may be called.
        Invalid = "invalid",
        /// The same number is in the run already.
        Duplicate = "duplicate",
        /// The number's country is not among the allowed ones.
        CountryNotAllowed = "country_not_allowed",
        /// The message was of no use any more.
        Expired = "expired",
        /// Somebody took the recipient out of the run.
        Removed = "removed",
        /// The campaign was stopped first.
        Stopped = "stopped",
    }
}

impl SuppressionReason {
    /// The reason in a sentence for people.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::DoNotCall => "The number is on the do-not-call list.",
            Self::NoConsent => "There is no consent for a call of this purpose.",
            Self::Invalid => "The number is not one that may be called.",
            Self::Duplicate => "The same number is in this campaign already.",
            Self::CountryNotAllowed => "Calls to the number's country are not allowed in the settings.",
            Self::Expired => "The message was only useful until a time that had passed.",
            Self::Removed => "Somebody removed the recipient from the campaign.",
            Self::Stopped => "The campaign was stopped before the recipient was reached.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_word_in_json_and_a_sentence_for_people() {
        let mut sentences = std::collections::HashSet::new();
        for reason in SuppressionReason::ALL.iter().copied() {
            assert_eq!(SuppressionReason::from_word(reason.as_str()), Some(reason));
            assert_eq!(serde_json::to_string(&reason).expect("json"), format!("\"{reason}\""));
            assert!(reason.in_words().ends_with('.') && sentences.insert(reason.in_words()), "{reason}");
        }
        assert_eq!(sentences.len(), 8);
    }
}
