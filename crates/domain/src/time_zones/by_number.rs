//! From a number's digits to zones, in two steps: what sort of line it is, then whose prefix.
//!
//! A line that is bound to no place (most mobiles, lines over the internet) may be anywhere in its
//! country, so its prefix is not looked at: `+61 4…` is all of Australia, not Sydney. For calling code 1
//! the whole area code and those it lies over count, because exchanges move within them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::corrections::{MISSING_ZONES, OVERLAYS};
use super::{TimeZoneName, ZoneSet};
use crate::phone_number::{PhoneKind, PhoneNumber};

const TABLE: &str = include_str!("../../data/phone_timezones.txt");
/// The longest prefix that the table may hold.
const PREFIX_DIGITS_MAX: usize = 9;
/// An area code of calling code 1, with the 1.
const AREA_PREFIX_DIGITS: usize = 4;
/// The longest calling code.
const CALLING_CODE_DIGITS_MAX: usize = 3;
/// Countries whose mobile numbers carry an area code: Mexico, Argentina, Brazil, China. The reference
/// counts Indonesia too, and then places all of its mobiles in one of its three zones.
const COUNTRIES_WITH_MOBILE_AREAS: [&str; 4] = ["52", "54", "55", "86"];

struct Table {
    /// Zones by prefix, as the file has them.
    prefixes: HashMap<&'static str, ZoneSet>,
    /// Zones by whole area code (with the leading 1), corrections included.
    areas: HashMap<String, ZoneSet>,
}

pub(super) fn zones(phone: &PhoneNumber, kind: PhoneKind) -> ZoneSet {
    let table = table();
    let digits = phone.digits();
    if !is_bound_to_a_place(digits, kind) {
        return table.country(digits);
    }
    let of_area = digits.starts_with('1').then(|| digits.get(..AREA_PREFIX_DIGITS)).flatten();
    match of_area {
        Some(area) => table.areas.get(area).cloned().unwrap_or_else(|| table.country(digits)),
        None => table.longest_prefix(digits, PREFIX_DIGITS_MAX),
    }
}

fn is_bound_to_a_place(digits: &str, kind: PhoneKind) -> bool {
    match kind {
        PhoneKind::FixedLine => true,
        // A country that mixes the two (Chile does) has mobiles among them that are bound to no place.
        PhoneKind::FixedLineOrMobile if digits.starts_with('1') => true,
        PhoneKind::FixedLineOrMobile | PhoneKind::Mobile => {
            COUNTRIES_WITH_MOBILE_AREAS.iter().any(|code| digits.starts_with(code))
        }
        _ => false,
    }
}

impl Table {
    /// Every zone of the calling code. No calling code begins another, so the longest row is its own.
    fn country(&self, digits: &str) -> ZoneSet {
        let lengths = 1..=CALLING_CODE_DIGITS_MAX;
        let found = lengths.filter_map(|length| self.prefixes.get(digits.get(..length)?)).next();
        found.cloned().unwrap_or_else(|| ZoneSet::from_zones([]))
    }

    fn longest_prefix(&self, digits: &str, length_max: usize) -> ZoneSet {
        let lengths = (1..=length_max.min(digits.len())).rev();
        let found = lengths.filter_map(|length| self.prefixes.get(&digits[..length])).next();
        found.cloned().unwrap_or_else(|| ZoneSet::from_zones([]))
    }
}

fn table() -> &'static Table {
    static PARSED: OnceLock<Table> = OnceLock::new();
    PARSED.get_or_init(|| {
        let prefixes = parse_rows();
        let areas = join_areas(&prefixes);
        Table { prefixes, areas }
    })
}

/// Rows that name the same zones share one set.
fn parse_rows() -> HashMap<&'static str, ZoneSet> {
    let mut sets: HashMap<&str, ZoneSet> = HashMap::new();
    let rows = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parsed = rows.map(|line| {
        let (prefix, key) = line.split_once('|').expect("a row of the embedded table has a bar");
        let zones = sets
            .entry(key)
            .or_insert_with(|| ZoneSet::from_key(key).expect("the embedded table names zones that exist"));
        (prefix, zones.clone())
    });
    parsed.collect()
}

fn join_areas(prefixes: &HashMap<&'static str, ZoneSet>) -> HashMap<String, ZoneSet> {
    let mut areas: HashMap<String, Vec<TimeZoneName>> = HashMap::new();
    for (prefix, zones) in prefixes {
        if let Some(area) = prefix.strip_prefix('1').and_then(|_| prefix.get(..AREA_PREFIX_DIGITS)) {
            areas.entry(area.to_owned()).or_default().extend(zones.iter().cloned());
        }
    }
    for correction in MISSING_ZONES {
        let zone = TimeZoneName::parse(correction.zone).expect("a correction names a zone that exists");
        areas.entry(format!("1{}", correction.area_code)).or_default().push(zone);
    }
    for overlay in OVERLAYS {
        let below = overlay.lies_over.iter().filter_map(|area| areas.get(&format!("1{area}")));
        let below: Vec<TimeZoneName> = below.flatten().cloned().collect();
        areas.entry(format!("1{}", overlay.area_code)).or_default().extend(below);
    }
    areas.into_iter().map(|(area, zones)| (area, ZoneSet::from_zones(zones))).collect()
}
