//! Damage of cells other than phone numbers.
//!
//! Only what a spreadsheet surely did: an apostrophe before digits, a long number with an exponent, a zero missing
//! before a postal code of the United States. Everything else may be what a person wrote.

use super::{Damage, Repair};
use crate::country_code::CountryCode;
use crate::import::RowReader;
use crate::phone_number::{PhoneNumberError, parse_cell};

/// Digits of a postal code of the United States.
const ZIP_DIGITS: usize = 5;
/// No place's code begins with more than two zeros.
const ZIP_DIGITS_KEPT_MIN: usize = 3;

/// A cheap look at any cell; what it finds is told by [`repair`].
pub(super) fn looks_damaged(cell: &str) -> bool {
    numeric_text(cell).is_some() || exponent(cell).is_some()
}

/// What happened to the cell of a mapped column.
pub(super) fn repair(reader: &RowReader, row: &[String], at: usize) -> Option<Repair> {
    let cell = row.get(at)?;
    if let Some(text) = numeric_text(cell) {
        return Some(Repair::certain(Damage::Apostrophe, text, "the apostrophe that made it text was taken away"));
    }
    if let Some(digits) = exponent(cell) {
        let reason = "it was written with an exponent that holds every digit";
        return Some(match digits {
            Some(digits) => Repair::certain(Damage::Exponent, digits, reason),
            None => Repair::lost(Damage::Exponent, PhoneNumberError::DigitsLost.to_string()),
        });
    }
    let is_short = reader.place_of("postal_code") == Some(at) && is_short_postal_code(reader, row);
    let padded = || format!("{:0>ZIP_DIGITS$}", cell.trim());
    is_short.then(|| Repair::certain(Damage::ZeroLost, padded(), "the zeros at its beginning were put back"))
}

/// Whether the postal code of somebody with a number of the United States lacks its first digits.
pub(super) fn is_short_postal_code(reader: &RowReader, row: &[String]) -> bool {
    let Some(cell) = reader.place_of("postal_code").and_then(|at| row.get(at)) else {
        return false;
    };
    let cell = cell.trim();
    let is_short =
        (ZIP_DIGITS_KEPT_MIN..ZIP_DIGITS).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit());
    if !is_short || reader.default_country() != CountryCode::US {
        return false;
    }
    let phone = row.get(reader.phone_column()).and_then(|phone| parse_cell(phone, &CountryCode::US).ok());
    phone.and_then(|read| read.phone.country()) == Some(CountryCode::US)
}

/// `'02134` is how people keep a spreadsheet from counting; names like `'t Hooft` and `'90s Music` stay.
fn numeric_text(cell: &str) -> Option<&str> {
    let is_number =
        |text: &&str| text.starts_with(|first: char| first.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    cell.strip_prefix('\'').filter(is_number)
}

/// `1.23457E+15` as Excel writes it: the digits when all are there, `Some(None)` when some are lost.
fn exponent(cell: &str) -> Option<Option<String>> {
    let (mantissa, power) = cell.trim().split_once("E+")?;
    let (whole, fraction) = mantissa.split_once(['.', ','])?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 1 || power.len() != 2 || ![whole, fraction, power].into_iter().all(is_digits) {
        return None;
    }
    let is_whole = power.parse() == Ok(fraction.len());
    Some(is_whole.then(|| format!("{whole}{fraction}")))
}
