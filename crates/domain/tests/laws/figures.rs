//! A run of people, called and heard of in every way: the figures always add up, and nobody is called too often.
//!
//! The little ledger here does with the domain what the store does with rows. After each move its counters are
//! compared with a recount.

use carillon_domain::attempt::{Attempt, AttemptEvent, AttemptState, Detection, Moved};
use carillon_domain::facts::{AnsweredBy, CallEnd, EndStatus, Fact, Facts};
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::{RecipientEvent, RecipientState, Settled};
use carillon_domain::retry::{Ended, RetryCondition, RetryPolicy};
use carillon_domain::suppression::SuppressionReason;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const PEOPLE: usize = 3;

/// One person in the run, with all the attempts ever made.
struct Person {
    state: RecipientState,
    due_at: Timestamp,
    /// What the retry delay demands, as far as was known when the last attempt was settled.
    not_before: Timestamp,
    attempts: Vec<Attempt>,
}

impl Person {
    fn sent(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| !matches!(attempt.state, AttemptState::Reserved | AttemptState::NotSent))
    }

    fn counted(&self) -> u8 {
        u8::try_from(self.sent().filter(|attempt| attempt.is_counted()).count()).expect("few")
    }

    fn is_called(&self) -> bool {
        self.sent().next().is_some()
    }

    /// The number of the newest attempt that was sent.
    fn newest_sent(&self) -> Option<usize> {
        self.attempts
            .iter()
            .rposition(|attempt| !matches!(attempt.state, AttemptState::Reserved | AttemptState::NotSent))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Running,
    Stopped,
    Finished,
}

struct Run {
    policy: RetryPolicy,
    detection: Detection,
    stage: Stage,
    now: Timestamp,
    people: Vec<Person>,
    counts: Counts,
}

/// What happens to a run.
#[derive(Debug, Clone)]
enum Happening {
    Claim(usize),
    /// News of one of a person's attempts: the newest, or an older one.
    News(usize, usize, AttemptEvent),
    Remove(usize),
    Wait(i64),
    Stop,
}

impl Run {
    fn new(policy: RetryPolicy, detection: Detection) -> Self {
        let now = Timestamp::from_second(1_790_000_000).expect("an instant");
        let person = || Person { state: RecipientState::Pending, due_at: now, not_before: now, attempts: Vec::new() };
        let people: Vec<Person> = (0..PEOPLE).map(|_| person()).collect();
        let mut counts = Counts::default();
        counts.recipients[RecipientState::Pending as usize] = PEOPLE as i64;
        Self { policy, detection, stage: Stage::Running, now, people, counts }
    }

    fn happen(&mut self, happening: &Happening) -> Result<(), TestCaseError> {
        match happening {
            Happening::Claim(who) => self.claim(*who)?,
            Happening::News(who, which, event) => self.hear(*who, *which, event)?,
            Happening::Remove(who) => {
                if self.people[*who].state.is_due() {
                    self.take(*who, RecipientEvent::Suppressed(SuppressionReason::Removed))?;
                }
            }
            Happening::Wait(seconds) => self.now += SignedDuration::from_secs(*seconds),
            Happening::Stop => self.stop()?,
        }
        if self.stage == Stage::Running && self.counts.is_done() {
            self.stage = Stage::Finished;
        }
        Ok(())
    }

    fn stop(&mut self) -> Result<(), TestCaseError> {
        if self.stage != Stage::Running {
            return Ok(());
        }
        self.stage = Stage::Stopped;
        for who in 0..PEOPLE {
            if self.people[who].state.is_due() {
                self.take(who, RecipientEvent::Suppressed(SuppressionReason::Stopped))?;
            }
        }
        Ok(())
    }

