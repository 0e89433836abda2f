//! How often somebody may guess a password: by account and by address, in this node's memory.
//!
//! Only failures count. A browser in which that person has logged in before has an account bucket of its own, so
//! that strangers who guess cannot lock anybody out. What is remembered is bounded; the oldest is forgotten.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Failures in a row, then one each such time: five guesses a minute for an account.
const ACCOUNT: Bucket = Bucket { burst: 5, refill: SignedDuration::from_secs(12) };
/// An address may be a whole office.
const ADDRESS: Bucket = Bucket { burst: 30, refill: SignedDuration::from_secs(2) };
/// Accounts and addresses remembered.
const REMEMBERED_MAX: usize = 20_000;

struct Bucket {
    burst: i32,
    refill: SignedDuration,
}

/// Whom an attempt counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    keys: [[u8; 32]; 2],
}

impl Guess {
    /// A guess at the password of somebody who is logged in as `user` already.
    #[must_use]
    pub fn own(user: Uuid) -> Self {
        let key: [u8; 32] = Sha256::digest(format!("own/{user}")).into();
        Self { keys: [key, key] }
    }

    /// A log-in to `account` from `address`; `device` is the mark of a browser that this account trusts.
    #[must_use]
    pub fn new(account: &str, device: Option<&str>, address: IpAddr) -> Self {
        let account = device.map_or_else(|| format!("account/{account}"), |mark| format!("device/{account}/{mark}"));
        let key = |text: String| Sha256::digest(text.as_bytes()).into();
        Self { keys: [key(account), key(format!("address/{}", network(address)))] }
    }
}

/// One home or office has a /64 of IPv6 addresses, so a single one means nothing.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:?}", &address.segments()[..4]),
    }
}

/// Remembers failures.
#[derive(Default)]
pub struct LoginThrottle {
    /// When a key will have been forgiven everything.
    clear_at: Mutex<HashMap<[u8; 32], Timestamp>>,
}

impl LoginThrottle {
    /// Seconds to wait before this guess may be made, when there are any.
    #[must_use]
    pub fn wait_s(&self, guess: &Guess, now: Timestamp) -> Option<u64> {
        let clear_at = self.clear_at.lock().expect("nobody panics with the throttle in hand");
        let wait = |key: &[u8; 32], bucket: &Bucket| {
            let room = bucket.refill * (bucket.burst - 1);
            clear_at.get(key).map(|clear| clear.duration_since(now) - room).filter(SignedDuration::is_positive)
        };
        let waits = [wait(&guess.keys[0], &ACCOUNT), wait(&guess.keys[1], &ADDRESS)];
        let longest = waits.into_iter().flatten().max()?;
        u64::try_from(longest.as_millis()).ok().map(|ms| ms.div_ceil(1_000))
    }

    /// Counts a failure.
    pub fn failed(&self, guess: &Guess, now: Timestamp) {
        let mut clear_at = self.clear_at.lock().expect("nobody panics with the throttle in hand");
        for (key, bucket) in guess.keys.iter().zip([ACCOUNT, ADDRESS]) {
            make_room(&mut clear_at, now);
            let clear = clear_at.entry(*key).or_insert(now);
            *clear = now.max(*clear) + bucket.refill;
        }
    }

    /// Forgives the account, whose person has just logged in.
    pub fn succeeded(&self, guess: &Guess) {
        self.clear_at.lock().expect("nobody panics with the throttle in hand").remove(&guess.keys[0]);
    }
}

/// Forgets what is forgiven anyway; when that is not enough, what will be forgiven first.
fn make_room(clear_at: &mut HashMap<[u8; 32], Timestamp>, now: Timestamp) {
    if clear_at.len() < REMEMBERED_MAX {
        return;
    }
    clear_at.retain(|_, clear| *clear > now);
    if clear_at.len() >= REMEMBERED_MAX {
        let mut ends: Vec<Timestamp> = clear_at.values().copied().collect();
        let half = ends.len() / 2;
        let (_, median, _) = ends.select_nth_unstable(half);
        let median = *median;
        clear_at.retain(|_, clear| *clear > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn an_account_has_five_guesses_then_one_each_twelve_seconds() {
        let (throttle, guess) = (LoginThrottle::default(), Guess::new("a@x.example", None, HOME));
        for _ in 0..5 {
            assert_eq!(throttle.wait_s(&guess, at(0)), None);
            throttle.failed(&guess, at(0));
        }
        assert_eq!(throttle.wait_s(&guess, at(0)), Some(12));
        assert_eq!(throttle.wait_s(&guess, at(12)), None);
        throttle.failed(&guess, at(12));
        assert_eq!(throttle.wait_s(&guess, at(12)), Some(12));
        assert_eq!(throttle.wait_s(&Guess::new("b@x.example", None, HOME), at(12)), None);
    }

    #[test]
    fn a_known_browser_gets_in_while_strangers_guess() {
        let throttle = LoginThrottle::default();
        for n in 0..100 {
            let stranger = Guess::new("a@x.example", None, IpAddr::from([10, 0, 0, n]));
            throttle.failed(&stranger, at(0));
        }
        assert!(throttle.wait_s(&Guess::new("a@x.example", None, HOME), at(0)).is_some());
        assert_eq!(throttle.wait_s(&Guess::new("a@x.example", Some("mark"), HOME), at(0)), None);
    }

    #[test]
    fn an_address_has_thirty_guesses_over_all_accounts() {
        let throttle = LoginThrottle::default();
        let guess =
            |n: i32, address: &str| Guess::new(&format!("{n}@x.example"), None, address.parse().expect("an ip"));
        for n in 0..30 {
            assert_eq!(throttle.wait_s(&guess(n, "2001:db8::1"), at(0)), None, "{n}");
            throttle.failed(&guess(n, "2001:db8::1"), at(0));
        }
        assert!(throttle.wait_s(&guess(99, "2001:db8::ffff"), at(0)).is_some(), "the same network");
        assert_eq!(throttle.wait_s(&guess(99, "2001:db8:0:1::1"), at(0)), None);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let throttle = LoginThrottle::default();
        for n in 0..30_000_u32 {
            let guess = Guess::new(&n.to_string(), None, IpAddr::from(n.to_be_bytes()));
            throttle.failed(&guess, at(0));
        }
        assert!(throttle.clear_at.lock().expect("ours").len() <= REMEMBERED_MAX);
    }
}
