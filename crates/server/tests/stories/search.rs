//! Searching the contact book by its index: late, never wrong.

mod maker;

use carillon::params;
use carillon::store::contacts::Entry;
use carillon::store::contacts::search::{self, ContactFilter, Page, indexing};
use carillon::store::scope::Scope;
use carillon::store::{Engine, Lane, Store, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

use crate::support::World;
use maker::Maker;

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

/// Everybody whom the index finds, page after page.
async fn all_pages(world: &World, q: &str, limit: u32) -> Vec<Uuid> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let filter = ContactFilter { after, limit, ..asked(q) };
        let page = by_index(world, Scope::whole(world.organization), filter).await;
        found.extend(page.iter().map(|entry| entry.id));
        let Some(last) = page.last() else { return found };
        after = Some(last.id);
    }
}

async fn count(world: &World, statement: &'static str) -> i64 {
    let count = world.app.store.read(move |tx| tx.query_one(statement, &[], |row| row.get(0))).await;
    count.map_err(|e: StoreError| e).expect("a count")
}

async fn pending(world: &World) -> i64 {
    count(world, "SELECT count(*) FROM search_pending").await
}

/// The next document begins another chunk, as if thousands were between them, on PostgreSQL, which looks up by chunks.
async fn end_chunk(world: &World) {
    const LAST_OF_CHUNK: &str =
        "UPDATE search_docs SET doc = doc | 16383 WHERE doc = (SELECT max(doc) FROM search_docs)";
    if world.app.store.engine() == Engine::Postgres {
        let moved = world.app.store.write(Lane::Pages, |tx| tx.execute(LAST_OF_CHUNK, &[])).await;
        assert_eq!(moved.map_err(|e: StoreError| e).expect("a write"), 1);
    }
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
        assert_eq!(all_pages(&world, "common", 1_000).await, common);
    }

    async fn over_many_chunks_of_documents_the_index_hides_nobody(world: World) {
        let mut maker = Maker::new(10, &world).await;
        let mut book: Vec<Entry> = Vec::new();
        for chunk in 0..40 {
            let now = world.clock_now() + SignedDuration::from_millis(chunk);
            // More in the oldest than are collected at once, and few in all that are looked up before it.
            let end = book.len() + if chunk == 0 { 2_100 } else { 2 };
            let mut part: Vec<Entry> = (book.len()..end).map(|n| maker.entry(now, n, "Common")).collect();
            part.sort_by_key(|entry| entry.id);
            if chunk == 0 {
                part[0].contact.name = "Quincy".to_owned();
            }
            maker.insert(&world, &part).await;
            index_all(&world, 1_000).await;
            end_chunk(&world).await;
            book.extend(part);
        }
        assert_eq!(names(&world, "quincy").await, ["Quincy"]);
        let common: Vec<Uuid> = book[1..].iter().rev().map(|entry| entry.id).collect();
        assert_eq!(all_pages(&world, "common", 300).await, common);
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
