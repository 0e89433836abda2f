//! Each occurrence gets one verdict, however late and often one looks and whatever dies.
//!
//! A scheduler is played that keeps what it is told to, on a machine that may die before anything is kept, while runs take
//! their time, people pause, and the rules of the zone change. When occurrences are is shown in `schedules`.

use std::collections::BTreeSet;

use carillon_domain::schedule::{LookAgain, Moment, Recurring, Schedule, Standing, Until, Verdict, decide};
use carillon_domain::time_zones::TimeZoneName;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};

use crate::schedules::{Dice, FIRST, changes, minutes, zones};

/// One look of the scheduler.
#[derive(Debug, Clone)]
struct Look {
    minutes_later: i64,
    run_ends: bool,
    turns_pause: bool,
    /// The process dies before the verdicts are written down.
    dies: bool,
    /// Another version of the zone data is there from now on.
    new_zone_data: bool,
}

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let chance = prop::bool::weighted;
    let later = prop_oneof![1 => 0..3_i64, 1 => 0..2_000_i64, 4 => 1_425..1_456_i64, 1 => 0..20_000_i64];
    let look = (later, chance(0.3), chance(0.05), chance(0.1), chance(0.1)).prop_map(
        |(minutes_later, run_ends, turns_pause, dies, new_zone_data)| Look {
            minutes_later,
            run_ends,
            turns_pause,
            dies,
            new_zone_data,
        },
    );
    prop::collection::vec(look, 1..80)
}

/// The scheduler, and what it has done.
struct Play {
    schedule: Recurring,
    standing: Standing,
    moment: Moment,
    last_verdicts: BTreeSet<DateTime>,
    /// The latest look whose verdicts were written down.
    kept_at: Timestamp,
    kinds: BTreeSet<String>,
}

impl Play {
    fn of(schedule: Recurring) -> Self {
        let now = schedule.timezone.zone().to_timestamp(schedule.at).expect("an instant") - minutes(10);
        let moment = Moment { now, predecessor_runs: false, is_paused: false };
        let (standing, kinds) = (Standing::since(now), BTreeSet::new());
        Self { schedule, standing, moment, last_verdicts: BTreeSet::new(), kept_at: now, kinds }
    }

    fn look(&mut self, look: &Look) -> Result<(), TestCaseError> {
        self.moment.now += minutes(look.minutes_later);
        self.moment.predecessor_runs &= !look.run_ends;
        self.moment.is_paused ^= look.turns_pause;
        let asked = Schedule::Recurring(self.schedule.clone());
        let plan = decide(&asked, &self.standing, &self.moment);
        prop_assert_eq!(&plan, &decide(&asked, &self.standing, &self.moment));
        if look.dies {
            return Ok(());
        }
        let starts = plan.verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Start(_))).count();
        prop_assert!(starts == 0 || (starts == 1 && matches!(plan.verdicts.last(), Some(Verdict::Start(_)))));
        prop_assert!(starts == 0 || !(self.moment.predecessor_runs || self.moment.is_paused));
        for verdict in &plan.verdicts {
            self.keep(verdict)?;
        }
        let is_caught_up = plan.look_again != LookAgain::At(self.moment.now);
        let again = decide(&asked, &self.standing, &self.moment);
        prop_assert!(!is_caught_up || again.verdicts.is_empty(), "asked again at once: {again:?}");
        if is_caught_up {
            self.kept_at = self.moment.now;
        }
        Ok(())
    }

    fn keep(&mut self, verdict: &Verdict) -> Result<(), TestCaseError> {
        let occurrence = verdict.occurrence();
        let waited = self.standing.waiting == Some(occurrence);
        prop_assert!(occurrence.at <= self.moment.now);
        if matches!(verdict, Verdict::Start(_)) {
            let grace = SignedDuration::from_secs(i64::from(self.schedule.grace_s.max(60)));
            let late = self.moment.now.duration_since(occurrence.at);
            prop_assert!(waited || late <= grace, "started past its grace");
            self.moment.predecessor_runs = true;
        }
        if !matches!(verdict, Verdict::Wait(_)) {
            prop_assert!(self.last_verdicts.insert(occurrence.local), "a second verdict on {}", occurrence.local);
        }
        self.standing.note(verdict);
        self.kinds.insert(match verdict {
            Verdict::Start(_) if waited => "start of one that waited".to_owned(),
            Verdict::Skip(_, reason) => reason.to_string(),
            other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
        });
        Ok(())
    }

    /// Nothing was lost: what was due by the latest look has a last verdict, or waits.
    fn check_complete(&self) -> Result<(), TestCaseError> {
        let asked = Schedule::Recurring(self.schedule.clone());
        for due in asked.occurrences(self.standing.since, 0).take_while(|next| next.at <= self.kept_at) {
            let waits = self.standing.waiting == Some(due);
            prop_assert!(waits || self.last_verdicts.contains(&due.local), "{} was forgotten", due.local);
        }
        Ok(())
    }
}

