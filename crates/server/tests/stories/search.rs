//! Searching the contact book by its index: late, never wrong.

use carillon::chance::Chance;
use carillon::params;
use carillon::store::contacts::search::{self, ContactFilter, Page, indexing};
use carillon::store::contacts::{self, Entry, many};
use carillon::store::scope::Scope;
use carillon::store::{Lane, Store, StoreError};
use carillon_domain::contact::{ContactDraft, ZoneSource};
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Role;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use crate::support::World;

/// More than are ever pending in one of these stories.
const ALL: u32 = 10_000;

fn asked(q: &str) -> ContactFilter {
    ContactFilter { q: Some(q.to_owned()), limit: 50, ..ContactFilter::default() }
}

/// Names found by the index and what is pending, with nothing walked through.
async fn by_index(world: &World, scope: Scope, filter: ContactFilter) -> Vec<Entry> {
    let page = page_by_index(world, scope, filter).await;
    assert_eq!(page.looked_down_to, None, "few are pending");
    page.entries
}

async fn page_by_index(world: &World, scope: Scope, filter: ContactFilter) -> Page {
    let page = world.app.store.read(move |tx| search::page_by_index(tx, scope, &filter)).await;
    page.map_err(|e: StoreError| e).expect("a page")
}

async fn names(world: &World, q: &str) -> Vec<String> {
    let found = by_index(world, Scope::whole(world.organization), asked(q)).await;
    found.into_iter().map(|entry| entry.contact.name).collect()
}

async fn count(world: &World, statement: &'static str) -> i64 {
    let count = world.app.store.read(move |tx| tx.query_one(statement, &[], |row| row.get(0))).await;
    count.map_err(|e: StoreError| e).expect("a count")
}

async fn pending(world: &World) -> i64 {
    count(world, "SELECT count(*) FROM search_pending").await
}

/// Everything pending is indexed, whatever its age.
async fn index_all(world: &World, limit: u32) {
    while step(world, limit).await > 0 {}
}

async fn step(world: &World, limit: u32) -> usize {
    let later = world.clock_now() + SignedDuration::from_hours(1);
    let done = world.app.store.write(Lane::Pages, move |tx| indexing::step(tx, later, limit)).await;
    done.map_err(|e: StoreError| e).expect("a unit")
}

