//! When people answer, rolled up from the ledger: attempts and answers by the hour of the week where people are, and by
//! area.
//!
//! The ledger knows nothing of it. An attempt remembers the outcome with which it stands here, and an index holds those
//! whose outcome is another: newly ended ones and late news alike. [`roll_up`] takes some of them, changes the sums by
//! the differences and notes the outcome, all in one transaction; [`recount`] reads the ledger instead and must agree
//! when nothing is left to roll up. What an outcome counts for is `carillon_domain::best_hours`' business.

use std::collections::BTreeMap;

use carillon_domain::area::Area;
use carillon_domain::best_hours::{Tally, local_hour};
use carillon_domain::outcome::Outcome;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::time_zones::ZoneSet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// The hour of somebody whose zones do not agree on it.
pub const UNKNOWN_HOUR: i64 = -1;
/// All areas together.
const EVERYWHERE: &str = "";
const FIRST_DAY: Date = jiff::civil::date(1970, 1, 1);

/// Attempts whose hour and area are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub organization: Uuid,
    pub campaign: Uuid,
    /// The recipient's date, in days since 1970.
    pub day: i64,
    pub hour: i64,
    pub area: String,
}

/// A change of a sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Delta {
    attempts: i64,
    answered: i64,
}

/// An attempt whose outcome is not the one that it stands here with.
struct Differing {
    id: Uuid,
    place: Option<Place>,
    stands_with: Option<Outcome>,
    outcome: Option<Outcome>,
}

macro_rules! attempts {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.organization_id, a.campaign_id, a.phone, a.send_at, a.rolled_up, a.outcome, b.zones, c.test_of
               FROM attempts a JOIN campaigns c ON c.id = a.campaign_id
               LEFT JOIN buckets b ON b.run_id = a.run_id AND b.bucket = a.bucket WHERE ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Differing, StoreError> {
    let corrupt = |error: String| StoreError::Corrupt(error);
    let (phone, at): (String, Timestamp) = (row.get(3)?, row.get(4)?);
    let phone = PhoneNumber::from_e164(&phone).map_err(|e| corrupt(e.to_string()))?;
    let zones = row.get::<Option<String>>(7)?.unwrap_or_default();
    let zones = ZoneSet::from_key(&zones).map_err(|e| corrupt(e.to_string()))?;
    let is_test = row.get::<Option<Uuid>>(8)?.is_some();
    let local = local_hour(&zones, at);
    let date = local.map_or_else(|| TimeZone::UTC.to_datetime(at).date(), |(date, _)| date);
    let place = Place {
        organization: row.get(1)?,
        campaign: row.get(2)?,
        day: day_number(date),
        hour: local.map_or(UNKNOWN_HOUR, |(_, hour)| i64::from(hour.number())),
        area: Area::of(&phone).to_string(),
    };
    let (stands_with, outcome) = (row.opt_word(5)?, row.opt_word(6)?);
    // A test call is no call to anybody.
    Ok(Differing { id: row.get(0)?, place: (!is_test).then_some(place), stands_with, outcome })
}

/// A date as the sums have it.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    date.duration_since(FIRST_DAY).as_hours() / 24
}

/// Rolls up some attempts that differ, at most `limit`. Returns how many.
///
/// # Errors
/// When the database fails.
pub fn roll_up(tx: &mut Tx<'_>, limit: u32) -> Result<u64, StoreError> {
    const NEXT: Sql = Sql::Split {
        sqlite: attempts!("a.rolled_up IS DISTINCT FROM a.outcome ORDER BY a.id LIMIT $1"),
        postgres: attempts!(
            "a.rolled_up IS DISTINCT FROM a.outcome ORDER BY a.id LIMIT $1 FOR UPDATE OF a SKIP LOCKED"
        ),
    };
    const ONE: &str = "UPDATE attempts SET rolled_up = $2 WHERE id = $1";
    const MANY: &str = "UPDATE attempts SET rolled_up = x.o FROM unnest($1::uuid[], $2::text[]) AS x (i, o)
        WHERE attempts.id = x.i";
    let differing = tx.query(NEXT, params![limit], read)?;
    let mut deltas: BTreeMap<Place, Delta> = BTreeMap::new();
    for attempt in &differing {
        if let Some(place) = &attempt.place {
            let delta = deltas.entry(place.clone()).or_default();
            delta.add(attempt.outcome, 1);
            delta.add(attempt.stands_with, -1);
        }
    }
    change(tx, &deltas)?;
    let noted = |attempt: &Differing| row![attempt.id, attempt.outcome.map(Outcome::as_str)];
    let rows: Vec<Vec<Value>> = differing.iter().map(noted).collect();
    tx.execute_many(ONE, MANY, &rows)
}