    /// Moves a person and the counters with it.
    fn take(&mut self, who: usize, event: RecipientEvent) -> Result<(), TestCaseError> {
        let person = &mut self.people[who];
        let next = person.state.apply(event, person.is_called()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        self.counts.moved(person.state, next);
        person.state = next;
        if let RecipientEvent::Settled(Settled::DueAt(at)) | RecipientEvent::Corrected(Settled::DueAt(at)) = event {
            person.due_at = at;
        }
        Ok(())
    }

    fn claim(&mut self, who: usize) -> Result<(), TestCaseError> {
        let person = &self.people[who];
        if self.stage != Stage::Running || !person.state.is_due() || person.due_at > self.now {
            return Ok(());
        }
        prop_assert!(person.counted() < self.policy.max_attempts, "never one more than set (INV-14)");
        prop_assert!(self.now >= person.not_before, "the delay is kept (INV-3)");
        self.take(who, RecipientEvent::Claimed)?;
        self.people[who].attempts.push(Attempt {
            state: AttemptState::Reserved,
            outcome: None,
            ended_at: None,
            error_code: None,
            send_at: self.now,
            facts: Facts::default(),
            detection: self.detection,
        });
        Ok(())
    }

    fn shortest_delay(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.policy.delays_s.iter().copied().min().unwrap_or(0)))
    }

    fn hear(&mut self, who: usize, which: usize, event: &AttemptEvent) -> Result<(), TestCaseError> {
        let Some(number) = self.people[who].attempts.len().checked_sub(1 + which) else { return Ok(()) };
        let before = self.people[who].attempts[number].clone();
        let was_called = self.people[who].is_called();
        let moved = self.people[who].attempts[number].hear(event);
        let attempt = &self.people[who].attempts[number];
        let is_sent = |attempt: &Attempt| !matches!(attempt.state, AttemptState::Reserved | AttemptState::NotSent);
        self.counts.attempts += i64::from(is_sent(attempt)) - i64::from(is_sent(&before));
        self.counts.called += i64::from(self.people[who].is_called()) - i64::from(was_called);
        if moved == Moved::Corrected {
            let outcome = before.outcome.expect("it had ended");
            self.counts.outcomes[outcome as usize] -= 1;
        }
        match moved {
            Moved::NotSent => {
                let settled = match self.stage {
                    Stage::Running => self.policy.after_not_sent(self.people[who].counted(), self.now),
                    _ => Settled::Suppressed(SuppressionReason::Stopped),
                };
                self.take(who, RecipientEvent::Settled(settled))
            }
            Moved::Ended => {
                let settled = self.settled(who, number);
                self.keep_delay(who, number);
                self.take(who, RecipientEvent::Settled(settled))
            }
            Moved::Corrected => {
                let settled = self.settled(who, number);
                if self.people[who].newest_sent() != Some(number) {
                    return self.hear_of_older(who);
                }
                if self.people[who].state != RecipientState::Dialing {
                    self.keep_delay(who, number);
                }
                self.take(who, RecipientEvent::Corrected(settled))
            }
            Moved::Stayed | Moved::Progressed | Moved::Impossible => Ok(()),
        }
    }

    /// An older attempt turned out to be another: it moves nobody, unless it used up the last one.
    fn hear_of_older(&mut self, who: usize) -> Result<(), TestCaseError> {
        let used_up = self.policy.after_older(self.people[who].counted());
        match used_up {
            Some(settled) if self.people[who].state.is_due() => self.take(who, RecipientEvent::Corrected(settled)),
            _ => Ok(()),
        }
    }

    fn keep_delay(&mut self, who: usize, number: usize) {
        let attempt = &self.people[who].attempts[number];
        let delay = if attempt.is_counted() { self.shortest_delay() } else { SignedDuration::ZERO };
        self.people[who].not_before = attempt.ended_at.expect("it ended") + delay;
    }

    /// Counts an end, and says what it makes of the person.
    fn settled(&mut self, who: usize, number: usize) -> Settled {
        let person = &self.people[who];
        let attempt = &person.attempts[number];
        let ended = Ended {
            outcome: attempt.outcome.expect("it ended"),
            at: attempt.ended_at.expect("it ended"),
            attempts_made: person.counted(),
            was_dialed: attempt.facts.was_dialed(),
            message_left: attempt.facts.message_left,
            number_impossible: attempt.facts.number_impossible(),
        };
        self.counts.ended(ended.outcome);
        match self.stage {
            Stage::Running => self.policy.after(&ended),
            Stage::Stopped => self.policy.after_stop(&ended),
            Stage::Finished => self.policy.after_finish(&ended),
        }
    }

    /// The counters as the people and their attempts have them.
    fn recount(&self) -> Counts {
        let mut counts = Counts::default();
        for person in &self.people {
            counts.recipients[person.state as usize] += 1;
            counts.called += i64::from(person.is_called());
            for attempt in person.sent() {
                counts.attempts += 1;
                if let Some(outcome) = attempt.outcome {
                    counts.ended(outcome);
                }
            }
        }
        counts
    }

    /// INV-18 and 19, after every move.
    fn check(&self) -> Result<(), TestCaseError> {
        let counts = &self.counts;
        prop_assert_eq!(counts, &self.recount());
        prop_assert_eq!(counts.total(), PEOPLE as i64);
        let cells = counts.recipients.iter().chain(&counts.outcomes);
        prop_assert!(cells.chain([&counts.called, &counts.attempts]).all(|n| *n >= 0), "{:?}", counts);
        prop_assert!(counts.called <= counts.total() && counts.called <= counts.attempts);
        prop_assert!(counts.outcomes.iter().sum::<i64>() <= counts.attempts);
        let reached = counts.in_state(RecipientState::Completed) + counts.in_state(RecipientState::Failed);
        prop_assert!(reached <= counts.called, "nobody is done who was not called");
        prop_assert!(counts.success_rate().is_none_or(|rate| (0.0..=100.0).contains(&rate)));
        for person in &self.people {
            let under_way = person.attempts.iter().filter(|attempt| !attempt.state.is_final()).count();
            prop_assert_eq!(under_way, usize::from(person.state == RecipientState::Dialing), "one call at a time");
            let over = self.stage != Stage::Running;
            prop_assert!(!(over && person.state.is_due()), "nobody is due in a run that is over");
        }
        Ok(())
    }
}