on_both! {
    async fn a_contact_is_found_at_once_and_by_its_new_words_after_a_change(world: World) {
        let ann = world.admin.post("/api/v1/contacts", json!({"name": "Ann Lee", "phone": "+12025550143"})).await.expect(201);
        let path = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        assert_eq!((names(&world, "ann").await, pending(&world).await), (vec!["Ann Lee".to_owned()], 1));
        world.run_for(SignedDuration::from_hours(2)).await;
        assert_eq!((names(&world, "ann").await, pending(&world).await), (vec!["Ann Lee".to_owned()], 0));
        assert_eq!(names(&world, "555 0143").await, ["Ann Lee"]);

        world.admin.patch(&path, json!({"version": 1, "name": "Zoë Lee"})).await.expect(200);
        assert_eq!((names(&world, "zoë").await.len(), pending(&world).await), (1, 1), "not indexed yet");
        assert!(names(&world, "ann").await.is_empty(), "the old word");
        world.run_for(SignedDuration::from_hours(2)).await;
        assert_eq!((names(&world, "zoë").await.len(), names(&world, "ann").await.len(), pending(&world).await), (1, 0, 0));
        world.admin.patch(&path, json!({"version": 2, "notes": "nobody searches these"})).await.expect(200);
        assert_eq!(pending(&world).await, 0);

        world.admin.delete(&path).await.expect(204);
        assert!(names(&world, "zoë").await.is_empty());
        world.run_for(SignedDuration::from_hours(2)).await;
        assert!(names(&world, "zoë").await.is_empty());
        assert_eq!(pending(&world).await, 0);
    }

    async fn a_unit_that_dies_leaves_its_contacts_pending_and_found(world: World) {
        for n in 0..5 {
            let contact = json!({"name": format!("Ann {n}"), "phone": format!("+1202555014{n}")});
            world.admin.post("/api/v1/contacts", contact).await.expect(201);
        }
        assert_eq!(step(&world, 2).await, 2);
        let later = world.clock_now() + SignedDuration::from_hours(1);
        let died = world.app.store.write(Lane::Pages, move |tx| {
            indexing::step(tx, later, 2)?;
            Err::<(), _>(StoreError::Statement("the power went".to_owned()))
        });
        died.await.expect_err("nothing of it stays");
        assert_eq!((pending(&world).await, names(&world, "ann").await.len()), (3, 5));
        index_all(&world, 2).await;
        assert_eq!((pending(&world).await, names(&world, "ann").await.len()), (0, 5));
        assert_eq!(count(&world, "SELECT count(*) FROM search_docs").await, 6, "one each, and the first of all");
    }

    async fn a_book_that_the_release_before_has_indexed_is_indexed_anew(world: World) {
        const MIGRATION: &str = "0017_parts_of_numbers";
        for n in 0..2 {
            let contact = json!({"name": format!("Ann {n}"), "phone": format!("+1202555014{n}")});
            world.admin.post("/api/v1/contacts", contact).await.expect(201);
        }
        index_all(&world, ALL).await;
        let as_it_was = world.app.store.write(Lane::Pages, |tx| {
            tx.execute("UPDATE search_docs SET doc = 1 WHERE doc = 2", &[])?;
            tx.execute("INSERT INTO search_pending (contact_id, organization_id) SELECT id, organization_id FROM contacts", &[])?;
            tx.execute("DELETE FROM migrations WHERE name = $1", params![MIGRATION])
        });
        as_it_was.await.map_err(|e: StoreError| e).expect("a write");
        assert_eq!(step(&world, ALL).await, 0, "an index of another release is left alone");

        let ran = Store::migrate(&world.app.config.database).expect("the schema");
        assert_eq!(ran, [MIGRATION]);
        assert_eq!((pending(&world).await, names(&world, "ann").await.len()), (2, 2));
        index_all(&world, ALL).await;
        assert_eq!((pending(&world).await, names(&world, "ann").await.len()), (0, 2));
        assert_eq!(names(&world, "55501").await, ["Ann 1", "Ann 0"]);
        assert_eq!(count(&world, "SELECT count(*) FROM search_docs").await, 3, "one each, and the first of all");
    }

    async fn behind_the_contacts_that_are_walked_through_the_index_goes_on(world: World) {
        let mut maker = Maker::new(7, &world).await;
        let now = world.clock_now();
        let mut entries: Vec<Entry> = (0..10_050).map(|n| maker.entry(now, n, &format!("Common {n}"))).collect();
        entries.sort_by_key(|entry| entry.id);
        entries[3].contact.name = "Quincy Rare".to_owned();
        entries[10_049].contact.name = "Quincy New".to_owned();
        for part in entries.chunks(1_000) {
            maker.insert(&world, part).await;
        }
        for indexed in [false, true] {
            if indexed {
                index_all(&world, 1_000).await;
            }
            let found = world.admin.get("/api/v1/contacts?q=quin").await.expect(200);
            let names: Vec<_> = found["items"].as_array().expect("items").iter().map(|item| item["name"].clone()).collect();
            assert_eq!(json!(names), json!(["Quincy New", "Quincy Rare"]), "indexed: {indexed}");
        }
    }

    async fn what_the_index_proposes_in_vain_hides_nobody_and_what_it_has_thousands_of_comes_page_by_page(world: World) {
        let mut maker = Maker::new(9, &world).await;
        let now = world.clock_now();
        let mut entries: Vec<Entry> = (0..4_000).map(|n| maker.entry(now, n, "Common")).collect();
        entries.sort_by_key(|entry| entry.id);
        entries[0].contact.name = "Abcd".to_owned();
        for entry in &mut entries[1..1_500] {
            entry.contact.name = "Abc Bcd".to_owned();
        }
        for part in entries.chunks(1_000) {
            maker.insert(&world, part).await;
        }
        index_all(&world, 1_000).await;
        assert_eq!(names(&world, "abcd").await, ["Abcd"], "all others have its parts");
        let common: Vec<Uuid> = entries[1_500..].iter().rev().map(|entry| entry.id).collect();
        let (mut found, mut after) = (Vec::new(), None);
        while found.len() < common.len() {
            let filter = ContactFilter { after, limit: 1_000, ..asked("common") };
            let page = by_index(&world, Scope::whole(world.organization), filter).await;
            found.extend(page.iter().map(|entry| entry.id));
            after = Some(page.last().expect("a page that is not empty").id);
        }
        assert_eq!(found, common);
    }

    async fn a_page_looks_at_so_many_contacts_that_are_not_indexed_and_says_where_the_next_begins(world: World) {
        let mut maker = Maker::new(8, &world).await;
        let now = world.clock_now();
        let mut entries: Vec<Entry> = (0..5_005).map(|n| maker.entry(now, n, &format!("Common {n}"))).collect();
        entries.sort_by_key(|entry| entry.id);
        for quincy in [0, 3, 4, 5_004] {
            entries[quincy].contact.name = format!("Quincy {quincy}");
        }
        for part in entries.chunks(1_000) {
            maker.insert(&world, part).await;
        }
        let scope = Scope::whole(world.organization);
        let names = |page: &Page| page.entries.iter().map(|entry| entry.contact.name.clone()).collect::<Vec<_>>();
        for oldest_is_indexed in [false, true] {
            if oldest_is_indexed {
                assert_eq!(step(&world, 4).await, 4);
            }
            let first = page_by_index(&world, scope, asked("quincy")).await;
            assert_eq!((names(&first), first.go_on(50)), (vec!["Quincy 5004".to_owned(), "Quincy 4".to_owned()], first.looked_down_to));
            let next = ContactFilter { after: first.go_on(50), ..asked("quincy") };
            let last = page_by_index(&world, scope, next).await;
            assert_eq!((names(&last), last.go_on(50)), (vec!["Quincy 3".to_owned(), "Quincy 0".to_owned()], None));
        }
    }

    async fn whatever_is_written_and_indexed_a_page_is_what_a_look_at_everybody_finds(world: World) {
        for seed in 0..4 {
            let mut maker = Maker::new(seed, &world).await;
            maker.play(&world).await;
        }
    }
}

/// Makes books and queries by chance.
struct Maker {
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
    async fn new(seed: u64, world: &World) -> Self {
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

    fn entry(&mut self, now: Timestamp, n: usize, name: &str) -> Entry {
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

    async fn insert(&self, world: &World, entries: &[Entry]) {
        let entries = entries.to_vec();
        let written = world.app.store.write(Lane::Pages, move |tx| many::insert(tx, &entries)).await;
        written.map_err(|e: StoreError| e).expect("a write");
    }

    fn name(&self) -> String {
        (0..1 + self.below(2)).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    /// Writes, changes, deletes and indexes in any order; some ids are drawn long before they are written.
    async fn play(&mut self, world: &World) {
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
