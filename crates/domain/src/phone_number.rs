//! Telephone numbers, in E.164 once they are inside.
//!
//! [`PhoneNumber::parse`] reads what people write, [`PhoneNumber::from_e164`] trusts a door behind
//! which only E.164 is written, and [`parse_cell`] mends what spreadsheets do to numbers. Where a
//! number's owner may be, and so the hour there, is the business of [`crate::time_zones`].

mod cell;
mod kind;
mod north_american;

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use cell::{CellNote, PhoneCell, parse_cell, parse_cell_by_plan};
pub use kind::{NotCallable, PhoneKind};

use crate::country_code::CountryCode;

/// Digits of an E.164 number, calling code included.
const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Longer texts are not looked at: no spelling of a number needs more.
const PHONE_TEXT_LENGTH_MAX: usize = 40;
/// So many digits or fewer without a plus are an emergency, short or extension number.
const SHORT_NUMBER_DIGITS_MAX: usize = 6;
/// So many digits stay readable in a masked number.
const UNMASKED_DIGITS: usize = 4;

/// A telephone number in E.164, for example `+12025550143`.
///
/// Kept without an allocation, because imports and plans hold many. Its `Debug` shows the last four
/// digits only, so that logs do not hold numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber {
    text: [u8; 16],
    length: u8,
}

/// Why a text is not a number we can call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    #[error("there is no phone number")]
    Empty,
    #[error("too long for a phone number")]
    TooLong,
    #[error("not in E.164: a plus sign and 7 to 15 digits are wanted")]
    NotE164,
    #[error("letters do not belong in a phone number")]
    Letters,
    #[error("the character {} does not belong in a phone number", .0.escape_default())]
    ForbiddenCharacter(char),
    #[error("a plus sign may only stand at the beginning")]
    PlusInside,
    #[error("too short: an emergency, short or extension number, or the area code is missing")]
    TooShort,
    #[error("not a number in use in {0} or, with a plus sign, anywhere else")]
    NotInUse(CountryCode),
    #[error("no country's numbering plan has this number in use")]
    NotInUseAnywhere,
    #[error("the plus sign is missing: with one it would be a number of {0}")]
    PlusMissing(CountryCode),
    #[error("the spreadsheet rounded it and digits are lost; format the column as text and fill it in again")]
    DigitsLost,
    #[error("more than one number in one cell")]
    MoreThanOne,
    #[error("a negative number is not a phone number")]
    Negative,
    #[error("a date is not a phone number")]
    Date,
    #[error("a spreadsheet formula or error is not a phone number")]
    Formula,
    #[error("only zeros")]
    OnlyZeros,
    #[error(transparent)]
    NotCallable(#[from] NotCallable),
}

/// A number just read, with what reading it told: asking the numbering plan twice costs an import a third.
#[derive(Clone, Copy)]
struct Reading {
    phone: PhoneNumber,
    kind: PhoneKind,
}

impl PhoneNumber {
    /// Reads any human spelling; one without a plus is taken as written in the default country.
    pub fn parse(text: &str, default_country: &CountryCode) -> Result<Self, PhoneNumberError> {
        read(text, *default_country).map(|reading| reading.phone)
    }

    /// Reads any human spelling of a number that may be called (see [`PhoneKind::may_be_called`]).
    pub fn parse_callable(text: &str, default_country: &CountryCode) -> Result<Self, PhoneNumberError> {
        let reading = read(text, *default_country)?;
        reading.kind.may_be_called()?;
        Ok(reading.phone)
    }

