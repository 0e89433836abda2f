//! From a postal code or the name of a state to zones, for countries that have several.
//!
//! The tables are embedded and name their sources. A state in two zones gives both; a postal code gives fewer only
//! where its beginning surely lies in them. What the tables do not know says nothing. Which of a contact's clues count
//! is decided in [`super::clues`].

use std::collections::HashMap;
use std::sync::OnceLock;

use super::ZoneSet;
use crate::country_code::CountryCode;

const STATES: &str = include_str!("../../data/states.txt");
const POSTAL_CODES: &str = include_str!("../../data/postal_codes.txt");
/// The longest beginning in the table.
const BEGINNING_LENGTH_MAX: usize = 5;

/// A state as a clue names it: which one, and the zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InState {
    pub code: &'static str,
    pub zones: ZoneSet,
}

#[derive(Default)]
struct Table {
    /// By country and folded code or name.
    states: HashMap<(&'static str, String), InState>,
    /// By country and beginning.
    postal_codes: HashMap<(&'static str, String), InState>,
}

/// Which state a text names, by its code or its name; capitals, accents and punctuation do not matter.
pub(super) fn of_state(country: CountryCode, text: &str) -> Option<InState> {
    let text = text.strip_prefix(country.as_str()).and_then(|rest| rest.strip_prefix('-')).unwrap_or(text);
    table().states.get(&(known(country)?, folded(text))).cloned()
}

/// In which state a postal code lies.
pub(super) fn of_postal_code(country: CountryCode, text: &str) -> Option<InState> {
    let country = known(country)?;
    let code: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if !is_whole(country, &code) {
        return None;
    }
    let beginnings = (1..=BEGINNING_LENGTH_MAX.min(code.len())).rev();
    let found = beginnings.filter_map(|length| table().postal_codes.get(&(country, code[..length].to_owned()))).next();
    found.cloned()
}

/// A code that lost digits, for example its leading zero in a spreadsheet, would lead to another state.
fn is_whole(country: &str, code: &str) -> bool {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    match country {
        "US" => digits && matches!(code.len(), 5 | 9),
        "CA" => matches!(code.as_bytes(), [a, b, c, rest @ ..]
            if a.is_ascii_alphabetic() && b.is_ascii_digit() && c.is_ascii_alphabetic() && matches!(rest.len(), 0 | 3)),
        "AU" => digits && code.len() == 4,
        "MX" => digits && code.len() == 5,
        _ => digits && code.len() == 8,
    }
}

fn known(country: CountryCode) -> Option<&'static str> {
    ["US", "CA", "AU", "MX", "BR"].into_iter().find(|known| *known == country.as_str())
}

fn folded(text: &str) -> String {
    let plain = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(|c| match c {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'î' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    });
    plain.collect()
}

fn table() -> &'static Table {
    static PARSED: OnceLock<Table> = OnceLock::new();
    PARSED.get_or_init(|| {
        let mut table = Table::default();
        for [country, code, names, zones] in rows(STATES) {
            let state = InState { code, zones: zones_of(zones) };
            for name in names.split(';').chain([code]) {
                table.states.insert((country, folded(name)), state.clone());
            }
        }
        for [country, beginnings, code, zones] in rows(POSTAL_CODES) {
            let state = table.states.get(&(country, folded(code))).expect("a postal code of the table names a state");
            let zones = if zones.is_empty() { state.zones.clone() } else { zones_of(zones) };
            for beginning in beginnings.split(' ').flat_map(spread) {
                table.postal_codes.insert((country, beginning), InState { code, zones: zones.clone() });
            }
        }
        table
    })
}

fn rows(text: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('|').collect::<Vec<_>>().try_into().expect("a row of the table has four cells"))
}

fn zones_of(key: &str) -> ZoneSet {
    ZoneSet::from_key(key).expect("the embedded table names zones that exist")
}

/// `320-322` is three beginnings, `K-N` four and `X0A-X0C` three: they differ in what stands last.
fn spread(range: &str) -> Vec<String> {
    let Some((first, last)) = range.split_once('-') else {
        return vec![range.to_owned()];
    };
    if let (Ok(from), Ok(to)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let width = first.len();
        return (from..=to).map(|number| format!("{number:0width$}")).collect();
    }
    let (stem, from) = first.split_at(first.len() - 1);
    let ends = |text: &str| text.bytes().last().expect("a range has ends");
    (ends(from)..=ends(last)).map(|end| format!("{stem}{}", char::from(end))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(country: &str, code: &str) -> String {
        let country = CountryCode::parse(country).expect("a country");
        of_postal_code(country, code).map_or_else(|| "nothing".to_owned(), |found| found.zones.key())
    }

    fn state(country: &str, name: &str) -> String {
        let country = CountryCode::parse(country).expect("a country");
        of_state(country, name).map_or_else(|| "nothing".to_owned(), |found| found.zones.key())
    }

    #[test]
    fn states_are_known_by_code_and_name() {
        for (country, name, zones) in [
            ("US", "NY", "America/New_York"),
            ("US", "new york", "America/New_York"),
            ("US", "US-TX", "America/Chicago&America/Denver"),
            ("US", "D.C.", "America/New_York"),
            ("US", "Kentucky", "America/Chicago&America/New_York"),
            ("CA", "Québec", "America/Halifax&America/Puerto_Rico&America/Toronto"),
            ("CA", "BC", "America/Edmonton&America/Fort_Nelson&America/Vancouver"),
            ("AU", "Western Australia", "Australia/Eucla&Australia/Perth"),
            ("MX", "Nuevo Leon", "America/Matamoros&America/Monterrey"),
            ("BR", "Sao Paulo", "America/Sao_Paulo"),
            ("US", "Ontario", "nothing"),
            ("US", "", "nothing"),
            ("DE", "Bayern", "nothing"),
        ] {
            assert_eq!(state(country, name), zones, "{country} {name}");
        }
    }

    #[test]
    fn a_postal_code_narrows_a_split_state_only_where_it_is_certain() {
        for (country, code, zones) in [
            ("US", "90001", "America/Los_Angeles"),
            ("US", "02139-4307", "America/New_York"),
            ("US", "33101", "America/New_York"),
            ("US", "32401", "America/Chicago&America/New_York"),
            ("US", "32501", "America/Chicago"),
            ("US", "79901", "America/Denver"),
            ("US", "86515", "America/Denver&America/Phoenix"),
            ("US", "2139", "nothing"),
            ("US", "09012", "nothing"),
            ("US", "K1A 0B1", "nothing"),
            ("CA", "k1a 0b1", "America/Toronto"),
            ("CA", "P9N", "America/Atikokan&America/Toronto&America/Winnipeg"),
            ("CA", "X0B 0C0", "America/Atikokan&America/Iqaluit&America/Rankin_Inlet&America/Resolute"),
            ("AU", "2000", "Australia/Sydney"),
            ("AU", "2898", "Australia/Lord_Howe"),
            ("AU", "800", "nothing"),
            ("MX", "77500", "America/Cancun"),
            ("BR", "69900-000", "America/Rio_Branco"),
            ("BR", "53990-000", "America/Noronha&America/Recife"),
            ("GB", "SW1A 1AA", "nothing"),
        ] {
            assert_eq!(zip(country, code), zones, "{country} {code}");
        }
    }

    #[test]
    fn no_beginning_stands_in_the_table_twice() {
        let mut all: Vec<(&str, String)> = rows(POSTAL_CODES)
            .flat_map(|[country, beginnings, ..]| beginnings.split(' ').flat_map(spread).map(move |one| (country, one)))
            .collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
