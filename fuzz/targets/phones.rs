//! Phone cells: a country in the first two characters, then the cell as a spreadsheet has it.
//!
//! The short way of reading agrees with the numbering plan on every cell, and whatever is taken for a number is E.164
//! that comes back to itself, in whatever country it is read again.

#![no_main]

use carillon_domain::country_code::CountryCode;
use carillon_domain::phone_number::{PhoneNumber, parse_cell, parse_cell_by_plan};
use carillon_domain::time_zones::ZoneSet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some((country, cell)) = text.split_at_checked(2) else {
        return;
    };
    let country = CountryCode::parse(country).unwrap_or(CountryCode::US);
    let read = parse_cell(cell, &country);
    assert_eq!(read, parse_cell_by_plan(cell, &country), "the short way and the plan differ on {cell:?} in {country}");
    if let Ok(read) = read {
        comes_back(read.phone);
        assert!(read.phone.may_be_called().is_ok(), "{cell:?} in {country}");
        assert!(!ZoneSet::of_number(&read.phone).is_empty(), "nowhere: {cell:?} in {country}");
    }
    if let Ok(phone) = PhoneNumber::parse(cell, &country) {
        comes_back(phone);
    }
    if let Ok(phone) = PhoneNumber::from_e164(cell) {
        assert_eq!(phone.as_str(), cell);
    }
});

fn comes_back(phone: PhoneNumber) {
    let e164 = phone.as_str();
    assert_eq!(PhoneNumber::from_e164(e164), Ok(phone));
    let germany = CountryCode::parse("DE").expect("a country");
    for country in [CountryCode::US, germany] {
        assert_eq!(PhoneNumber::parse(e164, &country), Ok(phone), "{e164} read again in {country}");
    }
    assert!(!format!("{phone:?}").contains(&e164[..e164.len() - 4]), "a log would hold the number");
}
