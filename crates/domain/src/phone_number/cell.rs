//! Phone cells of spreadsheets: what Excel and people do to a number, undone where that is certain.
//!
//! What is not certain is refused with the reason, because a guess calls a stranger. Reading a whole
//! row is the business of [`crate::import`].

use super::{PhoneNumber, PhoneNumberError, Reading, north_american, read};
use crate::country_code::CountryCode;

/// A cell is cut off here before anything looks at it.
const CELL_LENGTH_MAX: usize = 100;
/// Fewer digits before a slash are an area code (`030/1234567`), not a number of their own.
const NUMBER_DIGITS_MIN: usize = 7;
/// The longest extension that people write behind a number.
const EXTENSION_DIGITS_MAX: usize = 7;

/// A number read from a spreadsheet, and what a person should know about how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneCell {
    /// The number; it may be called.
    pub phone: PhoneNumber,
    /// What was mended or left out; empty for a cell without fault.
    pub notes: Vec<CellNote>,
}

/// Something that was mended or left out in a phone cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellNote {
    /// The plus sign before the country's own calling code was put back.
    PlusRestored,
    /// The zero that begins a national number was put back.
    LeadingZeroRestored,
    /// The number was written with an exponent, and no digit was lost.
    ExponentUndone,
    /// There was an extension, which a campaign cannot dial.
    Extension(String),
}

/// Reads the phone cell of a spreadsheet: a number that may be called, or why it is none.
pub fn parse_cell(text: &str, default_country: &CountryCode) -> Result<PhoneCell, PhoneNumberError> {
    match north_american::read(text, *default_country) {
        Some(short) => {
            let notes = if short.lacks_plus { vec![CellNote::PlusRestored] } else { Vec::new() };
            Ok(PhoneCell { phone: short.phone, notes })
        }
        None => parse_cell_by_plan(text, default_country),
    }
}

/// As [`parse_cell`], the long way: by the numbering plan alone. The fuzz target asks whether both agree.
pub fn parse_cell_by_plan(text: &str, default_country: &CountryCode) -> Result<PhoneCell, PhoneNumberError> {
    if text.len() > CELL_LENGTH_MAX {
        return Err(PhoneNumberError::TooLong);
    }
    let cleaned = clean(text);
    let cell = unwrap_formula(&cleaned)?;
    refuse_what_is_no_number(cell)?;
    let mut notes = Vec::new();
    let digits = undo_exponent(cell, &mut notes)?;
    let cell = strip_decimals(digits.as_deref().unwrap_or(cell));
    let cell = split_extension(cell, &mut notes);
    let cell = cell.strip_prefix("tel:").unwrap_or(cell);
    refuse_lists(cell)?;
    let reading = read(cell, *default_country).map_err(|error| explain(error, cell, *default_country))?;
    note_restored_digits(cell, &reading, *default_country, &mut notes);
    reading.kind.may_be_called()?;
    Ok(PhoneCell { phone: reading.phone, notes })
}

/// Invisible spaces go, full-width digits and odd dashes become plain. Marks that turn the direction
/// of writing stay, and so are refused: they can make a number look like another.
fn clean(text: &str) -> String {
    let plain = text.chars().filter_map(|character| match character {
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\t' | '\r' | '\n' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Some('-'),
        '\u{ff0b}' => Some('+'),
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        other => Some(other),
    });
    let plain: String = plain.collect();
    let trimmed = plain.trim();
    trimmed.strip_prefix('\'').unwrap_or(trimmed).trim().to_owned()
}

/// `="+1202…"` is how exports keep Excel from counting with a number; any other formula is refused.
fn unwrap_formula(cell: &str) -> Result<&str, PhoneNumberError> {
    let Some(formula) = cell.strip_prefix('=') else {
        return Ok(cell);
    };
    let quoted = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.map(str::trim).ok_or(PhoneNumberError::Formula)
}

fn refuse_what_is_no_number(cell: &str) -> Result<(), PhoneNumberError> {
    let lowered = cell.to_ascii_lowercase();
    if ["", "null", "none", "nil", "n/a", "na", "-", "--", "?"].contains(&lowered.as_str()) {
        return Err(PhoneNumberError::Empty);
    }
    if cell.starts_with('#') {
        return Err(PhoneNumberError::Formula);
    }
    if cell.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Err(PhoneNumberError::Negative);
    }
    if cell.bytes().all(|byte| byte == b'0' || byte == b' ') {
        return Err(PhoneNumberError::OnlyZeros);
    }
    if looks_like_a_date(cell) { Err(PhoneNumberError::Date) } else { Ok(()) }
}

