//! Which behavior a number has: programmed, magic, or drawn from the mix.
//!
//! A number has a list of behaviors: successive calls take successive entries and the last one repeats. A program for
//! the whole number comes before those for a prefix (the longest first), these before the magic numbers, these before
//! the mix.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{behavior::Behavior, chance::Dice, config::Mix};

/// Programs, by whole number and by prefix, and the mix for everybody else.
pub(crate) struct Behaviors {
    seed: u64,
    magic: bool,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    mix: Mix,
    numbers: HashMap<String, Program>,
    /// Longest first.
    prefixes: Vec<(String, Program)>,
    tallies: HashMap<String, Tally>,
}

/// How often a number was asked for, and how often it was called.
#[derive(Clone, Copy, Default)]
struct Tally {
    requests: u32,
    calls: u32,
}

fn tally_of<'a>(tallies: &'a mut HashMap<String, Tally>, number: &str) -> &'a mut Tally {
    if !tallies.contains_key(number) {
        tallies.insert(number.to_owned(), Tally::default());
    }
    tallies.get_mut(number).expect("it was entered above")
}

struct Program {
    entries: Vec<Behavior>,
    taken: HashMap<String, usize>,
}

impl Program {
    fn new(entries: Vec<Behavior>) -> Program {
        Program { entries, taken: HashMap::new() }
    }

    fn next_for(&mut self, number: &str) -> Option<Behavior> {
        let taken = self.taken.entry(number.to_owned()).or_default();
        let entry = self.entries.get(*taken).or(self.entries.last()).cloned();
        *taken = (*taken + 1).min(self.entries.len());
        entry
    }
}

/// What one call to a number meets, and the how-manieth to that number it is.
pub(crate) struct Draw {
    pub(crate) behavior: Behavior,
    pub(crate) nth: u32,
    pub(crate) mix: Mix,
}

impl Behaviors {
    pub(crate) fn new(seed: u64, mix: Mix, magic: bool) -> Behaviors {
        Behaviors { seed, magic, book: Mutex::new(Book { mix, ..Book::default() }) }
    }

    /// Programs a number; an empty list takes the program away. A `number` that ends in `*` is a prefix.
    pub(crate) fn set(&self, number: &str, entries: Vec<Behavior>) {
        let mut book = self.lock();
        let Some(prefix) = number.strip_suffix('*') else {
            book.numbers.remove(number);
            if !entries.is_empty() {
                book.numbers.insert(number.to_owned(), Program::new(entries));
            }
            return;
        };
        book.prefixes.retain(|(known, _)| known != prefix);
        if !entries.is_empty() {
            book.prefixes.push((prefix.to_owned(), Program::new(entries)));
            book.prefixes.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
        }
    }

    pub(crate) fn set_mix(&self, mix: Mix) {
        self.lock().mix = mix;
    }

    /// The how-manieth create request for this number this is, refused ones counted.
    pub(crate) fn request_number(&self, number: &str) -> u32 {
        let mut book = self.lock();
        let tally = tally_of(&mut book.tallies, number);
        tally.requests += 1;
        tally.requests
    }

