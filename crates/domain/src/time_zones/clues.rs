//! What is known of the place where somebody lives, clue by clue, and the zones that follow.
//!
//! Each clue adds its zones, because each may be the true one and the hours must suit all of them: a clue can only
//! narrow the hours in which somebody is called. The one exception is a zone that the person stated, which replaces
//! the rest. What a postal code or a state is worth is looked up in `by_place`.

use serde::Serialize;

use super::by_place::{self, InState};
use super::{TimeZoneName, ZoneSet};
use crate::phone_number::PhoneNumber;

crate::words! {
    /// What says where somebody may be.
    pub enum ZoneClue {
        /// The number's area code, or its country.
        Number = "number",
        /// The postal code, in the country of the number.
        PostalCode = "postal_code",
        /// The state or province, in the country of the number.
        State = "state",
        /// A zone that stood in a list.
        Imported = "imported",
        /// A zone that the person stated; nothing else counts beside it.
        Stated = "stated",
    }
}

/// One clue, and the zones it gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClueZones {
    pub clue: ZoneClue,
    /// The zones by name; empty when the clue is there and nothing is known of it.
    pub zones: Vec<TimeZoneName>,
}

/// The zones somebody may be in, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceKnown {
    pub zones: ZoneSet,
    /// Each clue that was there, in the order of [`ZoneClue`].
    pub clues: Vec<ClueZones>,
}

/// What is said of a place beside the number.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceSaid<'a> {
    pub postal_code: Option<&'a str>,
    pub state: Option<&'a str>,
    /// A zone that stood in a list.
    pub imported: Option<&'a TimeZoneName>,
}

impl PlaceKnown {
    /// A zone that the person stated.
    #[must_use]
    pub fn stated(zone: &TimeZoneName) -> Self {
        let clues = vec![ClueZones { clue: ZoneClue::Stated, zones: vec![zone.clone()] }];
        Self { zones: ZoneSet::of_zone(zone.clone()), clues }
    }

    /// Everything that the number and what is said beside it let one guess.
    #[must_use]
    pub fn guessed(phone: &PhoneNumber, said: &PlaceSaid<'_>) -> Self {
        let is_placed = said.postal_code.is_some() || said.state.is_some();
        let country = is_placed.then(|| phone.country()).flatten();
        let by_code = said.postal_code.map(|text| country.and_then(|c| by_place::of_postal_code(c, text)));
        let by_state = said.state.map(|text| country.and_then(|c| by_place::of_state(c, text)));
        let by_state = by_state.map(|state| narrowed(state, by_code.as_ref()));
        let zones = |found: Option<InState>| found.map(|found| found.zones).unwrap_or_default();
        let given = [
            (ZoneClue::Number, Some(ZoneSet::of_number(phone))),
            (ZoneClue::PostalCode, by_code.map(zones)),
            (ZoneClue::State, by_state.map(zones)),
            (ZoneClue::Imported, said.imported.map(|zone| ZoneSet::of_zone(zone.clone()))),
        ];
        let given = given.into_iter().filter_map(|(clue, zones)| Some((clue, zones?)));
        let clues: Vec<ClueZones> =
            given.map(|(clue, zones)| ClueZones { clue, zones: zones.iter().cloned().collect() }).collect();
        let zones = ZoneSet::from_zones(clues.iter().flat_map(|clue| clue.zones.iter().cloned()));
        Self { zones, clues }
    }
}

/// Between clues, and between a clue and its zones, where they are kept.
const CLUE_SEPARATOR: char = ';';
const ZONES_SEPARATOR: char = '=';

impl PlaceKnown {
    /// The clues as they are kept beside the zones: a single one by its name, since all the zones are its own, several
    /// each with its zones.
    #[must_use]
    pub fn clues_key(&self) -> String {
        match self.clues.as_slice() {
            [only] => only.clue.to_string(),
            several => several.iter().map(ClueZones::key).collect::<Vec<_>>().join(&CLUE_SEPARATOR.to_string()),
        }
    }
}

impl ClueZones {
    fn key(&self) -> String {
        format!("{}{ZONES_SEPARATOR}{}", self.clue, ZoneSet::from_zones(self.zones.iter().cloned()).key())
    }

    /// Reads [`PlaceKnown::clues_key`], which was kept beside these zones. `None`: it is none of ours.
    #[must_use]
    pub fn of_key(key: &str, zones: &ZoneSet) -> Option<Vec<Self>> {
        if let Some(clue) = ZoneClue::from_word(key) {
            return Some(vec![Self { clue, zones: zones.iter().cloned().collect() }]);
        }
        let parse = |part: &str| {
            let (clue, zones) = part.split_once(ZONES_SEPARATOR)?;
            let zones = ZoneSet::from_key(zones).ok()?;
            Some(Self { clue: ZoneClue::from_word(clue)?, zones: zones.iter().cloned().collect() })
        };
        key.split(CLUE_SEPARATOR).map(parse).collect()
    }
}

/// A postal code in the state that is named says where in it.
fn narrowed(state: Option<InState>, by_code: Option<&Option<InState>>) -> Option<InState> {
    let agreeing = by_code.and_then(Option::as_ref).filter(|code| state.as_ref().is_some_and(|s| s.code == code.code));
    agreeing.cloned().or(state)
}
