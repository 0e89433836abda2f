//! What the columns of a list usually hold, learnt from its first rows.
//!
//! A column has a habit when nearly all of its cells are of one sort that can be told for certain: phone numbers or
//! e-mail addresses. Names and notes have none. Habits never change what a cell is; they say what is missed in a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::columns::looks_like_an_address;
use crate::country_code::CountryCode;
use crate::phone_number::parse_cell;

/// Rows that are learnt from; more would tell nothing new.
pub const HABIT_ROWS_MAX: usize = 1_000;
/// With fewer cells, nothing is a habit.
const CELLS_MIN: usize = 5;
/// Of the cells with something in them, so many in a hundred must be of one sort.
const CELLS_PERCENT_MIN: usize = 80;
/// So many numbers of a country, and so many in a hundred, make its lost plus sign certain.
const WITNESSES_MIN: usize = 5;
const WITNESSES_PERCENT_MIN: usize = 20;

/// A sort of cell that can be told for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Phone,
    Email,
}

/// What the columns of a list usually hold. Fed with its first rows, then asked; kept with the import, so that each
/// reading treats every row the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habits {
    columns: Vec<Tally>,
    rows: usize,
    default_country: CountryCode,
    delimiter: char,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Tally {
    filled: usize,
    phones: usize,
    emails: usize,
    /// Numbers written with their plus sign, by country.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    by_country: BTreeMap<CountryCode, usize>,
}

impl Habits {
    /// For a list with so many columns, cut by a delimiter; of a list that is not cut, a comma.
    #[must_use]
    pub fn new(columns: usize, default_country: CountryCode, delimiter: char) -> Self {
        Self { columns: vec![Tally::default(); columns], rows: 0, default_country, delimiter }
    }

    /// Learns from a row. Those behind [`HABIT_ROWS_MAX`] and those of another length are passed over.
    pub fn note(&mut self, row: &[String]) {
        if self.rows >= HABIT_ROWS_MAX || row.len() != self.columns.len() {
            return;
        }
        self.rows += 1;
        for (tally, cell) in self.columns.iter_mut().zip(row) {
            tally.note(cell, self.default_country);
        }
    }

    pub(super) const fn default_country(&self) -> CountryCode {
        self.default_country
    }

    pub(super) const fn delimiter(&self) -> char {
        self.delimiter
    }

    pub(super) const fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The columns with a habit, from the left.
    pub(super) fn strong(&self) -> impl Iterator<Item = (usize, Sort)> {
        self.columns.iter().enumerate().filter_map(|(at, tally)| Some((at, tally.habit()?)))
    }

    /// Whether numbers of this country are usual in the list, and not a single slip.
    pub(super) fn witnesses(&self, country: CountryCode) -> bool {
        let tallies = self.columns.iter().filter(|tally| tally.habit() == Some(Sort::Phone));
        let (mut of_country, mut all) = (0, 0);
        for tally in tallies {
            of_country += tally.by_country.get(&country).copied().unwrap_or_default();
            all += tally.phones;
        }
        of_country >= WITNESSES_MIN && of_country * 100 >= all * WITNESSES_PERCENT_MIN
    }

    /// Foreign countries whose numbers are usual in the list.
    pub(super) fn usual_countries(&self) -> Vec<CountryCode> {
        let mut countries: Vec<CountryCode> =
            self.columns.iter().flat_map(|tally| tally.by_country.keys().copied()).collect();
        countries.sort();
        countries.dedup();
        countries.retain(|country| *country != self.default_country && self.witnesses(*country));
        countries
    }

    /// Whether a cell is of a sort.
    pub(super) fn fits(&self, sort: Sort, cell: &str) -> bool {
        match sort {
            Sort::Phone => parse_cell(cell, &self.default_country).is_ok(),
            Sort::Email => looks_like_an_address(cell.trim()),
        }
    }
}

impl Tally {
    fn note(&mut self, cell: &str, default_country: CountryCode) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if looks_like_an_address(cell) {
            self.emails += 1;
            return;
        }
        let Ok(read) = parse_cell(cell, &default_country) else {
            return;
        };
        self.phones += 1;
        let is_international = cell.trim_start_matches(['\'', '(']).starts_with('+');
        if is_international && let Some(country) = read.phone.country() {
            *self.by_country.entry(country).or_default() += 1;
        }
    }

    fn habit(&self) -> Option<Sort> {
        let is_habit = |count: usize| self.filled >= CELLS_MIN && count * 100 >= self.filled * CELLS_PERCENT_MIN;
        match (is_habit(self.phones), is_habit(self.emails)) {
            (true, _) => Some(Sort::Phone),
            (false, true) => Some(Sort::Email),
            (false, false) => None,
        }
    }
}