fn policies() -> impl Strategy<Value = RetryPolicy> {
    let on = subsequence(RetryCondition::ALL.to_vec(), 0..=RetryCondition::ALL.len());
    (1_u8..=5, prop::collection::vec(select(vec![900_u32, 1_800, 3_600]), 1..5), on)
        .prop_map(|(max_attempts, delays_s, on)| RetryPolicy { max_attempts, delays_s, on })
}

fn news() -> impl Strategy<Value = AttemptEvent> {
    let at = || (0_i64..20_000).prop_map(|s| Timestamp::from_second(1_790_000_000 + s).expect("an instant"));
    let end = (select(EndStatus::ALL), at(), any::<bool>()).prop_map(|(status, at, number_impossible)| {
        Fact::Ended(CallEnd { status, at, duration_s: None, error_code: None, number_impossible })
    });
    let fact = prop_oneof![
        2 => at().prop_map(|at| Fact::Accepted { at }),
        2 => at().prop_map(|at| Fact::Ringing { at }),
        1 => at().prop_map(|at| Fact::Answered { at }),
        1 => select(AnsweredBy::ALL).prop_map(|by| Fact::Detected { by }),
        1 => select(vec![Fact::MessageLeft, Fact::GateClosed, Fact::DetectionGivenUp]),
        1 => at().prop_map(|at| Fact::OptedOut { at }),
        8 => end,
    ];
    prop_oneof![
        2 => Just(AttemptEvent::NotSent),
        2 => Just(AttemptEvent::Uncertain),
        1 => at().prop_map(|at| AttemptEvent::Refused { error_code: None, at }),
        1 => at().prop_map(|at| AttemptEvent::NothingFound { at }),
        1 => at().prop_map(|at| AttemptEvent::Lost { at }),
        12 => fact.prop_map(AttemptEvent::Heard),
    ]
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let who = || 0..PEOPLE;
    let happening = prop_oneof![
        12 => who().prop_map(Happening::Claim),
        24 => (who(), prop_oneof![6 => Just(0_usize), 1 => 1_usize..3], news()).prop_map(|(who, which, event)| Happening::News(who, which, event)),
        12 => (0_i64..4_000).prop_map(Happening::Wait),
        1 => who().prop_map(Happening::Remove),
    ];
    // Most runs are never stopped; in the others it is once.
    let calm = prop::collection::vec(happening, 0..120);
    (calm, prop::option::weighted(0.3, 0_usize..120)).prop_map(|(mut happenings, stop)| {
        if let Some(at) = stop {
            happenings.insert(at.min(happenings.len()), Happening::Stop);
        }
        happenings
    })
}

proptest! {
    #![proptest_config(crate::cases(200))]

    #[test]
    fn the_figures_add_up_after_every_move(
        policy in policies(),
        detection in select(vec![Detection::Off, Detection::On]),
        happenings in happenings(),
    ) {
        let mut run = Run::new(policy, detection);
        run.check()?;
        for happening in &happenings {
            run.happen(happening)?;
            run.check()?;
        }
    }

    /// Where nobody ever answers, everybody is called exactly as often as set (INV-14), canceled queues aside.
    #[test]
    fn everybody_is_called_as_often_as_set(max_attempts in 1_u8..=5, queued in prop::collection::vec(any::<bool>(), 40)) {
        let policy = RetryPolicy { max_attempts, delays_s: vec![900], on: vec![RetryCondition::NoAnswer] };
        let mut run = Run::new(policy, Detection::Off);
        let end = |status, at| {
            AttemptEvent::Heard(Fact::Ended(CallEnd { status, at, duration_s: None, error_code: None, number_impossible: false }))
        };
        for is_canceled in queued {
            run.happen(&Happening::Claim(0))?;
            let status = if is_canceled { EndStatus::Canceled } else { EndStatus::NoAnswer };
            let news = end(status, run.now);
            run.happen(&Happening::News(0, 0, news))?;
            run.happen(&Happening::Wait(900))?;
            run.check()?;
        }
        let answers = run.people[0].sent().filter(|attempt| attempt.outcome == Some(Outcome::NoAnswer)).count();
        let is_failed = run.people[0].state == RecipientState::Failed;
        prop_assert!(answers <= usize::from(max_attempts));
        prop_assert_eq!(is_failed, answers == usize::from(max_attempts));
    }
}
