//! When people answer, as it goes out.
//!
//! Rates are in percent with one decimal, as everywhere.

use std::collections::BTreeMap;

use carillon_domain::area::Area;
use carillon_domain::best_hours::{HourOfWeek, Suggestion, Tally, suggest};
use carillon_domain::calling_hours::Day;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;
use utoipa::ToSchema;

/// When people answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BestHours)]
pub struct BestHoursView {
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
    attempts: u64,
    answered: u64,
    /// Of all of them, in percent; null without calls.
    rate: Option<f64>,
    /// Hours of the week in which there were calls, from Monday on.
    cells: Vec<Cell>,
    /// Calls to people whose hour is not known: the zones they may be in do not agree on it.
    zone_unknown: Counts,
    /// All areas in which there were calls, those with the most first, whichever area was asked for.
    areas: Vec<AreaItem>,
    /// Hours that are surely better than the average and within those in which people may be called, the best first. They
    /// are hours where the recipient is.
    suggested: Vec<SuggestedHours>,
    #[schema(value_type = String, format = DateTime)]
    as_of: Timestamp,
}

/// An hour of the week.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BestHoursCell)]
pub struct Cell {
    #[schema(value_type = String, example = "mon")]
    weekday: Day,
    /// From 0 to 23.
    hour: u8,
    attempts: u64,
    answered: u64,
    /// In percent.
    rate: f64,
    /// The true rate is between these, with a certainty of 95 %.
    low: f64,
    high: f64,
    /// Whether there are enough calls to propose something: 30.
    enough: bool,
}

/// Calls, and those of them that were answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnswerCounts)]
pub struct Counts {
    attempts: u64,
    answered: u64,
}

/// An area.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BestHoursArea)]
pub struct AreaItem {
    /// A state or province of North America, by the area code, else a country; `ZZ`: not known.
    #[schema(example = "US-CA")]
    area: String,
    /// Of a state or province; null of a country.
    name: Option<String>,
    attempts: u64,
    answered: u64,
    /// In percent.
    rate: f64,
}

/// Hours in the form of a campaign's `calling_hours`, without a zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestedHours {
    #[schema(value_type = Vec<String>)]
    days: Vec<Day>,
    #[schema(example = "18:00")]
    start: String,
    #[schema(example = "20:00")]
    end: String,
    attempts: u64,
    answered: u64,
    /// In percent.
    rate: f64,
    /// The average, in percent.
    against: f64,
}

/// In percent, with one decimal.
fn percent(share: f64) -> f64 {
    (share * 1_000.0).round() / 10.0
}

fn rate(tally: Tally) -> f64 {
    percent(tally.rate().unwrap_or_default())
}

impl BestHoursView {
    pub(super) fn new(
        ((from, to), as_of): ((Date, Date), Timestamp),
        (cells, unknown): (&BTreeMap<HourOfWeek, Tally>, Tally),
        areas: Vec<(Area, Tally)>,
        legal: (Time, Time),
    ) -> Self {
        let known = cells.values().fold(Tally::default(), |sum, tally| sum.plus(*tally));
        let total = known.plus(unknown);
        let mut areas: Vec<AreaItem> = areas.into_iter().map(AreaItem::new).collect();
        areas.sort_by_key(|item| std::cmp::Reverse(item.attempts));
        Self {
            from,
            to,
            attempts: total.attempts,
            answered: total.answered,
            rate: total.rate().map(percent),
            cells: cells.iter().filter(|(_, tally)| tally.attempts > 0).map(Cell::new).collect(),
            zone_unknown: Counts { attempts: unknown.attempts, answered: unknown.answered },
            areas,
            suggested: suggest(cells, legal).into_iter().map(|hours| SuggestedHours::new(hours, known)).collect(),
            as_of,
        }
    }

    /// The cells as a table: its header and its lines.
    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let header = ["weekday", "hour", "attempts", "answered", "rate", "low", "high"].map(str::to_owned).to_vec();
        (header, self.cells.iter().map(Cell::line).collect())
    }
}

impl Cell {
    fn new((hour, tally): (&HourOfWeek, &Tally)) -> Self {
        let (low, high) = tally.interval();
        Self {
            weekday: hour.day(),
            hour: hour.hour(),
            attempts: tally.attempts,
            answered: tally.answered,
            rate: rate(*tally),
            low: percent(low),
            high: percent(high),
            enough: tally.is_enough(),
        }
    }

    fn line(&self) -> Vec<String> {
        let figures = [self.rate, self.low, self.high].map(|figure| format!("{figure:.1}"));
        let counts = [u64::from(self.hour), self.attempts, self.answered].map(|count| count.to_string());
        std::iter::once(self.weekday.to_string()).chain(counts).chain(figures).collect()
    }
}

impl AreaItem {
    fn new((area, tally): (Area, Tally)) -> Self {
        Self {
            name: area.name().map(str::to_owned),
            area: area.to_string(),
            attempts: tally.attempts,
            answered: tally.answered,
            rate: rate(tally),
        }
    }
}

impl SuggestedHours {
    fn new(hours: Suggestion, known: Tally) -> Self {
        Self {
            days: hours.days,
            start: format!("{:02}:00", hours.start),
            end: format!("{:02}:00", hours.end),
            attempts: hours.tally.attempts,
            answered: hours.tally.answered,
            rate: rate(hours.tally),
            against: rate(known),
        }
    }
}
