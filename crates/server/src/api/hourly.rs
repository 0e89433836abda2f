//! How often a person may ask for something within an hour, in this node's memory.
//!
//! Unlike [`super::throttle`] everything counts, also what succeeds. Who is remembered is bounded: people whose hour is
//! over are forgotten first, and only when that is not enough somebody who asked longest ago.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// People remembered.
const REMEMBERED_MAX: usize = 10_000;

/// Remembers who asked when.
pub struct Hourly {
    most: usize,
    /// The instants of each person's last hour, oldest first.
    asked: Mutex<HashMap<Uuid, VecDeque<Timestamp>>>,
}

impl Hourly {
    /// So many an hour and person.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, asked: Mutex::default() }
    }

    /// Counts one; else the seconds after which there is one again, and nothing is counted.
    ///
    /// # Errors
    /// When this person has had all of the hour.
    pub fn take(&self, person: Uuid, now: Timestamp) -> Result<(), u64> {
        let mut asked = self.asked.lock().expect("nobody panics with the hours in hand");
        make_room(&mut asked, person, now);
        let theirs = asked.entry(person).or_default();
        while theirs.front().is_some_and(|at| *at + HOUR <= now) {
            theirs.pop_front();
        }
        match theirs.front() {
            Some(oldest) if theirs.len() >= self.most => {
                let wait = (*oldest + HOUR).duration_since(now);
                Err(wait.as_millis().unsigned_abs().div_ceil(1_000).try_into().unwrap_or(u64::MAX))
            }
            _ => {
                theirs.push_back(now);
                Ok(())
            }
        }
    }
}

fn make_room(asked: &mut HashMap<Uuid, VecDeque<Timestamp>>, person: Uuid, now: Timestamp) {
    if asked.len() < REMEMBERED_MAX || asked.contains_key(&person) {
        return;
    }
    asked.retain(|_, theirs| theirs.back().is_some_and(|at| *at + HOUR > now));
    if asked.len() >= REMEMBERED_MAX
        && let Some(quietest) = asked.iter().min_by_key(|(_, theirs)| theirs.back()).map(|(person, _)| *person)
    {
        asked.remove(&quietest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_person_has_so_many_within_any_hour() {
        let (hourly, ann, bob) = (Hourly::new(2), Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(hourly.take(ann, at(0)), Ok(()));
        assert_eq!(hourly.take(ann, at(600)), Ok(()));
        assert_eq!(hourly.take(ann, at(1_000)), Err(2_600));
        assert_eq!(hourly.take(bob, at(1_000)), Ok(()));
        assert_eq!(hourly.take(ann, at(3_599)), Err(1));
        assert_eq!(hourly.take(ann, at(3_600)), Ok(()), "the first is an hour old");
        assert_eq!(hourly.take(ann, at(3_600)), Err(600), "the second is not, and what was refused did not count");
    }

    #[test]
    fn who_is_remembered_is_bounded() {
        let hourly = Hourly::new(1);
        for n in 0..REMEMBERED_MAX as u128 + 10 {
            assert_eq!(hourly.take(Uuid::from_u128(n), at(n as i64 / 100)), Ok(()));
        }
        assert_eq!(hourly.asked.lock().expect("ours").len(), REMEMBERED_MAX);
        assert!(hourly.take(Uuid::from_u128(REMEMBERED_MAX as u128), at(200)).is_err(), "the last ones are");
    }
}
