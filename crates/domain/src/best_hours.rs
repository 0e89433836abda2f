//! When people answer: rates by the hour of the week where they are, how sure they are, and hours to propose.
//!
//! Pure. A rate of few calls says little, so each has an interval (Wilson's, at 95 %), and only hours whose lower bound
//! is above the average are proposed. Which attempts there were is the ledger's to say.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::calling_hours::Day;
use crate::outcome::Outcome;
use crate::time_zones::ZoneSet;

/// Calls below which an hour proposes nothing.
pub const ATTEMPTS_MIN: u64 = 30;
/// Hours that are proposed.
const SUGGESTIONS_MAX: usize = 3;
/// Of a normal distribution, for 95 %.
const Z: f64 = 1.96;
const HOURS_OF_DAY: u8 = 24;

/// An hour of the week, from Monday's first on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HourOfWeek(u8);

impl HourOfWeek {
    /// How many there are.
    pub const COUNT: u8 = 7 * HOURS_OF_DAY;

    /// The hour by its number; `None`: a week has fewer.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (number < Self::COUNT).then_some(Self(number))
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The day of the week.
    #[must_use]
    pub fn day(self) -> Day {
        Day::ALL[usize::from(self.0 / HOURS_OF_DAY)]
    }

    /// The hour of the day, 0 to 23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.0 % HOURS_OF_DAY
    }
}

/// What people's clocks and calendars show at an instant; `None`: nothing is known of their place, or the zones that they
/// may be in do not agree on the hour.
#[must_use]
pub fn local_hour(zones: &ZoneSet, at: Timestamp) -> Option<(Date, HourOfWeek)> {
    let mut told = zones.iter().map(|zone| {
        let local = zone.zone().to_datetime(at);
        let day = u8::try_from(local.date().weekday().to_monday_zero_offset()).expect("a week has seven days");
        let hour = u8::try_from(local.hour()).expect("a day has 24 hours");
        (local.date(), HourOfWeek(day * HOURS_OF_DAY + hour))
    });
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

/// Calls, and those of them that somebody answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub attempts: u64,
    pub answered: u64,
}

impl Tally {
    /// What an outcome counts for. Calls that were withdrawn, or of which nothing is known, tell nothing of the hour.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Canceled | Outcome::Unknown => Self { attempts: 0, answered: 0 },
            outcome => Self { attempts: 1, answered: outcome.reached() as u64 },
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { attempts: self.attempts + other.attempts, answered: self.answered + other.answered }
    }

    /// Answered ÷ attempts; `None` without attempts.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.attempts > 0).then(|| self.answered as f64 / self.attempts as f64)
    }

    /// Where the true rate is, at 95 %.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        let Some(rate) = self.rate() else { return (0.0, 1.0) };
        let n = self.attempts as f64;
        let (square, spread) = (Z * Z, (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt());
        let center = (rate + square / (2.0 * n)) / (1.0 + square / n);
        let half = Z * spread / (1.0 + square / n);
        ((center - half).max(0.0), (center + half).min(1.0))
    }

    /// Whether there are enough calls to propose something.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        self.attempts >= ATTEMPTS_MIN
    }
}

/// Hours worth calling in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub days: Vec<Day>,
    /// The first hour, and the one at whose beginning they end.
    pub start: u8,
    pub end: u8,
    /// What was answered in them.
    pub tally: Tally,
}

/// The hours that are surely better than the average, within the hours in which people may be called: the best first.
#[must_use]
pub fn suggest(cells: &BTreeMap<HourOfWeek, Tally>, (opens, closes): (Time, Time)) -> Vec<Suggestion> {
    let total = cells.values().fold(Tally::default(), |sum, tally| sum.plus(*tally));
    let Some(average) = total.rate() else { return Vec::new() };
    let is_legal = |hour: u8| begins(hour) >= opens && hour + 1 < HOURS_OF_DAY && begins(hour + 1) <= closes;
    let is_good =
        |hour: HourOfWeek, tally: &Tally| is_legal(hour.hour()) && tally.is_enough() && tally.interval().0 > average;
    // Days with the same hours are one proposal.
    let mut spans: BTreeMap<(u8, u8), Vec<Day>> = BTreeMap::new();
    for day in Day::ALL.iter().copied() {
        let good = |hour: &u8| {
            let of_week = HourOfWeek(day as u8 * HOURS_OF_DAY + hour);
            cells.get(&of_week).is_some_and(|tally| is_good(of_week, tally))
        };
        for span in in_a_row((0..HOURS_OF_DAY).filter(good)) {
            spans.entry(span).or_default().push(day);
        }
    }
    let mut found: Vec<Suggestion> = spans.into_iter().map(|(span, days)| suggestion(cells, span, days)).collect();
    found.sort_by(|one, other| other.tally.interval().0.total_cmp(&one.tally.interval().0));
    found.truncate(SUGGESTIONS_MAX);
    found
}

fn begins(hour: u8) -> Time {
    jiff::civil::time(i8::try_from(hour).expect("an hour of a day"), 0, 0, 0)
}

fn suggestion(cells: &BTreeMap<HourOfWeek, Tally>, (start, end): (u8, u8), days: Vec<Day>) -> Suggestion {
    let hours = days.iter().flat_map(|day| (start..end).map(|hour| HourOfWeek(*day as u8 * HOURS_OF_DAY + hour)));
    let tally = hours.filter_map(|hour| cells.get(&hour)).fold(Tally::default(), |sum, tally| sum.plus(*tally));
    Suggestion { days, start, end, tally }
}

