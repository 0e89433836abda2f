//! What people look for in the made-up book, each kind in a few ways.
//!
//! Only the words: asking them, and what an answer may take, is [`super`]'s business.

use super::Person;
use Person::{Administrator, ManagerOfFew};

/// Searches of one kind, as parameters of the list of contacts.
pub struct Kind {
    pub name: &'static str,
    pub asked_by: Person,
    pub queries: &'static [&'static str],
}

const fn of_all(name: &'static str, queries: &'static [&'static str]) -> Kind {
    Kind { name, asked_by: Administrator, queries }
}

const fn of_few(name: &'static str, queries: &'static [&'static str]) -> Kind {
    Kind { name, asked_by: ManagerOfFew, queries }
}

pub static KINDS: [Kind; 27] = [
    of_all("nothing", &[""]),
    of_all("a common first name", &["q=james", "q=mary", "q=robert"]),
    of_all("an uncommon first name", &["q=anneliese", "q=bj%C3%B6rn"]),
    of_all("a rare last name", &["q=zubrycki", "q=Zubrycki"]),
    of_all("a last name of some", &["q=underwright", "q=quinstreet"]),
    of_all("part of a number", &["q=555-01", "q=4242424", "q=%2B1%20212", "q=20012"]),
    of_all("a whole number", &["q=%28212%29%20200-0000"]),
    of_all("the beginning of an e-mail address", &["q=james.smi", "q=anneliese.york", "q=xavier.zubrycki"]),
    of_all("a company", &["q=yorkwright%20%26%20sons"]),
    of_all("two words", &["q=mary%20smith", "q=anneliese%20underwright", "q=smith%20james"]),
    of_all("two common words nobody has together", &["q=james%20yusuf", "q=smith%20johnson"]),
    of_all("no hit", &["q=xqzjk", "q=jamesmary", "q=999999999999"]),
    of_all("one letter", &["q=j", "q=z", "q=x", "q=%C3%A9"]),
    of_all("two letters", &["q=ja", "q=zu", "q=ng", "q=qx"]),
    of_all("one or two digits", &["q=7", "q=12"]),
    of_all("a name as one types", &["q=zub", "q=zubr", "q=zubry", "q=zubryc"]),
    of_all("a tag", &["tag=newsletter", "tag=vip", "tag=fair%202026", "tag=nobody%20has%20it"]),
    of_all("a tag and words", &["tag=newsletter&q=zubrycki", "tag=vip&q=mary", "tag=fair%202026&q=anneliese"]),
    of_all(
        "when they were added",
        &[
            "added_from=2026-01-01T00:00:00Z&added_to=2026-02-01T00:00:00Z",
            "added_from=2025-06-01T00:00:00Z&added_to=2025-06-01T01:00:00Z",
        ],
    ),
    of_all(
        "when they were last called",
        &[
            "last_called_from=2026-03-01T00:00:00Z&last_called_to=2026-03-08T00:00:00Z",
            "last_called_to=2025-03-01T00:00:00Z",
            "never_called=true",
        ],
    ),
    of_all("how the last call ended", &["outcome=busy", "outcome=failed&last_called_to=2025-09-01T00:00:00Z"]),
    of_all("a custom field", &["custom.plan=gold", "custom.member=M0012345", "custom.town=Ashland&custom.plan=gold"]),
    of_all("a custom field and a call", &["custom.town=Ashland&outcome=busy", "tag=fair%202026&outcome=failed"]),
    of_all("words and a call", &["q=zubrycki&outcome=busy", "q=mary&outcome=busy"]),
    of_few("a manager of few: nothing", &[""]),
    of_few("a manager of few: a name", &["q=james", "q=anneliese", "q=zubrycki", "q=ja"]),
    of_few("a manager of few: a filter", &["tag=newsletter", "custom.plan=gold", "outcome=busy", "never_called=true"]),
];
