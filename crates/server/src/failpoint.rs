//! Points at which a torture run makes the program die or dawdle; nothing at all without the feature `failpoints`.
//!
//! Armed by `CARILLON_FAILPOINTS="dial.before_write=kill@3,webhook.after_verify=delay@250"`: the first dies at the
//! third time it is reached, as under SIGKILL (no destructor runs, nothing is flushed); the second holds its thread
//! for 250 milliseconds each time. A point that the program does not have is never reached. See `torture/README.md`.

#[cfg(feature = "failpoints")]
pub use armed::{during, hit};

/// Reaches a point.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn hit(_name: &str) {}

/// Reaches a point that lies within a step: where it is armed, the step has begun and is not over.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn during<F: Future>(_name: &str, step: F) -> F {
    step
}

#[cfg(feature = "failpoints")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    const VARIABLE: &str = "CARILLON_FAILPOINTS";
    /// A step has begun after this: its request has left.
    const BEGUN_AFTER: Duration = Duration::from_millis(8);

    /// What happens at a point.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Action {
        /// The program dies at this hit, counted from 1.
        KillAt(u64),
        /// Every hit lasts so long.
        Delay(Duration),
    }

    struct Point {
        name: String,
        action: Action,
        hits: AtomicU64,
    }

    fn points() -> &'static [Point] {
        static POINTS: OnceLock<Vec<Point>> = OnceLock::new();
        POINTS.get_or_init(|| {
            let text = std::env::var(VARIABLE).unwrap_or_default();
            parse(&text).unwrap_or_else(|wrong| panic!("{VARIABLE}: {wrong}"))
        })
    }

    fn parse(text: &str) -> Result<Vec<Point>, String> {
        text.split(',').filter(|point| !point.is_empty()).map(parse_point).collect()
    }

    fn parse_point(text: &str) -> Result<Point, String> {
        let wrong = || format!("{text:?} is not NAME=kill@N or NAME=delay@MILLISECONDS");
        let (name, action) = text.split_once('=').ok_or_else(wrong)?;
        let (word, number) = action.split_once('@').ok_or_else(wrong)?;
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let action = match word {
            "kill" if number > 0 => Action::KillAt(number),
            "delay" => Action::Delay(Duration::from_millis(number)),
            _ => return Err(wrong()),
        };
        Ok(Point { name: name.to_owned(), action, hits: AtomicU64::new(0) })
    }

    /// What this hit of a point does; `None` where it is not armed, or not yet.
    fn reached(name: &str) -> Option<Action> {
        let point = points().iter().find(|point| point.name == name)?;
        let hit = point.hits.fetch_add(1, Ordering::Relaxed) + 1;
        (!matches!(point.action, Action::KillAt(at) if at != hit)).then_some(point.action)
    }

    /// Reaches a point.
    pub fn hit(name: &str) {
        match reached(name) {
            None => {}
            Some(Action::KillAt(_)) => die(name),
            Some(Action::Delay(duration)) => hold(duration),
        }
    }

    /// Reaches a point that lies within a step: where it is armed, the step has begun and is not over.
    pub async fn during<F: Future>(name: &str, step: F) -> F::Output {
        match reached(name) {
            None => step.await,
            Some(Action::KillAt(_)) => {
                let _ = tokio::time::timeout(BEGUN_AFTER, step).await;
                die(name)
            }
            Some(Action::Delay(duration)) => {
                let done = step.await;
                hold(duration);
                done
            }
        }
    }

    #[allow(clippy::disallowed_methods, reason = "a thread that is held is what is asked for")]
    fn hold(duration: Duration) {
        std::thread::sleep(duration);
    }

    #[allow(clippy::print_stderr, reason = "the last words of a process that dies on purpose")]
    fn die(name: &str) -> ! {
        eprintln!("failpoint {name}: this process dies now");
        std::process::abort()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn points_are_read_from_a_list() {
            let points = parse("a.b=kill@3,c=delay@250").expect("two points");
            let read: Vec<_> = points.iter().map(|point| (point.name.as_str(), point.action)).collect();
            assert_eq!(read, [("a.b", Action::KillAt(3)), ("c", Action::Delay(Duration::from_millis(250)))]);
        }

        #[test]
        fn a_misspelled_point_is_refused() {
            for text in ["a", "a=kill", "a=kill@0", "a=kill@x", "a=explode@1"] {
                assert!(parse(text).is_err(), "{text}");
            }
        }
    }
}
