//! Occurrences are those of a walk by the minute around every clock change.
//!
//! The walk knows nothing of offsets, gaps and folds: it looks at the wall clock, minute after minute, and asks of each
//! date whether the pattern names it. An ordinary run tries zones by a seed that it prints; `CARILLON_ZONES=all` tries
//! every change of every zone from 2025 to 2034 (`make test-zones`), `CARILLON_ZONES=17` repeats a seed.

use std::collections::BTreeSet;

use carillon_domain::calling_hours::Day;
use carillon_domain::schedule::{Every, MonthDay, Overlap, Recurring, RunContacts, Schedule, ShortMonths, Until};
use carillon_domain::time_zones::TimeZoneName;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Span, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

pub const FIRST: Timestamp = Timestamp::constant(1_735_689_600, 0);
const LAST: Timestamp = Timestamp::constant(2_051_222_400, 0);
/// So long before and after a clock change it is walked.
const AROUND: SignedDuration = SignedDuration::from_hours(60);
/// Patterns that are tried at each clock change.
const PATTERNS: usize = 2;
/// Zones of an ordinary run.
const ZONES_SAMPLED: usize = 40;

pub fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

pub fn zones() -> Vec<TimeZoneName> {
    let names = TimeZoneDatabase::bundled();
    names.available().filter_map(|name| TimeZoneName::parse(name.as_str()).ok()).collect()
}

/// Where the clock of a zone changes in the ten years; where it never does, some instant.
pub fn changes(zone: &TimeZoneName) -> Vec<Timestamp> {
    let found = zone.zone().following(FIRST).map(|change| change.timestamp());
    let found: Vec<Timestamp> = found.take_while(|change| *change < LAST).collect();
    if found.is_empty() { vec![FIRST + minutes(600_000)] } else { found }
}

/// Chance in portions, from a seed or from the property's own.
pub struct Dice(TestRng);

impl Dice {
    pub fn of_seed(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    pub fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound
    }

    fn signed(&mut self, most: i32) -> i64 {
        i64::from(self.below(u32::try_from(2 * most + 1).expect("positive"))) - i64::from(most)
    }

    /// A pattern that begins within weeks of a clock change, at a time of day near it, also one that is skipped: so it is
    /// counted on paper from the last minute before the change.
    pub fn recurring(&mut self, zone: &TimeZoneName, change: Timestamp) -> Recurring {
        let before = zone.zone().to_datetime(change - minutes(1));
        let near = before.checked_add(minutes(self.signed(150))).expect("a time of our years");
        let days = Span::new().days(-i64::from(self.below(40)) + 2);
        let first = near.date().checked_add(days).expect("a date of our years");
        let every = match self.below(4) {
            0 => Every::Day { interval: 1 },
            1 => Every::Day { interval: 1 + self.below(30) },
            2 => Every::Week { days: Day::ALL.iter().copied().filter(|_| self.below(2) == 0).collect() },
            _ => Every::Month { day: self.month_day(near.date()) },
        };
        let until = match self.below(4) {
            0 => Until::Date { date: first.checked_add(Span::new().days(i64::from(self.below(50)))).expect("a date") },
            _ => Until::Never,
        };
        Recurring {
            at: first.at(near.hour(), near.minute(), 0, 0),
            timezone: zone.clone(),
            every,
            until,
            contacts: RunContacts::Same,
            accept_shrunk_list: false,
            overlap: if self.below(2) == 0 { Overlap::Skip } else { Overlap::Wait },
            short_months: if self.below(2) == 0 { ShortMonths::LastDay } else { ShortMonths::Skip },
            grace_s: self.below(7_200),
        }
    }

    /// Mostly a day on which the change is in the middle of its walk.
    fn month_day(&mut self, near: Date) -> MonthDay {
        match self.below(4) {
            0 => MonthDay::Last,
            1 => MonthDay::Day(u8::try_from(1 + self.below(31)).expect("small")),
            _ => MonthDay::Day(near.day().unsigned_abs()),
        }
    }
}

