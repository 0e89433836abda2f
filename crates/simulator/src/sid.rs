//! Identifiers: two letters and 32 hexadecimal digits.
//!
//! They follow from the seed and the instant the simulator started, so that a run can be repeated exactly while two
//! runs against one database do not hand out the same identifiers.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use crate::chance::stable_hash;

/// Hands out identifiers, never one twice.
pub(crate) struct Sids {
    salt: u64,
    next: AtomicU64,
}

impl Sids {
    pub(crate) fn new(seed: u64, started_at: Timestamp) -> Sids {
        let salt = stable_hash(seed, &["sid"], started_at.as_microsecond().cast_unsigned());
        Sids { salt, next: AtomicU64::new(1) }
    }

    /// A new identifier; `prefix` is its kind: `CA`, `RE`, `QU`, `NO`.
    pub(crate) fn new_sid(&self, prefix: &str) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{prefix}{:016x}{:016x}", scrambled(self.salt ^ number), scrambled(self.salt.wrapping_add(number)))
    }
}

/// An identifier that always belongs to the same thing: a phone number of the account.
pub(crate) fn fixed_sid(prefix: &str, name: &str) -> String {
    let number = stable_hash(0, &[prefix, name], 0);
    format!("{prefix}{:016x}{:016x}", scrambled(number), scrambled(!number))
}

/// One-to-one, so that different numbers give different identifiers (the finalizer of SplitMix64).
fn scrambled(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_shaped_right_differ_and_repeat_in_a_second_run() {
        let started_at = Timestamp::UNIX_EPOCH;
        let (first, second) = (Sids::new(1, started_at), Sids::new(1, started_at));
        let sid = first.new_sid("CA");
        assert_eq!((sid.len(), &sid[..2]), (34, "CA"));
        assert!(sid[2..].bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(sid, second.new_sid("CA"));
        assert_ne!(sid, first.new_sid("CA"));
        assert_eq!(fixed_sid("PN", "+1"), fixed_sid("PN", "+1"));
    }
}