/// Runs of numbers, each as its first and the one behind its last.
fn in_a_row(hours: impl Iterator<Item = u8>) -> Vec<(u8, u8)> {
    let mut spans: Vec<(u8, u8)> = Vec::new();
    for hour in hours {
        match spans.last_mut() {
            Some((_, end)) if *end == hour => *end += 1,
            _ => spans.push((hour, hour + 1)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zones(key: &str) -> ZoneSet {
        ZoneSet::from_key(key).expect("zones")
    }

    fn tally(attempts: u64, answered: u64) -> Tally {
        Tally { attempts, answered }
    }

    fn cells(hours: &[(Day, u8, u64, u64)]) -> BTreeMap<HourOfWeek, Tally> {
        hours.iter().map(|(day, hour, n, x)| (HourOfWeek(*day as u8 * 24 + hour), tally(*n, *x))).collect()
    }

    fn legal() -> (Time, Time) {
        (begins(8), begins(21))
    }

    #[test]
    fn the_hour_is_the_recipients_and_unknown_where_zones_do_not_agree() {
        let at: Timestamp = "2026-03-02T15:30:00Z".parse().expect("an instant");
        let (date, hour) = local_hour(&zones("America/New_York"), at).expect("one zone");
        assert_eq!((date.to_string().as_str(), hour.day(), hour.hour()), ("2026-03-02", Day::Monday, 10));
        assert_eq!(local_hour(&zones("America/New_York&America/Toronto"), at), Some((date, hour)));
        assert_eq!(local_hour(&zones("America/Chicago&America/New_York"), at), None);
        assert_eq!(local_hour(&zones(""), at), None);
        let night: Timestamp = "2026-03-02T03:00:00Z".parse().expect("an instant");
        let (date, hour) = local_hour(&zones("America/Los_Angeles"), night).expect("one zone");
        assert_eq!((date.to_string().as_str(), hour.day(), hour.hour()), ("2026-03-01", Day::Sunday, 19));
    }

    #[test]
    fn the_interval_is_wilsons() {
        for (n, x, low, high) in
            [(10, 5, 0.237, 0.763), (100, 50, 0.404, 0.596), (20, 0, 0.0, 0.161), (20, 20, 0.839, 1.0)]
        {
            let (found_low, found_high) = tally(n, x).interval();
            assert!(
                (found_low - low).abs() < 0.001 && (found_high - high).abs() < 0.001,
                "{x} of {n}: {found_low} {found_high}"
            );
        }
        assert_eq!(tally(0, 0).interval(), (0.0, 1.0));
    }

    #[test]
    fn only_what_is_surely_better_and_allowed_is_proposed() {
        let mut hours = vec![];
        for day in [Day::Monday, Day::Tuesday] {
            hours.extend((9..17).map(|hour| (day, hour, 200, 40)));
            hours.extend([(day, 18, 200, 120), (day, 19, 200, 110), (day, 22, 200, 190)]);
        }
        hours.push((Day::Friday, 10, 10, 10));
        let found = suggest(&cells(&hours), legal());
        let expected = Suggestion { days: vec![Day::Monday, Day::Tuesday], start: 18, end: 20, tally: tally(800, 460) };
        assert_eq!(found, [expected], "neither at night nor by ten calls");
        assert!(suggest(&BTreeMap::new(), legal()).is_empty());
        assert!(suggest(&cells(&[(Day::Monday, 9, 500, 100)]), legal()).is_empty(), "nothing to compare with");
    }

    #[test]
    fn outcomes_count_as_the_answer_rate_is_defined() {
        for outcome in Outcome::ALL.iter().copied() {
            let expected = match outcome {
                Outcome::Answered | Outcome::Abandoned | Outcome::OptedOut => tally(1, 1),
                Outcome::NoAnswer | Outcome::Busy | Outcome::Failed | Outcome::Voicemail => tally(1, 0),
                Outcome::Canceled | Outcome::Unknown => tally(0, 0),
            };
            assert_eq!(Tally::of(outcome), expected, "{outcome}");
        }
    }

    proptest! {
        /// The interval holds the rate and grows narrower with more calls of the same rate.
        #[test]
        fn intervals_hold_the_rate(n in 1_u64..2_000, share in 0.0_f64..=1.0) {
            let one = tally(n, (n as f64 * share) as u64);
            let (low, high) = one.interval();
            let rate = one.rate().expect("a rate");
            prop_assert!(0.0 <= low && low <= rate + 1e-9 && rate <= high + 1e-9 && high <= 1.0);
            let (more_low, more_high) = tally(one.attempts * 10, one.answered * 10).interval();
            prop_assert!(more_high - more_low <= high - low);
        }

        /// No proposal leaves the legal hours, and each is better than the average.
        #[test]
        fn proposals_are_legal_and_better(hours in proptest::collection::btree_map(0_u8..168, (0_u64..300, 0.0_f64..=1.0), 0..60)) {
            let cells: BTreeMap<HourOfWeek, Tally> =
                hours.into_iter().map(|(hour, (n, share))| (HourOfWeek(hour), tally(n, (n as f64 * share) as u64))).collect();
            let total = cells.values().fold(Tally::default(), |sum, tally| sum.plus(*tally));
            for found in suggest(&cells, legal()) {
                prop_assert!(found.start >= 8 && found.end <= 21 && found.start < found.end && !found.days.is_empty());
                prop_assert!(found.tally.rate() > total.rate());
            }
        }
    }
}
