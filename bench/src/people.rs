//! A list of made-up people as a spreadsheet exports it: the file that imports are measured with.
//!
//! Seven columns, eight spellings of numbers, some British, some junk, some repeated, some on the do-not-call list, all
//! by the row's place and nothing else: whoever reads the file knows what must come of it ([`Expected`]).

use std::io::{BufWriter, Write};

use anyhow::Result;

pub const HEADER: &str = "First name,Last name,Phone,E-mail,Company,Postal code,State";
/// Of a hundred rows each, by their place in it; everybody else is plain.
const BRITISH: [u64; 4] = [11, 37, 61, 83];
const JUNK: u64 = 5;
const REPEATED: [u64; 3] = [19, 53, 97];
const FORBIDDEN: u64 = 42;
/// A repeated row has the number of the row so many places before it, which is plain.
const REPEATS_FROM: u64 = 17;

const FIRST_NAMES: [&str; 24] = [
    "Ann", "Bob", "Carla", "David", "Elena", "Frank", "Grace", "Henry", "Irene", "James", "Karen", "Louis", "Maria",
    "Nathan", "Olga", "Peter", "Quinn", "Rosa", "Samuel", "Teresa", "Ulric", "Vera", "William", "Zoë",
];
const LAST_NAMES: [&str; 30] = [
    "Adams",
    "Baker",
    "Clark",
    "Diaz",
    "Evans",
    "Fischer",
    "Garcia",
    "Hughes",
    "Ito",
    "Jensen",
    "Kowalski",
    "Lopez",
    "Miller",
    "Nguyen",
    "O'Brien",
    "Patel",
    "Quigley",
    "Rossi",
    "Smith",
    "Taylor",
    "Ueda",
    "Vargas",
    "Wagner",
    "Xu",
    "Young",
    "Zimmer",
    "Andersson",
    "Brown",
    "Castillo",
    "Dubois",
];
const COMPANIES: [&str; 10] = [
    "Acme",
    "Globex",
    "Initech",
    "Umbrella",
    "Hooli",
    "Stark Industries",
    "\"Wayne, Kane & Co\"",
    "Wonka",
    "Cyberdyne",
    "",
];
/// Area code, postal code and state of a place.
const PLACES: [(&str, &str, &str); 16] = [
    ("212", "10001", "NY"),
    ("312", "60601", "IL"),
    ("415", "94103", "CA"),
    ("206", "98101", "WA"),
    ("305", "33101", "FL"),
    ("617", "02108", "MA"),
    ("713", "77002", "TX"),
    ("404", "30303", "GA"),
    ("303", "80202", "CO"),
    ("602", "85004", "AZ"),
    ("215", "19103", "PA"),
    ("503", "97204", "OR"),
    ("702", "89101", "NV"),
    ("614", "43215", "OH"),
    ("615", "37203", "TN"),
    ("808", "96813", "HI"),
];
/// Exchanges of an area code that are used.
const EXCHANGES: u64 = 600;
const NUMBERS: u64 = PLACES.len() as u64 * EXCHANGES * 10_000;
/// Has no factor in common with the numbers, so that places are scattered over them and none comes twice.
const STRIDE: u64 = 38_501_257;

/// What an import of the first rows must say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    pub imported: u64,
    pub skipped: u64,
    pub rejected: u64,
}