/// Whether the pattern names a date, by asking the calendar about that date alone.
fn is_named(schedule: &Recurring, date: Date) -> bool {
    let first = schedule.at.date();
    let is_over = matches!(schedule.until, Until::Date { date: last } if last < date);
    if date < first || is_over {
        return false;
    }
    let is_last = date.tomorrow().expect("a date of our years").day() == 1;
    match &schedule.every {
        Every::Day { interval } => {
            let between = first.series(Span::new().days(1)).take_while(|day| *day < date).count();
            between % usize::try_from(*interval).expect("small") == 0
        }
        Every::Week { days } => days.iter().any(|day| day.as_str() == date.strftime("%a").to_string().to_lowercase()),
        Every::Month { day: MonthDay::Last } => is_last,
        Every::Month { day: MonthDay::Day(day) } => {
            let today = date.day().unsigned_abs();
            today == *day || (is_last && today < *day && schedule.short_months == ShortMonths::LastDay)
        }
    }
}

/// The wall clock of a zone, minute by minute.
fn walk(zone: &TimeZoneName, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, DateTime)> {
    let count = until.duration_since(from).as_mins();
    (0..=count).map(|ahead| from + minutes(ahead)).map(|at| (at, zone.zone().to_datetime(at))).collect()
}

/// When the schedule runs, by the walk: the first minute that shows the time, else as far behind the jump over it as the
/// time is behind the last minute before the jump.
fn walked(schedule: &Recurring, walk: &[(Timestamp, DateTime)]) -> Vec<(Timestamp, DateTime)> {
    let dates: BTreeSet<Date> = walk.iter().map(|(_, wall)| wall.date()).collect();
    let mut found = Vec::new();
    for date in dates.into_iter().filter(|date| is_named(schedule, *date)) {
        let wanted = date.to_datetime(schedule.at.time());
        let shown = walk.iter().find(|(_, wall)| *wall == wanted).map(|(at, _)| *at);
        let jumped = || {
            let jump = walk.windows(2).find(|pair| pair[0].1 < wanted && wanted < pair[1].1)?;
            Some(jump[0].0 + wanted.duration_since(jump[0].1))
        };
        found.extend(shown.or_else(jumped).map(|at| (at, wanted)));
    }
    found
}

/// What a comparison has seen.
#[derive(Debug, Default)]
struct Seen {
    changes: usize,
    occurrences: usize,
    /// At a time that no clock showed.
    skipped: usize,
    /// At a time that the clock showed twice.
    repeated: usize,
}

impl Seen {
    fn note(&mut self, found: &[(Timestamp, DateTime)], walk: &[(Timestamp, DateTime)]) {
        for (_, local) in found {
            let shown = walk.iter().filter(|(_, wall)| wall == local).count();
            self.occurrences += 1;
            self.skipped += usize::from(shown == 0);
            self.repeated += usize::from(shown > 1);
        }
    }
}

/// Compares the occurrences around a clock change with the walk; says what differs.
fn compare(schedule: &Recurring, walk: &[(Timestamp, DateTime)], seen: &mut Seen) -> Result<(), String> {
    let (from, until) = (walk[0].0 + minutes(1_500), walk[walk.len() - 1].0 - minutes(1_500));
    let is_within = |at: Timestamp| from < at && at <= until;
    let expected: Vec<_> = walked(schedule, walk).into_iter().filter(|(at, _)| is_within(*at)).collect();
    let asked = Schedule::Recurring(schedule.clone());
    let found = asked.occurrences(from, 0).take_while(|next| is_within(next.at)).take(100);
    let found: Vec<_> = found.map(|next| (next.at, next.local)).collect();
    seen.note(&expected, walk);
    if found == expected { Ok(()) } else { Err(format!("{schedule:?}\nfound {found:?}\nwalked {expected:?}")) }
}

