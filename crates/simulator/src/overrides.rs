//! Connection overrides: what the fragment of a webhook URL says about time limits and retries.
//!
//! `https://host/path#rc=2&rp=all&rt=4000`. The fragment is read here and never sent or signed.

use std::time::Duration;

const TOTAL_MS_MAX: u64 = 15_000;
const CONNECT_MS_MAX: u64 = 10_000;
const RETRIES_MAX: u32 = 5;

/// How one webhook is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overrides {
    /// Time to connect.
    pub(crate) connect: Duration,
    /// Time to read the answer.
    pub(crate) read: Duration,
    /// Time for everything.
    pub(crate) total: Duration,
    /// Further tries.
    pub(crate) retries: u32,
    pub(crate) retry_on: RetryOn,
}

/// What is tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RetryOn {
    pub(crate) connect: bool,
    pub(crate) read: bool,
    pub(crate) client_error: bool,
    pub(crate) server_error: bool,
}

impl RetryOn {
    fn parse(list: &str) -> RetryOn {
        list.split(',').fold(RetryOn::default(), |on, word| match word {
            "ct" => RetryOn { connect: true, ..on },
            "rt" => RetryOn { read: true, ..on },
            "4xx" => RetryOn { client_error: true, ..on },
            "5xx" => RetryOn { server_error: true, ..on },
            "all" => RetryOn { connect: true, read: true, client_error: true, server_error: true },
            _ => on,
        })
    }
}

impl Overrides {
    /// Reads the fragment of `url` over what is usual; a value that is not in its range is brought into it.
    pub(crate) fn of(url: &str, connect_ms: u64, total_ms: u64) -> Overrides {
        let total = Duration::from_millis(total_ms);
        let mut overrides = Overrides {
            connect: Duration::from_millis(connect_ms),
            read: total,
            total,
            retries: 1,
            retry_on: RetryOn { connect: true, ..RetryOn::default() },
        };
        let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
        for (key, value) in form_urlencoded::parse(fragment.as_bytes()) {
            let ms = |max| value.parse().ok().map(|ms: u64| Duration::from_millis(ms.clamp(100, max)));
            match &*key {
                "ct" => overrides.connect = ms(CONNECT_MS_MAX).unwrap_or(overrides.connect),
                "rt" => overrides.read = ms(TOTAL_MS_MAX).unwrap_or(overrides.read),
                "tt" => overrides.total = ms(TOTAL_MS_MAX).unwrap_or(overrides.total),
                "rc" => {
                    let told = value.parse().map(|count: u32| count.min(RETRIES_MAX));
                    overrides.retries = told.unwrap_or(overrides.retries);
                }
                "rp" => overrides.retry_on = RetryOn::parse(&value),
                _ => {}
            }
        }
        overrides
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_fragment_one_retry_follows_a_failed_connection() {
        let usual = Overrides::of("http://h/p?x=1", 5_000, 15_000);
        assert_eq!((usual.retries, usual.total), (1, Duration::from_secs(15)));
        assert_eq!(usual.retry_on, RetryOn { connect: true, ..RetryOn::default() });
    }

    #[test]
    fn a_fragment_overrides_and_is_kept_in_range() {
        let told = Overrides::of("http://h/p#rc=9&rp=rt,5xx&ct=5&rt=4000&tt=99999&sni=y", 5_000, 15_000);
        assert_eq!((told.retries, told.connect), (5, Duration::from_millis(100)));
        assert_eq!((told.read, told.total), (Duration::from_secs(4), Duration::from_secs(15)));
        assert_eq!(told.retry_on, RetryOn { read: true, server_error: true, ..RetryOn::default() });
    }
}
