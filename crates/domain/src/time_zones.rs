//! Where the owner of a number may be, as a set of time zones.
//!
//! A number says where its owner may be, never where they are: so the answer is a set, and the hours
//! must suit all of it (see [`crate::calling_hours`]). The table of prefixes is embedded; corrections
//! to it stand in `corrections`, its look-up in `by_number`. What else is said of the place adds to it (`clues`). The time zone database is the one built
//! into the program, so that every node decides alike.

mod by_number;
mod by_place;
mod clues;
mod corrections;

use std::fmt;
use std::sync::{Arc, OnceLock};

pub use clues::{ClueZones, PlaceKnown, PlaceSaid, ZoneClue};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::phone_number::{PhoneKind, PhoneNumber};

/// Between the names of a set's key, as in the table of prefixes.
const KEY_SEPARATOR: char = '&';

/// A time zone by its name in the IANA database, for example `America/New_York`.
#[derive(Clone)]
pub struct TimeZoneName(TimeZone);

/// The text names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a time zone; a name like America/New_York is wanted")]
pub struct TimeZoneNameError(String);

/// The zones a person may be in: distinct, sorted by name. Cheap to clone; empty when nothing is known.
#[derive(Clone, PartialEq, Eq)]
pub struct ZoneSet(Arc<[TimeZoneName]>);

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

impl TimeZoneName {
    /// Reads the name of a time zone; capitals do not matter.
    pub fn parse(text: &str) -> Result<Self, TimeZoneNameError> {
        let refused = || TimeZoneNameError(text.chars().take(64).collect());
        let zone = database().get(text).map_err(|_| refused())?;
        if zone.is_unknown() || zone.iana_name().is_none() {
            return Err(refused());
        }
        Ok(Self(zone))
    }

    /// The name as the IANA database writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.iana_name().expect("only zones with a name are let in")
    }

    /// The zone's rules.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.0
    }
}

/// Nothing known of the place.
impl Default for ZoneSet {
    fn default() -> Self {
        Self([].into())
    }
}

impl ZoneSet {
    /// The zones that a number's owner may be in, by the number alone.
    #[must_use]
    pub fn of_number(phone: &PhoneNumber) -> Self {
        Self::of_number_and_kind(phone, phone.kind())
    }

    /// As [`ZoneSet::of_number`], for a caller who has asked the numbering plan already.
    #[must_use]
    pub fn of_number_and_kind(phone: &PhoneNumber, kind: PhoneKind) -> Self {
        by_number::zones(phone, kind)
    }

    /// One zone and no other.
    #[must_use]
    pub fn of_zone(zone: TimeZoneName) -> Self {
        Self([zone].into())
    }

    /// What the person stated replaces what the number lets one guess.
    #[must_use]
    pub fn with_stated(&self, zone: TimeZoneName) -> Self {
        Self::of_zone(zone)
    }

    /// A zone learnt from elsewhere (an import, a postal code) is one more that must suit.
    #[must_use]
    pub fn with_added(&self, zone: TimeZoneName) -> Self {
        Self::from_zones(self.iter().cloned().chain([zone]))
    }

    /// Reads a set from its [`ZoneSet::key`]; the empty key is the empty set.
    pub fn from_key(key: &str) -> Result<Self, TimeZoneNameError> {
        let names = key.split(KEY_SEPARATOR).filter(|name| !name.is_empty());
        let zones: Result<Vec<_>, _> = names.map(TimeZoneName::parse).collect();
        zones.map(Self::from_zones)
    }

    /// The names, sorted and joined by `&`. Equal sets have equal keys, so rows can be grouped by it.
    #[must_use]
    pub fn key(&self) -> String {
        let names: Vec<&str> = self.iter().map(TimeZoneName::as_str).collect();
        names.join("&")
    }

    /// The zones, sorted by name.
    pub fn iter(&self) -> std::slice::Iter<'_, TimeZoneName> {
        self.0.iter()
    }

    /// Whether nothing is known of the place. Then nobody is called: the hour there is unknown too.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many zones there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn from_zones(zones: impl IntoIterator<Item = TimeZoneName>) -> Self {
        let mut zones: Vec<TimeZoneName> = zones.into_iter().collect();
        zones.sort();
        zones.dedup();
        Self(zones.into())
    }
}

impl<'a> IntoIterator for &'a ZoneSet {
    type Item = &'a TimeZoneName;
    type IntoIter = std::slice::Iter<'a, TimeZoneName>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for TimeZoneName {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for TimeZoneName {}

impl PartialOrd for TimeZoneName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeZoneName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for TimeZoneName {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl std::hash::Hash for ZoneSet {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Display for TimeZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TimeZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ZoneSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl Serialize for TimeZoneName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TimeZoneName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