impl Delta {
    fn add(&mut self, outcome: Option<Outcome>, times: i64) {
        let tally = outcome.map(Tally::of).unwrap_or_default();
        self.attempts += times * i64::from(tally.attempts == 1);
        self.answered += times * i64::from(tally.answered == 1);
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a row that is not there yet can begin with it.
    fn is_whole(&self) -> bool {
        (0..=self.attempts).contains(&self.answered)
    }
}

/// Changes the sums, in the order of their keys.
fn change(tx: &mut Tx<'_>, deltas: &BTreeMap<Place, Delta>) -> Result<(), StoreError> {
    let mut hours: BTreeMap<(Uuid, String, i64, Uuid, i64), Delta> = BTreeMap::new();
    let mut areas: BTreeMap<(Uuid, i64, Uuid, String), Delta> = BTreeMap::new();
    for (place, delta) in deltas {
        let (organization, day, campaign) = (place.organization, place.day, place.campaign);
        for area in [place.area.clone(), EVERYWHERE.to_owned()] {
            hours.entry((organization, area, day, campaign, place.hour)).or_default().plus(*delta);
        }
        areas.entry((organization, day, campaign, place.area.clone())).or_default().plus(*delta);
    }
    for ((organization, area, day, campaign, hour), delta) in hours {
        let values = row![organization, area, day, campaign, hour, delta.attempts, delta.answered];
        put(tx, delta, [ADD_HOUR, CHANGE_HOUR], &values)?;
    }
    for ((organization, day, campaign, area), delta) in areas {
        let values = row![organization, day, campaign, area, delta.attempts, delta.answered];
        put(tx, delta, [ADD_AREA, CHANGE_AREA], &values)?;
    }
    Ok(())
}

impl Delta {
    fn plus(&mut self, other: Self) {
        self.attempts += other.attempts;
        self.answered += other.answered;
    }
}

const ADD_HOUR: &str = "INSERT INTO answer_hours (organization_id, area, day, campaign_id, hour, attempts, answered)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (organization_id, area, day, campaign_id, hour) DO UPDATE
        SET attempts = answer_hours.attempts + excluded.attempts, answered = answer_hours.answered + excluded.answered";
const CHANGE_HOUR: &str = "UPDATE answer_hours SET attempts = attempts + $6, answered = answered + $7
    WHERE organization_id = $1 AND area = $2 AND day = $3 AND campaign_id = $4 AND hour = $5";
const ADD_AREA: &str = "INSERT INTO answer_areas (organization_id, day, campaign_id, area, attempts, answered)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organization_id, day, campaign_id, area) DO UPDATE
        SET attempts = answer_areas.attempts + excluded.attempts, answered = answer_areas.answered + excluded.answered";
const CHANGE_AREA: &str = "UPDATE answer_areas SET attempts = attempts + $5, answered = answered + $6
    WHERE organization_id = $1 AND day = $2 AND campaign_id = $3 AND area = $4";

/// Adds to a sum. What corrects one only changes it: a row is checked before it is found to be there already.
fn put(tx: &mut Tx<'_>, delta: Delta, [add, change]: [&'static str; 2], values: &[Value]) -> Result<(), StoreError> {
    if delta.is_nothing() {
        return Ok(());
    }
    tx.execute(if delta.is_whole() { add } else { change }, values).map(drop)
}

/// Which sums.
#[derive(Debug, Clone)]
pub struct AnswerFilter {
    /// The first and the last day.
    pub days: (i64, i64),
    pub campaign: Option<Uuid>,
    pub department: Option<Uuid>,
    /// One area alone; all of them otherwise.
    pub area: Option<Area>,
}