/// Three groups of digits that could be a day, a month and a year in any order, a time behind or not.
fn looks_like_a_date(cell: &str) -> bool {
    let date = cell.split([' ', 'T']).next().unwrap_or(cell);
    let time = &cell[date.len()..];
    if !time.is_empty() && !time.contains(':') {
        return false;
    }
    let Some(separator) = ['-', '/', '.'].into_iter().find(|separator| date.contains(*separator)) else {
        return false;
    };
    let groups: Vec<&str> = date.split(separator).collect();
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u16>().ok())?;
    let [Some(first), Some(second), Some(third)] = groups.iter().map(|group| number(group)).collect::<Vec<_>>()[..]
    else {
        return false;
    };
    let day_and_month = |a: u16, b: u16| (1..=12).contains(&a.min(b)) && (1..=31).contains(&a.max(b));
    match (groups[0].len(), groups[1].len(), groups[2].len()) {
        (4, 1..=2, 1..=2) => (1900..=2199).contains(&first) && day_and_month(second, third),
        (1..=2, 1..=2, 4) => (1900..=2199).contains(&third) && day_and_month(first, second),
        (1..=2, 1..=2, 2) => day_and_month(first, second),
        _ => false,
    }
}

/// `1.2025550143E+10` holds every digit and is written out; `1.20256E+10` has lost some.
fn undo_exponent(cell: &str, notes: &mut Vec<CellNote>) -> Result<Option<String>, PhoneNumberError> {
    let Some((mantissa, exponent)) = cell.split_once(['e', 'E']) else {
        return Ok(None);
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.strip_prefix('+').unwrap_or(whole);
    if whole.is_empty() || exponent.is_empty() || ![whole, fraction, exponent].into_iter().all(all_digits) {
        return Ok(None);
    }
    if whole.len() != 1 || exponent.parse() != Ok(fraction.len()) {
        return Err(PhoneNumberError::DigitsLost);
    }
    notes.push(CellNote::ExponentUndone);
    Ok(Some(format!("{whole}{fraction}")))
}

/// `12025550143.0` is a number that went through a program which counts.
fn strip_decimals(cell: &str) -> &str {
    match cell.split_once('.') {
        Some((whole, zeros))
            if whole.len() >= NUMBER_DIGITS_MIN
                && whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+')
                && matches!(zeros, "0" | "00") =>
        {
            whole
        }
        _ => cell,
    }
}

fn split_extension<'a>(cell: &'a str, notes: &mut Vec<CellNote>) -> &'a str {
    let digits_from = cell.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, extension) = cell.split_at(digits_from);
    if extension.is_empty() || extension.len() > EXTENSION_DIGITS_MAX {
        return cell;
    }
    let before = before.trim_end_matches([' ', '.', ':']);
    let marks = ["extension", "ext", "x", "#"];
    let number = marks.iter().find_map(|mark| {
        let at = before.len().checked_sub(mark.len())?;
        let is_mark = before.is_char_boundary(at) && before[at..].eq_ignore_ascii_case(mark);
        is_mark.then(|| before[..at].trim_end_matches([' ', ',', '.']))
    });
    match number {
        Some(number) => {
            notes.push(CellNote::Extension(extension.to_owned()));
            number
        }
        None => cell,
    }
}

fn refuse_lists(cell: &str) -> Result<(), PhoneNumberError> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let listed = |separator: char, least: usize| {
        cell.split_once(separator).is_some_and(|(left, right)| digits(left) >= least && digits(right) > 0)
    };
    let a_list = [',', ';', '|', '&'].into_iter().any(|separator| listed(separator, 1))
        || ['/', '\\'].into_iter().any(|separator| listed(separator, NUMBER_DIGITS_MIN));
    if a_list { Err(PhoneNumberError::MoreThanOne) } else { Ok(()) }
}

/// A number of another country that lost its plus sign is told so: it is likely, and never certain.
fn explain(error: PhoneNumberError, cell: &str, default_country: CountryCode) -> PhoneNumberError {
    let bare = cell.bytes().all(|byte| byte.is_ascii_digit());
    if !bare || !matches!(error, PhoneNumberError::NotInUse(_)) {
        return error;
    }
    match read(&format!("+{cell}"), default_country).ok().and_then(|reading| reading.phone.country()) {
        Some(country) => PhoneNumberError::PlusMissing(country),
        None => error,
    }
}

fn note_restored_digits(cell: &str, reading: &Reading, country: CountryCode, notes: &mut Vec<CellNote>) {
    if !cell.bytes().all(|byte| byte.is_ascii_digit()) || cell.starts_with('0') {
        return;
    }
    if cell == reading.phone.digits() {
        notes.push(CellNote::PlusRestored);
        return;
    }
    let with_zero = read(&format!("0{cell}"), country);
    if with_zero.is_ok_and(|with_zero| with_zero.phone == reading.phone) {
        notes.push(CellNote::LeadingZeroRestored);
    }
}
