//! Damage of phone cells.
//!
//! What [`parse_cell`] mends by itself is certain and only told here. What it refuses is tried in the ways in which
//! spreadsheets and people damage numbers; a repair is certain only when nothing else can have been meant.

use super::{Damage, Habits, Repair};
use crate::country_code::CountryCode;
use crate::phone_number::{CellNote, PhoneNumber, PhoneNumberError, parse_cell};

/// Signs that people put around a number to keep it as text.
const MARKS: [char; 7] = ['\'', '"', '`', '´', '‘', '’', ' '];
/// Signs between two numbers.
const SEPARATORS: [char; 9] = ['/', '\\', ';', ',', '|', '&', '\n', '\r', '\t'];
/// Longer cells are not taken apart.
const CELL_LENGTH_MAX: usize = 100;
/// A cell with more numbers is a text.
const NUMBERS_MAX: usize = 8;

/// What happened to a phone cell; `None` when nothing did, or when nothing is known that would explain it.
pub(super) fn repair(cell: &str, country: CountryCode, habits: &Habits) -> Option<Repair> {
    match parse_cell(cell, &country) {
        Ok(read) => {
            let is_marked = cell.trim_start().starts_with('\'');
            mended(&read.notes, read.phone).or_else(|| is_marked.then(|| without_marks(read.phone)))
        }
        Err(PhoneNumberError::DigitsLost) => {
            Some(Repair::lost(Damage::Exponent, PhoneNumberError::DigitsLost.to_string()))
        }
        Err(PhoneNumberError::PlusMissing(owner)) => Some(plus_missing(cell, owner, habits)),
        Err(PhoneNumberError::Empty) => None,
        Err(error) if cell.len() <= CELL_LENGTH_MAX => marked(cell, country)
            .or_else(|| several(cell, country, &error))
            .or_else(|| of_usual_country(cell, &error, habits)),
        Err(_) => None,
    }
}

/// What reading a cell mended by itself.
pub(super) fn mended(notes: &[CellNote], phone: PhoneNumber) -> Option<Repair> {
    notes.iter().find_map(|note| told(note, phone))
}

fn told(note: &CellNote, phone: PhoneNumber) -> Option<Repair> {
    let (damage, reason) = match note {
        CellNote::PlusRestored => (Damage::PlusLost, "the plus sign was put back"),
        CellNote::LeadingZeroRestored => (Damage::ZeroLost, "the zero at its beginning was put back"),
        CellNote::ExponentUndone => (Damage::Exponent, "it was written with an exponent that holds every digit"),
        CellNote::Extension(_) => return None,
    };
    Some(Repair::certain(damage, phone.as_str(), reason))
}

fn without_marks(phone: PhoneNumber) -> Repair {
    Repair::certain(Damage::Apostrophe, phone.as_str(), "the signs that made it text were taken away")
}

fn plus_missing(cell: &str, owner: CountryCode, habits: &Habits) -> Repair {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let proposal = format!("+{digits}");
    if habits.witnesses(owner) {
        let reason = format!("the plus sign was put back: the list has other numbers of {owner}");
        return Repair::certain(Damage::PlusLost, proposal, reason);
    }
    Repair::likely(Damage::PlusLost, proposal, PhoneNumberError::PlusMissing(owner).to_string())
}

fn marked(cell: &str, country: CountryCode) -> Option<Repair> {
    let bare = cell.trim().trim_matches(MARKS);
    if bare.len() == cell.len() {
        return None;
    }
    parse_cell(bare, &country).ok().map(|read| without_marks(read.phone))
}

/// Several numbers: the same one twice is certain, else the first is proposed.
fn several(cell: &str, country: CountryCode, error: &PhoneNumberError) -> Option<Repair> {
    let parts = cell.split(SEPARATORS).flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).take(NUMBERS_MAX).collect();
    let phone = |part: &str| parse_cell(part, &country).ok().map(|read| read.phone);
    let phones: Vec<Option<PhoneNumber>> = parts.iter().map(|part| phone(part)).collect();
    let reason = PhoneNumberError::MoreThanOne.to_string();
    let Some(first) = phones.iter().copied().flatten().next().filter(|_| phones.len() > 1) else {
        let is_list = *error == PhoneNumberError::MoreThanOne;
        let by_space = || by_space(cell, country).map(|first| first_of(first, &reason));
        return by_space().or_else(|| is_list.then(|| Repair::lost(Damage::SeveralNumbers, reason.clone())));
    };
    if phones.iter().all(|phone| *phone == Some(first)) {
        let reason = "the same number stood in the cell more than once";
        return Some(Repair::certain(Damage::SeveralNumbers, first.as_str(), reason));
    }
    Some(first_of(first, &reason))
}

fn first_of(first: PhoneNumber, reason: &str) -> Repair {
    Repair::likely(Damage::SeveralNumbers, first.as_str(), format!("{reason}; the first is {first}"))
}

/// Two numbers with nothing but a space between them: both halves must be numbers of their own.
fn by_space(cell: &str, country: CountryCode) -> Option<PhoneNumber> {
    let spaces = cell.match_indices(' ').map(|(at, _)| cell.split_at(at)).take(NUMBERS_MAX * 2);
    let phone = |text: &str| parse_cell(text, &country).ok().map(|read| read.phone);
    spaces.filter_map(|(left, right)| phone(left).filter(|_| phone(right).is_some())).next()
}

/// A number of another country, without its beginning, in a list that has many of them.
fn of_usual_country(cell: &str, error: &PhoneNumberError, habits: &Habits) -> Option<Repair> {
    if !matches!(error, PhoneNumberError::NotInUse(_)) {
        return None;
    }
    let mut read =
        habits.usual_countries().into_iter().filter_map(|country| Some((parse_cell(cell, &country).ok()?, country)));
    let (only, country) = read.next().filter(|_| read.next().is_none())?;
    let reason =
        format!("not a number in use in {}; in {country} it would be {}", habits.default_country(), only.phone);
    Some(Repair::likely(Damage::ZeroLost, only.phone.as_str(), reason))
}
