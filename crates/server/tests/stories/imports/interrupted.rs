//! An import whose process dies: the next one goes on where the counters stand, and nothing is lost or done twice.

use carillon::chance::Chance;
use carillon::clock::Clock;
use carillon::importer::{Importer, Worked};
use carillon::lists::folder::ListFolder;
use carillon::store::imports::{self, Wish};
use carillon::store::{Lane, StoreError};
use carillon_domain::country_code::CountryCode;
use carillon_domain::custom_field::CustomFields;
use carillon_domain::import::{Accepted, Duplicates, Mapping, Mode};
use std::sync::Arc;
use uuid::Uuid;

use super::*;

/// A process of its own on the same database and folder.
fn another_life(world: &World, seed: u64) -> Arc<Importer> {
    let (app, clock) = (&world.app, Arc::new(world.clock.clone()));
    let folder = ListFolder::new(&app.config.data_dir);
    Importer::new(app.store.clone(), clock, Chance::seeded(seed), folder, SignedDuration::from_hours(1))
}

/// Lets an import run without telling the world's own importer.
async fn begin(world: &World, import: &Value, duplicates: Duplicates, mode: Mode) -> Uuid {
    let id: Uuid = import["id"].as_str().expect("an id").parse().expect("an id");
    let mapping = Mapping { phone: "Phone".to_owned(), name: Some("Name".to_owned()), ..Mapping::default() };
    let tags = vec!["spring".to_owned()];
    let accepted = Accepted::default();
    let fields = CustomFields::default();
    let wish = Wish { mapping, default_country: CountryCode::US, duplicates, mode, tags, accepted, fields };
    let now = world.clock.now();
    let begun = world.app.store.write(Lane::Pages, move |tx| imports::begin(tx, id, &wish, None, now));
    begun.await.map_err(|e: StoreError| e).expect("a write");
    id
}

async fn tags(client: &Client) -> Value {
    client.get("/api/v1/tags").await.expect(200)["items"].clone()
}

/// 9,200 rows: every tenth bad, every seventh the number of an earlier row.
fn long_list() -> String {
    let row = |n: u32| match n {
        n if n % 10 == 0 => format!("Bad {n},nonsense\n"),
        n if n % 7 == 0 => format!("Again {n},+1202556{:04}\n", n / 2),
        n => format!("New {n},+1202556{n:04}\n"),
    };
    format!("Name,Phone\n{}", (1..=9_200).map(row).collect::<String>())
}