    /// Takes the next behavior of this number.
    pub(crate) fn draw(&self, number: &str) -> Draw {
        let mut book = self.lock();
        let book = &mut *book;
        let tally = tally_of(&mut book.tallies, number);
        tally.calls += 1;
        let nth = tally.calls;
        let programmed = book.numbers.get_mut(number).and_then(|program| program.next_for(number)).or_else(|| {
            let (_, program) = book.prefixes.iter_mut().find(|(prefix, _)| number.starts_with(prefix.as_str()))?;
            program.next_for(number)
        });
        let magic = || if self.magic { magic(number) } else { None };
        let mixed = || book.mix.draw(&mut Dice::new(self.seed, "mix", number, nth.into()));
        // Browsers are there only when somebody says so.
        let absent = || number.starts_with("client:").then_some(Behavior::NoAnswer);
        let behavior = programmed.or_else(magic).or_else(absent).unwrap_or_else(mixed);
        Draw { behavior, nth, mix: book.mix.clone() }
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Numbers with a fixed behavior, so that a demonstration can be scripted: `+1 NXX 555 01dd`, the range kept for
/// fiction, by its last digit.
///
/// | ends in | what happens |
/// |---|---|
/// | 0 | a person picks up after 6 s and hears everything |
/// | 1 | a person picks up after 3 s and hangs up 4 s later |
/// | 2 | busy |
/// | 3 | no answer |
/// | 4 | an answering machine, 6 s of greeting, a tone |
/// | 5 | the number does not exist (SIP 404) |
/// | 6 | a person picks up after 5 s and presses 9 three seconds later |
/// | 7 | a person picks up after 5 s and presses 1 three seconds later |
/// | 8 | the far network blocks the caller id (32017) |
/// | 9 | a fax |
pub fn magic(number: &str) -> Option<Behavior> {
    let digits = number.strip_prefix("+1")?;
    if digits.len() != 10 || !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.get(3..8) != Some("55501") {
        return None;
    }
    let presses = |key| Behavior::Human {
        rings_for: Duration::from_secs(5),
        talks_for: Duration::from_secs(300),
        presses: vec![(Duration::from_secs(3), key)],
    };
    Some(match digits.as_bytes()[9] {
        b'0' => Behavior::human(6, 300),
        b'1' => Behavior::human(3, 4),
        b'2' => Behavior::Busy,
        b'3' => Behavior::NoAnswer,
        b'4' => Behavior::Machine { greeting: Duration::from_secs(6), beep: true },
        b'5' => Behavior::Failed { sip: 404 },
        b'6' => presses('9'),
        b'7' => presses('1'),
        b'8' => Behavior::CarrierBlock,
        _ => Behavior::Fax,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaviors() -> Behaviors {
        Behaviors::new(1, Mix::default(), true)
    }

    #[test]
    fn successive_calls_take_successive_entries_and_the_last_repeats() {
        let behaviors = behaviors();
        behaviors.set("+1*", vec![Behavior::Fax]);
        behaviors.set("+12125550000", vec![Behavior::Busy, Behavior::NoAnswer]);
        let drawn: Vec<Behavior> = (0..3).map(|_| behaviors.draw("+12125550000").behavior).collect();
        assert_eq!(drawn, [Behavior::Busy, Behavior::NoAnswer, Behavior::NoAnswer]);
    }

    #[test]
    fn the_longest_prefix_wins_and_each_number_has_its_own_place_in_the_list() {
        let behaviors = behaviors();
        behaviors.set("+*", vec![Behavior::Fax]);
        behaviors.set("+44*", vec![Behavior::Busy, Behavior::NoAnswer]);
        assert_eq!(behaviors.draw("+441").behavior, Behavior::Busy);
        assert_eq!(behaviors.draw("+442").behavior, Behavior::Busy);
        assert_eq!(behaviors.draw("+441").behavior, Behavior::NoAnswer);
        assert_eq!(behaviors.draw("+12025550102").behavior, Behavior::Fax, "a program comes before magic");
    }

    #[test]
    fn magic_numbers_are_the_range_kept_for_fiction() {
        assert_eq!(magic("+12025550102"), Some(Behavior::Busy));
        assert_eq!(magic("+13125550199"), Some(Behavior::Fax));
        assert_eq!(magic("+12025550202"), None);
        assert_eq!(magic("+442025550102"), None);
    }

    #[test]
    fn the_mix_gives_the_same_call_the_same_behavior_whatever_came_between() {
        let (first, second) = (behaviors(), behaviors());
        for number in ["+15", "+16", "+17"] {
            second.draw(number);
        }
        assert_eq!(first.draw("+18").behavior, second.draw("+18").behavior);
    }
}
