//! Days as lists write them: `2026-11-22`, `22.11.2026`, `11/22/2026`, `22 Nov 2026`.
//!
//! Between slashes the country says whether the month comes first, unless only one order can be. Years have four digits:
//! nobody guesses the century of a birthday.

use jiff::civil::Date;

use super::Notation;

const NOT_DATE: &str = "must be a date like 2026-11-22";
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a day.
pub(super) fn date(text: &str, notation: Notation) -> Result<Date, String> {
    let text = text.trim();
    let text = without_midnight(text.strip_prefix('\'').unwrap_or(text));
    let parts: Vec<&str> = text.split([' ', ',', '-', '/', '.', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Err(NOT_DATE.to_owned()) };
    let found = if first.len() == 4 {
        day(first, month(second), third)
    } else if is_word(first) {
        day(third, month(first), second)
    } else if is_word(second) || text.contains('.') {
        day(third, month(second), first)
    } else {
        let (month_first, day_first) = (day(third, month(first), second), day(third, month(second), first));
        if notation.is_month_first { month_first.or(day_first) } else { day_first.or(month_first) }
    };
    found.ok_or_else(|| NOT_DATE.to_owned())
}

/// Spreadsheets put midnight behind a day.
fn without_midnight(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if !time.is_empty() && time.contains(':') && is_midnight(time) => day,
        _ => text,
    }
}

fn is_midnight(time: &str) -> bool {
    let time = time.trim().trim_end_matches('Z');
    time.chars().all(|c| matches!(c, '0' | ':' | '.')) || time.eq_ignore_ascii_case("12:00:00 am")
}

fn is_word(part: &str) -> bool {
    part.chars().all(char::is_alphabetic)
}

fn month(part: &str) -> Option<i8> {
    if !is_word(part) {
        return small(part);
    }
    let word = part.to_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    i8::try_from(at + 1).ok()
}

fn small(part: &str) -> Option<i8> {
    let is_plain = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| part.parse().ok())?
}

fn day(year: &str, month: Option<i8>, day: &str) -> Option<Date> {
    let is_plain = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && !year.starts_with('0');
    let year: i16 = is_plain.then(|| year.parse().ok())??;
    Date::new(year, month?, small(day)?).ok()
}