fn new_york() -> TimeZoneName {
    TimeZoneName::parse("America/New_York").expect("a zone")
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn every_occurrence_gets_one_verdict(seed: u64, looks in looks()) {
        let mut play = Play::of(Dice::of_seed(seed).recurring(&new_york(), FIRST + minutes(100_000)));
        for look in &looks {
            play.look(look)?;
        }
        play.check_complete()?;
    }

    #[test]
    fn no_more_runs_start_than_were_wanted(seed: u64, looks in looks(), count in 1..5_u32) {
        let mut play = Play::of(Dice::of_seed(seed).recurring(&new_york(), FIRST + minutes(100_000)));
        play.schedule.until = Until::Occurrences { count };
        for look in &looks {
            play.look(look)?;
            prop_assert!(play.standing.started <= count);
        }
    }

    /// New rules move clocks by an hour or two, so another zone's rules stand in for them.
    #[test]
    fn new_rules_of_a_zone_give_no_occurrence_a_second_verdict(seed: u64, looks in looks()) {
        let versions = ["America/New_York", "America/Chicago", "America/Halifax"];
        let mut play = Play::of(Dice::of_seed(seed).recurring(&new_york(), FIRST + minutes(100_000)));
        for (at, look) in looks.iter().enumerate() {
            if look.new_zone_data {
                play.schedule.timezone = TimeZoneName::parse(versions[at % versions.len()]).expect("a zone");
            }
            play.look(look)?;
        }
    }

    /// Between now and the time to look again, nothing falls due.
    #[test]
    fn nothing_falls_due_before_the_time_to_look_again(seed: u64, zone in 0..400_usize, early in 1..90_i64) {
        let zone = &zones()[zone];
        let mut dice = Dice::of_seed(seed);
        let change = changes(zone)[0];
        let schedule = Schedule::Recurring(dice.recurring(zone, change));
        let now = change - minutes(i64::from(dice.below(50_000)));
        let mut standing = Standing::since(now);
        let mut moment = Moment { now, predecessor_runs: false, is_paused: false };
        for _ in 0..10 {
            let LookAgain::At(due) = decide(&schedule, &standing, &moment).look_again else { break };
            prop_assert!(due > moment.now);
            moment.now = (due - SignedDuration::from_secs(early)).max(moment.now);
            prop_assert!(decide(&schedule, &standing, &moment).verdicts.is_empty());
            moment.now = due;
            let verdicts = decide(&schedule, &standing, &moment).verdicts;
            prop_assert_eq!(verdicts.len(), 1);
            verdicts.iter().for_each(|verdict| standing.note(verdict));
        }
    }
}

/// Without this, the plays above might show nothing: each kind of verdict is among them.
#[test]
fn the_plays_come_to_every_kind_of_verdict() {
    let mut runner = TestRunner::deterministic();
    let mut kinds = BTreeSet::new();
    for seed in 0..300 {
        let looks = looks().new_tree(&mut runner).expect("looks").current();
        let mut play = Play::of(Dice::of_seed(seed).recurring(&new_york(), FIRST + minutes(100_000)));
        looks.iter().for_each(|look| play.look(look).expect("lawful"));
        kinds.extend(play.kinds);
    }
    let expected = ["Missed", "Start", "Wait", "paused", "predecessor_runs", "start of one that waited", "superseded"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}