    /// Reads E.164 and nothing else. For doors behind which E.164 was written: our store, the carrier.
    pub fn from_e164(text: &str) -> Result<Self, PhoneNumberError> {
        let digits = text.strip_prefix('+').ok_or(PhoneNumberError::NotE164)?.as_bytes();
        let well_formed =
            E164_DIGITS.contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && digits[0] != b'0';
        if !well_formed {
            return Err(PhoneNumberError::NotE164);
        }
        let mut kept = [0; 16];
        kept[..text.len()].copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).expect("16 bytes at most");
        Ok(Self { text: kept, length })
    }

    /// The number in E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).expect("E.164 is ASCII")
    }

    /// The digits without the plus sign.
    pub(crate) fn digits(&self) -> &str {
        &self.as_str()[1..]
    }

    /// The number with all but its last four digits hidden, for logs and for people who may not see it.
    #[must_use]
    pub fn masked(&self) -> String {
        let (hidden, shown) = self.digits().split_at(self.digits().len() - UNMASKED_DIGITS);
        format!("+{}{shown}", "•".repeat(hidden.len()))
    }

    /// The country whose number it is; `None` when no country's plan knows it. Calling code 1 is
    /// told apart: an area code of Jamaica is `JM`, never `US`.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        let number = self.by_plan()?;
        PHONE_NUMBER_UTIL.get_region_for_number(&number).and_then(CountryCode::of_region)
    }

    /// What sort of line it leads to.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        self.by_plan().map_or(PhoneKind::Unknown, |number| kind_of(&number))
    }

    /// Whether this sort of line may be called at all, with the reason when not.
    pub fn may_be_called(&self) -> Result<(), NotCallable> {
        self.kind().may_be_called()
    }

    fn by_plan(&self) -> Option<rlibphonenumber::PhoneNumber> {
        PHONE_NUMBER_UTIL.parse(self.as_str(), None).ok()
    }
}

fn kind_of(number: &rlibphonenumber::PhoneNumber) -> PhoneKind {
    PhoneKind::of(number.country_code, PHONE_NUMBER_UTIL.get_number_type(number))
}

fn read(text: &str, default_country: CountryCode) -> Result<Reading, PhoneNumberError> {
    let text = text.trim_matches(' ');
    check_characters(text)?;
    let national = read_by_plan(text, default_country);
    // "00" is how most of the world dials out. Countries that dial out otherwise have no number that
    // begins with it, so nothing else can be meant.
    match (national, text.strip_prefix("00")) {
        (None, Some(rest)) => read_by_plan(&format!("+{rest}"), default_country),
        (national, _) => national,
    }
    .ok_or_else(|| refusal(text, default_country))
}

fn refusal(text: &str, default_country: CountryCode) -> PhoneNumberError {
    if text.starts_with('+') {
        PhoneNumberError::NotInUseAnywhere
    } else if text.bytes().filter(u8::is_ascii_digit).count() <= SHORT_NUMBER_DIGITS_MAX {
        PhoneNumberError::TooShort
    } else {
        PhoneNumberError::NotInUse(default_country)
    }
}

fn read_by_plan(text: &str, default_country: CountryCode) -> Option<Reading> {
    let number = PHONE_NUMBER_UTIL.parse(text, Some(default_country.region())).ok()?;
    let kind = kind_of(&number);
    if kind == PhoneKind::Unknown || number.extension.is_some() {
        return None;
    }
    let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
    PhoneNumber::from_e164(&e164).ok().map(|phone| Reading { phone, kind })
}

/// Lets only digits and the punctuation of numbers through. The plan's own reader is far too kind: it
/// finds a number in `sip:`, in a parameter list, and behind invisible marks.
fn check_characters(text: &str) -> Result<(), PhoneNumberError> {
    if text.is_empty() {
        return Err(PhoneNumberError::Empty);
    }
    if text.len() > PHONE_TEXT_LENGTH_MAX {
        return Err(PhoneNumberError::TooLong);
    }
    let mut plus_allowed = true;
    for character in text.chars() {
        match character {
            '0'..='9' => plus_allowed = false,
            '+' if plus_allowed => plus_allowed = false,
            '+' => return Err(PhoneNumberError::PlusInside),
            ' ' | '(' | ')' | '-' | '.' | '/' => {}
            'a'..='z' | 'A'..='Z' => return Err(PhoneNumberError::Letters),
            other => return Err(PhoneNumberError::ForbiddenCharacter(other)),
        }
    }
    if text.bytes().any(|byte| byte.is_ascii_digit()) { Ok(()) } else { Err(PhoneNumberError::Empty) }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneNumberError;

    fn from_str(text: &str) -> Result<Self, PhoneNumberError> {
        Self::from_e164(text)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_e164(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
