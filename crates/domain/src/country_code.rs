//! The two letters of a country, as in ISO 3166.
//!
//! Only countries that have a telephone numbering plan are known here, because a country is asked for
//! to read or to allow numbers. Names of countries are the user interface's business.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A country with a numbering plan, for example `US`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

/// The text is not the code of a country that we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a country code; two capital letters are wanted, for example US")]
pub struct CountryCodeError(String);

impl CountryCode {
    /// The United States of America.
    pub const US: Self = Self(*b"US");

    /// Reads two capital letters that name a country with a numbering plan.
    pub fn parse(text: &str) -> Result<Self, CountryCodeError> {
        let refused = || CountryCodeError(text.chars().take(8).collect());
        let letters: [u8; 2] = text.as_bytes().try_into().map_err(|_| refused())?;
        if !letters.iter().all(u8::is_ascii_uppercase) {
            return Err(refused());
        }
        let code = Self(letters);
        PHONE_NUMBER_UTIL.get_country_code_for_region(code.region()).map(|_| code).ok_or_else(refused)
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a country code is two ASCII letters")
    }

    /// The numbering plan's name for the country; `None` for plans that belong to no country.
    pub(crate) fn of_region(region: Region) -> Option<Self> {
        region.as_region_str().as_bytes().try_into().ok().map(Self)
    }

    pub(crate) fn region(self) -> Region {
        Region::from_code(self.as_str()).expect("two ASCII letters are a region")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters_of_a_numbering_plan() {
        for good in ["US", "GB", "DE", "JM"] {
            assert_eq!(CountryCode::parse(good).map(|code| code.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "U", "us", "USA", "001", "ZZ", "XX", "Ü", "U S", "💥"] {
            assert!(CountryCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_country_is_a_string_in_json() {
        assert_eq!(serde_json::to_string(&CountryCode::US).expect("json"), "\"US\"");
        assert!(serde_json::from_str::<CountryCode>("\"us\"").is_err());
    }
}