macro_rules! summed {
    ($by:literal, $table:literal, $area:literal) => {
        concat!(
            "SELECT h.", $by, ", CAST(sum(h.attempts) AS BIGINT), CAST(sum(h.answered) AS BIGINT)
               FROM ", $table, " h JOIN campaigns c ON c.id = h.campaign_id
              WHERE h.organization_id = $1
                AND (c.department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
                AND h.day BETWEEN $3 AND $4 AND (h.campaign_id = $5 OR $5 IS NULL)
                AND (c.department_id = $6 OR $6 IS NULL)", $area, " GROUP BY h.", $by, " ORDER BY h.", $by
        )
    };
}

fn values(scope: Scope, filter: &AnswerFilter) -> Vec<Value> {
    let (from, to) = filter.days;
    row![scope.organization(), scope.member(), from, to, filter.campaign, filter.department]
}

fn tally(row: &Row<'_>) -> Result<Tally, StoreError> {
    let count = |index| -> Result<u64, StoreError> { Ok(u64::try_from(row.get::<i64>(index)?).unwrap_or(0)) };
    Ok(Tally { attempts: count(1)?, answered: count(2)? })
}

/// The sums by hour of the week, [`UNKNOWN_HOUR`] among them.
///
/// # Errors
/// When the database fails.
pub fn by_hour(tx: &mut Tx<'_>, scope: Scope, filter: &AnswerFilter) -> Result<Vec<(i64, Tally)>, StoreError> {
    const QUERY: &str = summed!("hour", "answer_hours", " AND h.area = $7");
    let mut values = values(scope, filter);
    values.push(filter.area.as_ref().map_or(EVERYWHERE, Area::as_str).into());
    tx.query(QUERY, &values, |row| Ok((row.get(0)?, tally(row)?)))
}

/// The sums by area, by their codes.
///
/// # Errors
/// When the database fails.
pub fn by_area(tx: &mut Tx<'_>, scope: Scope, filter: &AnswerFilter) -> Result<Vec<(Area, Tally)>, StoreError> {
    const QUERY: &str = summed!("area", "answer_areas", "");
    let rows = tx.query(QUERY, &values(scope, filter), |row| Ok((row.get::<String>(0)?, tally(row)?)))?;
    rows.into_iter()
        .map(|(code, tally)| {
            let area = Area::parse(&code).ok_or_else(|| StoreError::Corrupt(format!("\"{code}\" is no area")))?;
            Ok((area, tally))
        })
        .collect()
}

/// The sums of an organization as the ledger itself has them. Reads every attempt: for tests, never for a page.
///
/// # Errors
/// When the database fails.
pub fn recount(tx: &mut Tx<'_>, organization: Uuid) -> Result<BTreeMap<Place, Tally>, StoreError> {
    const ALL: &str = attempts!("a.organization_id = $1 AND a.outcome IS NOT NULL");
    let mut sums: BTreeMap<Place, Tally> = BTreeMap::new();
    for attempt in tx.query(ALL, params![organization], read)? {
        if let (Some(place), Some(outcome)) = (attempt.place, attempt.outcome) {
            let sum = sums.entry(place).or_default();
            *sum = sum.plus(Tally::of(outcome));
        }
    }
    sums.retain(|_, tally| tally.attempts > 0);
    Ok(sums)
}

/// The sums of an organization as they are kept, for the comparison with [`recount`].
///
/// # Errors
/// When the database fails.
pub fn kept(tx: &mut Tx<'_>, organization: Uuid) -> Result<BTreeMap<Place, Tally>, StoreError> {
    const ALL: &str = "SELECT campaign_id, attempts, answered, day, hour, area FROM answer_hours
        WHERE organization_id = $1 AND area <> '' AND attempts > 0";
    let read = |row: &Row<'_>| {
        let place =
            Place { organization, campaign: row.get(0)?, day: row.get(3)?, hour: row.get(4)?, area: row.get(5)? };
        Ok((place, tally(row)?))
    };
    Ok(tx.query(ALL, params![organization], read)?.into_iter().collect())
}
