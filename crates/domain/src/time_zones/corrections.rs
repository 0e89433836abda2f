//! What the embedded table of prefixes does not know, or has wrong, each with its reason.
//!
//! Only for calling code 1, whose area codes say where a number is from and are split and overlaid all
//! the time. An area code that stands neither here nor in the table gets every zone of the plan.

/// An area code that lies over others: its numbers may belong to anybody who lives there.
pub(super) struct Overlay {
    pub area_code: &'static str,
    pub lies_over: &'static [&'static str],
}

/// A zone that an area code reaches and the table leaves out.
pub(super) struct MissingZone {
    pub area_code: &'static str,
    pub zone: &'static str,
}

const fn overlay(area_code: &'static str, lies_over: &'static [&'static str]) -> Overlay {
    Overlay { area_code, lies_over }
}

const fn missing(area_code: &'static str, zone: &'static str) -> MissingZone {
    MissingZone { area_code, zone }
}

/// The table gives the first ten one zone, though the area below them has two; the others are newer than it.
pub(super) const OVERLAYS: &[Overlay] = &[
    // Florida's panhandle: Eastern and Central.
    overlay("448", &["850"]),
    // Western Kentucky: Eastern and Central.
    overlay("364", &["270"]),
    // Southern Indiana: Eastern and Central.
    overlay("930", &["812"]),
    // Oregon outside Portland: Pacific and Mountain.
    overlay("458", &["541"]),
    // British Columbia: four codes lie over the whole province, whose east keeps Mountain time.
    overlay("236", &["250", "604"]),
    overlay("257", &["250", "604"]),
    overlay("672", &["250", "604"]),
    overlay("778", &["250", "604"]),
    // Eastern Québec: Eastern, and Atlantic on the Magdalen Islands.
    overlay("367", &["418"]),
    overlay("581", &["418"]),
    overlay("273", &["418"]),
    // East Tennessee: Eastern and Central.
    overlay("729", &["423"]),
    // Newer overlays of areas with one zone.
    overlay("357", &["559"]),
    overlay("457", &["318"]),
    overlay("471", &["662"]),
    overlay("483", &["334"]),
    overlay("621", &["713"]),
    overlay("837", &["530"]),
    overlay("861", &["309"]),
    overlay("924", &["507"]),
];

/// The table names zones that stand in for others, and the ones they stand in for keep other time in summer.
pub(super) const MISSING_ZONES: &[MissingZone] = &[
    // Labrador has daylight saving time; the table has Puerto Rico's, which has none.
    missing("709", "America/Goose_Bay"),
    missing("879", "America/Goose_Bay"),
    // The three territories: the table's zone for exchanges it does not list has no daylight saving time.
    missing("867", "America/Edmonton"),
    missing("867", "America/Iqaluit"),
    missing("867", "America/Rankin_Inlet"),
    missing("867", "America/Whitehorse"),
];