fn compare_zone(zone: &TimeZoneName, dice: &mut Dice, seen: &mut Seen) -> Result<(), String> {
    for change in changes(zone) {
        let walk = walk(zone, change - AROUND, change + AROUND);
        for _ in 0..PATTERNS {
            compare(&dice.recurring(zone, change), &walk, seen)?;
        }
        seen.changes += 1;
    }
    Ok(())
}

#[test]
fn occurrences_are_those_of_a_walk_by_the_minute_around_every_clock_change() {
    let asked = std::env::var("CARILLON_ZONES").unwrap_or_default();
    let seed = asked.parse().unwrap_or_else(|_| proptest::test_runner::TestRunner::default().rng().next_u64() % 10_000);
    println!("CARILLON_ZONES={seed}");
    let mut dice = Dice::of_seed(seed);
    let mut zones = zones();
    assert!(zones.len() > 400, "the zones of the world: {}", zones.len());
    while asked != "all" && zones.len() > ZONES_SAMPLED {
        let at = dice.below(u32::try_from(zones.len()).expect("hundreds"));
        zones.swap_remove(usize::try_from(at).expect("hundreds"));
    }
    let mut seen = Seen::default();
    for zone in &zones {
        compare_zone(zone, &mut dice, &mut seen).unwrap_or_else(|differing| panic!("{differing}"));
    }
    println!("{} zones: {seen:?}", zones.len());
    assert!(seen.skipped > 0 && seen.repeated > 0, "the strange times were among those compared");
}

/// The walk itself finds what is known to be: without this it might agree by seeing nothing.
#[test]
fn the_walk_finds_the_skipped_and_the_repeated_time() {
    let new_york = TimeZoneName::parse("America/New_York").expect("a zone");
    let mut schedule = Dice::of_seed(1).recurring(&new_york, FIRST);
    (schedule.every, schedule.until) = (Every::Day { interval: 1 }, Until::Never);
    schedule.at = date(2027, 3, 1).at(2, 30, 0, 0);
    let found = |schedule: &Recurring, from: &str, until: &str| {
        let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
        walked(schedule, &walk(&new_york, instant(from), instant(until)))
    };
    let spring = found(&schedule, "2027-03-14T05:00Z", "2027-03-14T12:00Z");
    assert_eq!(spring, [("2027-03-14T07:30Z".parse().expect("an instant"), date(2027, 3, 14).at(2, 30, 0, 0))]);
    schedule.at = date(2027, 3, 1).at(1, 30, 0, 0);
    let autumn = found(&schedule, "2027-11-07T04:00Z", "2027-11-07T12:00Z");
    assert_eq!(autumn, [("2027-11-07T05:30Z".parse().expect("an instant"), date(2027, 11, 7).at(1, 30, 0, 0))]);
}

proptest! {
    #![proptest_config(crate::cases(300))]

    /// The parser answers whatever it is given, and what it accepts is written as it was read.
    #[test]
    fn whatever_is_read_is_written_alike(text in ".{0,40}", number: i64, member in 0..8_usize) {
        let members = ["kind", "at", "timezone", "every", "until", "contacts", "overlap", "grace_s"];
        let usual = serde_json::json!({"kind": "recurring", "at": "2026-12-07T09:00", "timezone": "UTC",
            "every": {"unit": "month", "day": 31}, "until": {"kind": "never"}, "contacts": "same"});
        for odd in [serde_json::json!(text), serde_json::json!(number), serde_json::json!({"unit": "month", "day": number})] {
            let mut value = usual.clone();
            value[members[member]] = odd;
            match Schedule::parse(&value) {
                Ok(schedule) => {
                    let written = serde_json::to_value(&schedule).expect("json");
                    prop_assert_eq!(Schedule::parse(&written), Ok(schedule));
                }
                Err(errors) => prop_assert!(!errors.is_empty()),
            }
        }
    }
}
