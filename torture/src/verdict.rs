//! One line for each invariant: what was looked at, and every breach.
//!
//! A check that looked at nothing is a breach too: a run that did nothing proves nothing.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

/// Breaches shown in full; the rest are counted.
const BREACHES_SHOWN: usize = 5;

/// What the checker says of one invariant.
pub struct Verdict {
    /// As it is named among the invariants of the project.
    pub invariant: &'static str,
    /// The promise in words.
    pub promise: &'static str,
    /// How many things could have broken it.
    pub looked_at: usize,
    pub breaches: Vec<String>,
}

impl Verdict {
    /// A verdict without breaches so far.
    pub fn new(invariant: &'static str, promise: &'static str) -> Self {
        Self { invariant, promise, looked_at: 0, breaches: Vec::new() }
    }

    /// Looks at one thing.
    pub fn expect(&mut self, holds: bool, breach: impl FnOnce() -> String) {
        self.looked_at += 1;
        if !holds {
            self.breaches.push(breach());
        }
    }

    fn holds(&self) -> bool {
        self.breaches.is_empty() && self.looked_at > 0
    }

    fn print(&self) {
        let word = if self.holds() { "ok    " } else { "BREACH" };
        println!("{word} {:<7} {} ({} looked at)", self.invariant, self.promise, self.looked_at);
        for breach in self.breaches.iter().take(BREACHES_SHOWN) {
            println!("         {breach}");
        }
        if self.breaches.len() > BREACHES_SHOWN {
            println!("         and {} more", self.breaches.len() - BREACHES_SHOWN);
        }
        if self.looked_at == 0 {
            println!("         there was nothing to look at");
        }
    }
}

/// Prints all verdicts of a run and its closing line. True when every one holds.
pub fn report(run: &str, seed: u64, verdicts: &[Verdict]) -> bool {
    verdicts.iter().for_each(Verdict::print);
    let broken = verdicts.iter().filter(|verdict| !verdict.holds()).count();
    let word = if broken == 0 { "ok" } else { "FAILED" };
    println!("torture: {run}, seed {seed}: {word}, {} invariants looked at, {broken} broken", verdicts.len());
    broken == 0
}

/// A line about a run that is no verdict.
pub fn say(text: &str) {
    println!("       {text}");
}
