//! Which dates a recurring schedule names.
//!
//! Pure calendar: no zone, no time of day. Every date is counted from the first one, never from the one before,
//! because steps from month to month drift (31 January, 28 February, 28 March).

use jiff::Span;
use jiff::civil::Date;

use super::{Every, MonthDay, Recurring, ShortMonths, Until};
use crate::calling_hours::Day;

/// Of two months in a row one is long enough for every day, so one more than that is enough.
const MONTHS_LOOKED_AT: usize = 3;
const DAYS_OF_WEEK: usize = 7;
const SECONDS_OF_DAY: i64 = 86_400;

impl Recurring {
    /// The first date from `from` on that the pattern names and its end allows.
    pub(super) fn date_from(&self, from: Date) -> Option<Date> {
        let from = from.max(self.at.date());
        let date = match &self.every {
            Every::Day { interval } => every_so_many_days(self.at.date(), i64::from(*interval), from),
            Every::Week { days } => {
                let mut week = from.series(Span::new().days(1)).take(DAYS_OF_WEEK);
                week.find(|date| days.contains(&Day::of(date.weekday())))
            }
            Every::Month { day } => self.day_of_month(*day, from),
        }?;
        let is_over = matches!(self.until, Until::Date { date: last } if date > last);
        (!is_over).then_some(date)
    }

    fn day_of_month(&self, day: MonthDay, from: Date) -> Option<Date> {
        let mut months = from.first_of_month().series(Span::new().months(1)).take(MONTHS_LOOKED_AT);
        months.find_map(|month| self.in_month(day, month).filter(|date| *date >= from))
    }

    fn in_month(&self, day: MonthDay, month: Date) -> Option<Date> {
        let last = month.last_of_month();
        match (day, self.short_months) {
            (MonthDay::Last, _) => Some(last),
            (MonthDay::Day(day), _) if i64::from(day) <= i64::from(last.day()) => {
                month.with().day(i8::try_from(day).ok()?).build().ok()
            }
            (MonthDay::Day(_), ShortMonths::LastDay) => Some(last),
            (MonthDay::Day(_), ShortMonths::Skip) => None,
        }
    }
}

fn every_so_many_days(first: Date, interval: i64, from: Date) -> Option<Date> {
    let interval = interval.max(1);
    let since_last = from.duration_since(first).as_secs() / SECONDS_OF_DAY % interval;
    from.checked_add(Span::new().days((interval - since_last) % interval)).ok()
}