impl Expected {
    pub fn of(rows: u64) -> Self {
        (0..rows).fold(Self::default(), |mut sum, row| {
            match Kind::of(row) {
                Kind::Junk => sum.rejected += 1,
                Kind::Repeated => sum.skipped += 1,
                Kind::British | Kind::Forbidden | Kind::Plain => sum.imported += 1,
            }
            sum
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    British,
    Junk,
    Repeated,
    Forbidden,
    Plain,
}

impl Kind {
    fn of(row: u64) -> Self {
        match row % 100 {
            JUNK => Self::Junk,
            FORBIDDEN => Self::Forbidden,
            place if BRITISH.contains(&place) => Self::British,
            place if REPEATED.contains(&place) => Self::Repeated,
            _ => Self::Plain,
        }
    }
}

/// Writes the header and so many rows.
pub fn write(rows: u64, into: impl Write) -> Result<()> {
    let mut file = BufWriter::new(into);
    writeln!(file, "{HEADER}")?;
    for row in 0..rows {
        let (first, last) = (pick(&FIRST_NAMES, row / 7), pick(&LAST_NAMES, row / 3));
        let (_, postal_code, state) = place_of(row);
        let company = pick(&COMPANIES, row / 11);
        let phone = spelled(row);
        writeln!(
            file,
            "{first},{last},{phone},{}.{row}@example.com,{company},{postal_code},{state}",
            last.to_lowercase()
        )?;
    }
    file.flush()?;
    Ok(())
}

/// The numbers of the first rows that are on the do-not-call list.
pub fn forbidden(rows: u64) -> impl Iterator<Item = String> {
    (0..rows).filter(|row| Kind::of(*row) == Kind::Forbidden).map(|row| {
        let [area, exchange, line] = digits(row);
        format!("+1{area}{exchange}{line}")
    })
}

fn pick<'a>(words: &[&'a str], at: u64) -> &'a str {
    words[usize::try_from(at % words.len() as u64).expect("a small number")]
}

fn number_of(row: u64) -> u64 {
    row * STRIDE % NUMBERS
}

fn place_of(row: u64) -> (&'static str, &'static str, &'static str) {
    PLACES[usize::try_from(number_of(row) % PLACES.len() as u64).expect("a small number")]
}

/// Area code, exchange and line.
fn digits(row: u64) -> [String; 3] {
    let rest = number_of(row) / PLACES.len() as u64;
    let exchange = 200 + rest % EXCHANGES;
    [place_of(row).0.to_owned(), exchange.to_string(), format!("{:04}", rest / EXCHANGES)]
}

fn spelled(row: u64) -> String {
    match Kind::of(row) {
        Kind::Junk => {
            ["n/a", "12345", "call me", "555-CALL"][usize::try_from(row / 100 % 4).expect("small")].to_owned()
        }
        Kind::British if (row / 100).is_multiple_of(2) => format!("+44 7387 {:06}", row % 1_000_000),
        Kind::British => format!("+447400{:06}", row % 1_000_000),
        Kind::Repeated => plain(row - REPEATS_FROM, row),
        Kind::Forbidden | Kind::Plain => plain(row, row),
    }
}

fn plain(row: u64, spelling: u64) -> String {
    let [area, exchange, line] = digits(row);
    match spelling % 8 {
        0 => format!("+1{area}{exchange}{line}"),
        1 => format!("{area}{exchange}{line}"),
        2 => format!("({area}) {exchange}-{line}"),
        3 => format!("{area}-{exchange}-{line}"),
        4 => format!("{area}.{exchange}.{line}"),
        5 => format!("1-{area}-{exchange}-{line}"),
        6 => format!("+1 {area} {exchange} {line}"),
        _ => format!("{area} {exchange} {line}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use carillon_domain::country_code::CountryCode;
    use carillon_domain::phone_number::parse_cell;

    use super::*;

    #[test]
    fn whom_it_means_can_be_called_wherever_they_stand() {
        for row in (0..1_000_000).step_by(101).filter(|row| Kind::of(*row) != Kind::Junk) {
            assert!(parse_cell(&spelled(row), &CountryCode::US).is_ok(), "{row}: {}", spelled(row));
        }
    }

    #[test]
    fn the_list_holds_what_is_expected_of_it() {
        let (mut numbers, mut found) = (HashSet::new(), Expected::default());
        for row in 0..20_000 {
            match parse_cell(&spelled(row), &CountryCode::US) {
                Ok(read) if numbers.insert(read.phone.to_string()) => found.imported += 1,
                Ok(_) => found.skipped += 1,
                Err(_) => found.rejected += 1,
            }
        }
        assert_eq!(found, Expected::of(20_000));
        assert_eq!(found, Expected { imported: 19_200, skipped: 600, rejected: 200 });
        assert!(forbidden(20_000).all(|phone| numbers.contains(&phone)));
    }
}
