//! Books, changes and searches by chance, and what a look at everybody finds.

use carillon::chance::Chance;
use carillon::params;
use carillon::store::contacts::search::ContactFilter;
use carillon::store::contacts::{self, Entry, many};
use carillon::store::scope::Scope;
use carillon::store::{Lane, StoreError};
use carillon_domain::contact::{ContactDraft, ZoneSource};
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Role;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{ALL, asked, by_index, index_all, step};
use crate::support::World;

/// Makes books and queries by chance.
pub(super) struct Maker {
    seed: u64,
    chance: Chance,
    /// Organization and department; the last is another organization's.
    places: Vec<(Uuid, Uuid)>,
    member: Uuid,
    book: Vec<Entry>,
}

const WORDS: [&str; 11] = ["Ann", "Anna", "Lee", "Léa", "Li", "O'Neil", "a_b%", "Hannah", "x", "Ng-Lee", "Unit4321x"];
const TAGS: [&str; 3] = ["VIP", "late", "Ann"];
const QUERIES: [&str; 19] = [
    "", "ann", "anna", "li", "l", "lee ann", "555", "20", "2 0 2", "o'n", "_b", "%", "nah", "é", "5550", "25550",
    "4321", "t4321", "21x",
];

impl Maker {
    pub(super) async fn new(seed: u64, world: &World) -> Self {
        let mut places = vec![(world.organization, world.department)];
        for name in ["A", "B"] {
            let name = format!("{name}{seed}");
            places.push((world.organization, world.another_department(&name).await));
        }
        let email = format!("m{seed}@acme.example");
        world.person(&email, Role::Manager, &[places[1].1, places[2].1]).await;
        places.push(world.another_organization(&format!("Other {seed}")).await);
        const USER: &str = "SELECT id FROM users WHERE email = $1";
        let member =
            world.app.store.read(move |tx| tx.query_one(USER, params![email.as_str()], |row| row.get(0))).await;
        let member = member.map_err(|e: StoreError| e).expect("the manager");
        Self { seed, chance: Chance::seeded(seed), places, member, book: Vec::new() }
    }

    fn below(&self, end: usize) -> usize {
        u64::from_le_bytes(self.chance.bytes()) as usize % end
    }

    fn contact(&self, n: usize, name: &str) -> carillon_domain::contact::Contact {
        let draft = ContactDraft {
            name: Some(name.to_owned()),
            phone: format!("+1{}", 2_125_550_000 + self.seed as usize * 100_000 + n),
            tags: if n.is_multiple_of(3) { vec![TAGS[n % TAGS.len()].to_owned()] } else { Vec::new() },
            ..ContactDraft::default()
        };
        draft.check(&CountryCode::parse("US").expect("a country")).expect("a contact")
    }

    pub(super) fn entry(&mut self, now: Timestamp, n: usize, name: &str) -> Entry {
        let (organization, department) = self.places[0];
        let id = self.chance.id(now);
        let contact = self.contact(n, name);
        let (created_at, updated_at) = (now, now);
        Entry {
            id,
            organization,
            department,
            version: 1,
            contact,
            timezone_is: ZoneSource::Stated,
            import: None,
            created_at,
            updated_at,
        }
    }

    pub(super) async fn insert(&self, world: &World, entries: &[Entry]) {
        let entries = entries.to_vec();
        let written = world.app.store.write(Lane::Pages, move |tx| many::insert(tx, &entries)).await;
        written.map_err(|e: StoreError| e).expect("a write");
    }

