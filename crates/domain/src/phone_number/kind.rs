//! What sort of line a number is, and which sorts may be called.
//!
//! The policy is one match: people's lines and nothing else. Whether a country is allowed, the hour is
//! decent or the number is on the do-not-call list is decided elsewhere.

use rlibphonenumber::PhoneNumberType;

crate::words! {
    /// What sort of line a number leads to, as far as its digits tell.
    pub enum PhoneKind {
        /// A landline.
        FixedLine = "fixed_line",
        /// A mobile phone.
        Mobile = "mobile",
        /// A landline or a mobile phone: some countries, the United States among them, mix the two.
        FixedLineOrMobile = "fixed_line_or_mobile",
        /// A line over the internet.
        Voip = "voip",
        /// A number that follows a person around, at a price.
        PersonalNumber = "personal_number",
        /// A number the called party pays for.
        TollFree = "toll_free",
        /// A number that costs the caller extra.
        PremiumRate = "premium_rate",
        /// A number whose cost is shared.
        SharedCost = "shared_cost",
        /// A pager.
        Pager = "pager",
        /// One number for all offices of a company.
        UniversalAccess = "universal_access",
        /// The way into a mailbox.
        Voicemail = "voicemail",
        /// A satellite phone or another network that belongs to no country.
        Satellite = "satellite",
        /// No numbering plan has such a number in use.
        Unknown = "unknown",
    }
}

/// The number leads to a line that we never call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub struct NotCallable(pub PhoneKind);

impl NotCallable {
    fn reason(self) -> &'static str {
        match self.0 {
            PhoneKind::PersonalNumber => "a personal number, whose price nobody can tell, is not called",
            PhoneKind::TollFree => "a toll-free number belongs to a company and is not called",
            PhoneKind::PremiumRate => "a premium-rate number is not called",
            PhoneKind::SharedCost => "a shared-cost number is not called",
            PhoneKind::Pager => "a pager is not called",
            PhoneKind::UniversalAccess => "a company's universal access number is not called",
            PhoneKind::Voicemail => "the way into a mailbox is not called",
            PhoneKind::Satellite => "a satellite or international network number is not called",
            PhoneKind::Unknown => "no numbering plan has this number in use",
            PhoneKind::FixedLine | PhoneKind::Mobile | PhoneKind::FixedLineOrMobile | PhoneKind::Voip => {
                "a person's line"
            }
        }
    }
}

impl PhoneKind {
    /// Whether a line of this sort may be called at all, with the reason when not.
    pub const fn may_be_called(self) -> Result<(), NotCallable> {
        match self {
            Self::FixedLine | Self::Mobile | Self::FixedLineOrMobile | Self::Voip => Ok(()),
            _ => Err(NotCallable(self)),
        }
    }

    /// The calling code is asked first: the networks that belong to no country have codes of their own.
    pub(super) fn of(calling_code: i32, by_plan: PhoneNumberType) -> Self {
        match (calling_code, by_plan) {
            (870 | 878 | 881 | 882 | 883 | 888, _) => Self::Satellite,
            (_, PhoneNumberType::FixedLine) => Self::FixedLine,
            (_, PhoneNumberType::Mobile) => Self::Mobile,
            (_, PhoneNumberType::FixedLineOrMobile) => Self::FixedLineOrMobile,
            (_, PhoneNumberType::VoIP) => Self::Voip,
            (_, PhoneNumberType::PersonalNumber) => Self::PersonalNumber,
            (_, PhoneNumberType::TollFree) => Self::TollFree,
            (_, PhoneNumberType::PremiumRate) => Self::PremiumRate,
            (_, PhoneNumberType::SharedCost) => Self::SharedCost,
            (_, PhoneNumberType::Pager) => Self::Pager,
            (_, PhoneNumberType::UAN) => Self::UniversalAccess,
            (_, PhoneNumberType::VoiceMail) => Self::Voicemail,
            (_, PhoneNumberType::Unknown) => Self::Unknown,
        }
    }
}