on_both! {
    async fn an_import_that_dies_in_the_middle_ends_as_one_that_does_not(world: World) {
        let whole = imported(&world, long_list(), wish_with(json!({"duplicates": "update"}))).await;
        let expected = book(&world.admin).await;
        let sales = world.another_department("Sales").await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        let import = bring(&seller, long_list()).await;
        let id = begin(&world, &import, Duplicates::Update, Mode::Lenient).await;
        for (life, steps) in [(1, 0), (2, 1), (3, 2)] {
            let importer = another_life(&world, life);
            let claimed = importer.claim(world.clock.now()).await.expect("a read").expect("nobody works on it");
            assert_eq!(claimed.id, id);
            assert_eq!(claimed.habits.is_some(), life > 1, "what was learnt of the list is kept before its first row is written");
            assert_eq!(importer.work(claimed, steps).await.expect("it works"), Worked::Paused);
            world.clock.run_for(SignedDuration::from_secs(2)).await;
            assert!(book(&seller).await.is_empty(), "nobody sees half a list");
            assert_eq!(tags(&seller).await, json!([]), "nor the tags of one");
            let so_far = seller.get(&path(&import)).await.expect(200);
            let has_pace = so_far["rows_per_second"].is_number() && so_far["estimated_end"].is_string();
            assert_eq!(has_pace, life > 1, "{so_far}");
            assert_eq!(so_far["done"], json!(if life < 3 { 2_000 * (life - 1) } else { 6_000 }), "{so_far}");
        }
        // The last life dies with its lease; the world's own importer waits for its end.
        let dead = another_life(&world, 9).claim(world.clock.now()).await.expect("a read").expect("it was given back");
        assert_eq!(dead.fates.done(), 6_000);
        world.app.importer.nudge();
        world.run_for(SignedDuration::from_secs(10)).await;
        assert_eq!(seller.get(&path(&import)).await.expect(200)["state"], "running");
        world.run_for(SignedDuration::from_secs(30)).await;
        let import = seller.get(&path(&import)).await.expect(200);
        assert_eq!((&import["state"], fates(&import)), (&json!("done"), fates(&whole)), "{import}");
        assert_eq!((&import["rows_per_second"], &import["estimated_end"]), (&Value::Null, &Value::Null), "it has ended");
        assert_eq!(book(&seller).await, expected);
        assert_eq!(tags(&seller).await, json!([{"tag": "spring", "contacts": expected.len(), "at_least": false}]));
    }

    async fn two_processes_at_once_write_every_row_once(world: World) {
        let import = bring(&world.admin, long_list()).await;
        begin(&world, &import, Duplicates::Skip, Mode::Lenient).await;
        let (one, other) = (another_life(&world, 1), another_life(&world, 2));
        let claimed = one.claim(world.clock.now()).await.expect("a read").expect("nobody works on it");
        assert!(other.claim(world.clock.now()).await.expect("a read").is_none(), "it is leased");
        // A process that was frozen for longer than its lease, and wakes beside its successor.
        let frozen = claimed.clone();
        world.clock.run_for(SignedDuration::from_secs(16)).await;
        let successor = other.claim(world.clock.now()).await.expect("a read").expect("the lease lapsed");
        let (late, rest) = tokio::join!(one.work(frozen, usize::MAX), other.work(successor, usize::MAX));
        assert_eq!((late.expect("it works"), rest.expect("it works")), (Worked::Superseded, Worked::Ended));
        let import = ended(&world, &import).await;
        assert_eq!(fates(&import)[3], 920);
        assert_eq!(book(&world.admin).await.len() as i64, fates(&import)[0]);
    }

    async fn a_strict_import_that_dies_has_written_nothing_before_every_row_was_looked_at(world: World) {
        let fine = long_list().replace("nonsense", "+12025550100");
        let import = bring(&world.admin, fine.clone() + "Last,nonsense\n").await;
        begin(&world, &import, Duplicates::Skip, Mode::Strict).await;
        let importer = another_life(&world, 1);
        let claimed = importer.claim(world.clock.now()).await.expect("a read").expect("nobody works on it");
        assert_eq!(importer.work(claimed, usize::MAX).await.expect("it works"), Worked::Ended);
        let import = ended(&world, &import).await;
        assert_eq!((&import["state"], fates(&import)), (&json!("failed"), [0, 0, 0, 9_201]));
        assert!(book(&world.admin).await.is_empty());
        let import = bring(&world.admin, fine).await;
        begin(&world, &import, Duplicates::Skip, Mode::Strict).await;
        let claimed = importer.claim(world.clock.now()).await.expect("a read").expect("nobody works on it");
        assert_eq!(importer.work(claimed, 1).await.expect("it works"), Worked::Paused);
        world.app.importer.nudge();
        assert_eq!(ended(&world, &import).await["state"], "done");
    }

    async fn an_import_whose_list_is_lost_ends_and_says_so(world: World) {
        let import = bring(&world.admin, FIVE).await;
        let id = begin(&world, &import, Duplicates::Skip, Mode::Lenient).await;
        world.app.importer.folder.remove(id).expect("the file was there");
        world.app.importer.nudge();
        let import = ended(&world, &import).await;
        assert_eq!((&import["state"], fates(&import)), (&json!("failed"), [0, 0, 0, 5]));
        assert!(import["note"].as_str().is_some_and(|note| note.contains("not here")), "{import}");
        let fresh = bring(&world.admin, FIVE).await;
        world.app.importer.folder.remove(fresh["id"].as_str().expect("an id").parse().expect("an id")).expect("the file was there");
        world.admin.post(&format!("{}/validate", path(&fresh)), wish()).await.expect_problem(409, "state-conflict");
        commit(&world.admin, &fresh, wish()).await.expect_problem(409, "state-conflict");
    }
}