    fn name(&self) -> String {
        (0..1 + self.below(2)).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    /// Writes, changes, deletes and indexes in any order; some ids are drawn long before they are written.
    pub(super) async fn play(&mut self, world: &World) {
        let mut late = Vec::new();
        for n in 0..60 {
            let now = world.clock_now() + SignedDuration::from_millis(i64::from(n));
            let name = self.name();
            let mut entry = self.entry(now, n as usize, &name);
            (entry.organization, entry.department) = self.places[self.below(self.places.len())];
            match self.below(8) {
                0 => late.push(entry),
                1 if !self.book.is_empty() => self.change(world, now).await,
                2 if !self.book.is_empty() => self.delete(world).await,
                3 => drop(step(world, 1 + self.below(9) as u32).await),
                _ => self.write(world, entry).await,
            }
        }
        for entry in late {
            self.write(world, entry).await;
        }
        self.check(world).await;
        index_all(world, ALL).await;
        self.check(world).await;
    }

    async fn write(&mut self, world: &World, entry: Entry) {
        self.insert(world, std::slice::from_ref(&entry)).await;
        self.book.push(entry);
    }

    async fn change(&mut self, world: &World, now: Timestamp) {
        let at = self.below(self.book.len());
        let (name, tag) = (self.name(), TAGS[self.below(TAGS.len())].to_owned());
        let entry = &mut self.book[at];
        entry.contact.name = name;
        entry.contact.tags = vec![tag];
        let changed = entry.clone();
        let saved = world.app.store.write(Lane::Pages, move |tx| contacts::save(tx, &mut changed.clone(), now)).await;
        saved.map_err(|e: StoreError| e).expect("a write");
    }

    async fn delete(&mut self, world: &World) {
        let id = self.book.swap_remove(self.below(self.book.len())).id;
        let gone = world.app.store.write(Lane::Pages, move |tx| contacts::delete(tx, id)).await;
        gone.map_err(|e: StoreError| e).expect("a write");
    }

    async fn check(&self, world: &World) {
        for q in QUERIES {
            for tag in [None, Some("vip")] {
                for scope in [Scope::whole(world.organization), Scope::departments_of(world.organization, self.member)]
                {
                    let expected = self.naive(world, (q, tag), scope.is_whole());
                    let found = self.paged(world, (q, tag), scope).await;
                    assert_eq!(found, expected, "seed {}, {q:?}, {tag:?}, {scope:?}", self.seed);
                }
            }
        }
    }

    /// All pages of three.
    async fn paged(&self, world: &World, (q, tag): (&str, Option<&str>), scope: Scope) -> Vec<Uuid> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let filter = ContactFilter { tag: tag.map(str::to_owned), after, limit: 3, ..asked(q) };
            let page = by_index(world, scope, filter).await;
            let page: Vec<Uuid> = page.into_iter().map(|entry| entry.id).collect();
            after = page.last().copied();
            let ours = page.iter().filter(|id| self.book.iter().any(|entry| entry.id == **id));
            found.extend(ours.copied());
            if page.len() < 3 {
                return found;
            }
        }
    }

    fn naive(&self, world: &World, (q, tag): (&str, Option<&str>), is_whole: bool) -> Vec<Uuid> {
        let is_found = |entry: &&Entry| {
            let contact = &entry.contact;
            let text = format!(" {} {}", contact.name, contact.phone).to_lowercase();
            let is_digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
            let is_number = q.split_whitespace().all(is_digits);
            let joined = q.replace(' ', "");
            let mut words = if is_number { vec![joined.as_str()] } else { q.split_whitespace().collect() };
            words.retain(|word| !word.is_empty());
            let stands = |word: &&str| {
                let begins = word.chars().count() < 3 && !is_digits(word);
                if begins { text.contains(&format!(" {word}")) } else { text.contains(*word) }
            };
            let in_scope = is_whole || [self.places[1].1, self.places[2].1].contains(&entry.department);
            let has_tag = tag.is_none_or(|tag| contact.tags.iter().any(|of| of.to_lowercase() == tag));
            entry.organization == world.organization && in_scope && has_tag && words.iter().all(stands)
        };
        let mut found: Vec<Uuid> = self.book.iter().filter(is_found).map(|entry| entry.id).collect();
        found.sort_by_key(|id| std::cmp::Reverse(*id));
        found
    }
}
