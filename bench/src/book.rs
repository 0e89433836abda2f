//! A contact book of made-up people, the same each time: some names are common, most are not, a few are rare.
//!
//! Written through the store's own functions, so that whatever is kept beside a contact is kept here, too; only the last
//! calls are written by one statement. What is searched for in it is `search::queries`' business.

mod names;

use std::collections::BTreeMap;

use anyhow::Result;
use carillon::api::App;
use carillon::params;
use carillon::store::contacts::{Entry, many};
use carillon::store::{Lane, StoreError, Tx};
use carillon_domain::contact::{Contact, CustomValue, ZoneSource};
use carillon_domain::phone_number::PhoneNumber;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::rows::{FIRST_AREA, FIRST_NUMBER, NUMBERS_PER_AREA};
use names::{FIRST_NAMES, LAST_NAMES, RARE_LAST_NAME, STEMS, TOWNS};

/// Contacts of one transaction.
const CHUNK: u64 = 5_000;
/// Between two contacts; a million of them have come in two years.
const BETWEEN: SignedDuration = SignedDuration::from_secs(63);
const AREAS: u64 = 100;
/// Has no divisor in common with the numbers of an area, so that each comes once.
const STRIDE: u64 = 3_999_971;
/// One of so many belongs to the small department, and one of so many has the rare name.
const SMALL_ONE_OF: u64 = 2_000;
const RARE_ONE_OF: u64 = 100_000;

/// Whose book it is.
#[derive(Clone, Copy)]
pub struct Owner {
    pub organization: Uuid,
    /// Nearly everybody's department, and that of a few.
    pub large: Uuid,
    pub small: Uuid,
}

/// Writes a book; the newest contact is as old as the last step between two.
pub async fn write(app: &App, owner: Owner, contacts: u64) -> Result<()> {
    let now = app.clock.now();
    for from in (0..contacts).step_by(usize::try_from(CHUNK)?) {
        let until = contacts.min(from + CHUNK);
        let entries = (from..until).map(|place| {
            let at = now - BETWEEN * i32::try_from(contacts - place)?;
            entry(app, owner, place, at)
        });
        let entries = entries.collect::<Result<Vec<Entry>>>()?;
        let written = app.store.write(Lane::Pages, move |tx| {
            many::insert(tx, &entries)?;
            call_most(tx, &entries)
        });
        written.await.map_err(|e: StoreError| e)?;
    }
    Ok(())
}

/// Six of ten were called, a day after they came.
fn call_most(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    const CALLS: &str = "INSERT INTO last_calls (contact_id, department_id, attempt_id, called_at, outcome)
        SELECT id, department_id, id, created_at + 86400000000,
               CASE WHEN created_at / 1000000 % 20 < 12 THEN 'answered' WHEN created_at / 1000000 % 20 < 16 THEN 'no_answer'
                    WHEN created_at / 1000000 % 20 < 19 THEN 'busy' ELSE 'failed' END
          FROM contacts WHERE id >= $1 AND id <= $2 AND created_at / 1000000 % 10 < 6";
    let ids = || entries.iter().map(|entry| entry.id);
    tx.execute(CALLS, params![ids().min(), ids().max()]).map(drop)
}

fn entry(app: &App, owner: Owner, place: u64, at: Timestamp) -> Result<Entry> {
    Ok(Entry {
        id: app.chance.id(at),
        organization: owner.organization,
        department: if place % SMALL_ONE_OF == SMALL_ONE_OF / 2 { owner.small } else { owner.large },
        version: 1,
        contact: person(place)?,
        timezone_is: ZoneSource::Stated,
        import: None,
        created_at: at,
        updated_at: at,
    })
}

fn person(place: u64) -> Result<Contact> {
    let mut dice = Dice(place);
    let first_name = dice.favorite(&FIRST_NAMES).to_owned();
    let last_name = last_name(&mut dice, place);
    let company = if dice.below(3) == 0 { format!("{} & Sons", last_name_of(&mut dice)) } else { String::new() };
    let email = format!("{first_name}.{last_name}{}@example.com", dice.below(100)).to_lowercase();
    let tags = [("newsletter", 3), ("vip", 100), ("fair 2026", 2_000)];
    let tags = tags.into_iter().filter(|(_, one_of)| dice.below(*one_of) == 0).map(|(tag, _)| tag.to_owned()).collect();
    let custom = [
        ("plan", ["silver", "silver", "gold"][dice.below(3) as usize].to_owned()),
        ("member", format!("M{place:07}")),
        ("town", dice.favorite(&TOWNS).to_owned()),
    ];
    let text = |(name, value): (&str, String)| (name.to_owned(), CustomValue::Text(value));
    Ok(Contact {
        name: format!("{first_name} {last_name}"),
        first_name,
        last_name,
        phone: PhoneNumber::from_e164(&phone(place))?,
        email,
        company,
        notes: String::new(),
        tags,
        timezone: None,
        language: None,
        postal_code: None,
        state: None,
        custom: custom.into_iter().map(text).collect::<BTreeMap<_, _>>(),
    })
}

fn last_name(dice: &mut Dice, place: u64) -> String {
    if place % RARE_ONE_OF == 7 { RARE_LAST_NAME.to_owned() } else { last_name_of(dice) }
}

/// A common one for every third, else one of thousands.
fn last_name_of(dice: &mut Dice) -> String {
    if dice.below(3) == 0 {
        return dice.favorite(&LAST_NAMES).to_owned();
    }
    let (beginning, end) = (dice.favorite(&STEMS.0), dice.favorite(&STEMS.1));
    format!("{beginning}{end}")
}

/// The number of the person at a place in the book.
pub fn phone(place: u64) -> String {
    let (area, nth) = (FIRST_AREA + place % AREAS, place / AREAS);
    format!("+1{area}{}", FIRST_NUMBER + nth * STRIDE % NUMBERS_PER_AREA)
}

/// What looks like chance and is the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// One of these, the first ones much more often.
    fn favorite<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let count = words.len() as u64;
        let (one, other) = (self.below(count), self.below(count));
        words[usize::try_from(one * other / count).unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nobody_shares_a_number_and_names_are_common_and_rare() {
        let people: Vec<Contact> = (0..20_000).map(|place| person(place).expect("a person")).collect();
        assert_eq!(people.iter().map(|person| person.phone.as_str()).collect::<BTreeSet<_>>().len(), people.len());
        let named = |name: &str| people.iter().filter(|person| person.first_name == name).count();
        assert!(named(FIRST_NAMES[0]) > 5 * named(FIRST_NAMES[FIRST_NAMES.len() - 1]));
        assert!(people.iter().map(|person| &person.last_name).collect::<BTreeSet<_>>().len() > 1_000);
        assert_eq!(people.iter().filter(|person| person.last_name == RARE_LAST_NAME).count(), 1);
    }
}
