//! Many contacts changed at once: tagged, set, removed; by name or by a filter, also when the process dies in between.

use std::sync::Arc;

use carillon::chance::Chance;
use carillon::changer::{CONTACTS_PER_UNIT, Changer};
use carillon::store::contact_actions::{self, ActionState, ContactAction, Lease, What, Whom, Wish};
use carillon::store::{Lane, StoreError};
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, World, number};

const ACTIONS: &str = "/api/v1/contacts/actions";

/// So many contacts with a tag.
async fn people(client: &Client, first: usize, count: usize, tag: &str) -> Vec<Uuid> {
    let before = ids(client).await;
    let contacts: Vec<Value> =
        (first..first + count).map(|n| json!({ "phone": number(n), "name": format!("N{n}"), "tags": [tag] })).collect();
    for part in contacts.chunks(1_000) {
        let kept = client.post("/api/v1/contacts/bulk", json!({ "contacts": part })).await.expect(200);
        assert_eq!(kept["created"], part.len(), "{kept}");
    }
    ids(client).await.into_iter().filter(|id| !before.contains(id)).collect()
}

async fn all(client: &Client, query: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/contacts?limit=200&{query}{cursor}")).await.expect(200);
        items.extend(page["items"].as_array().expect("items").clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

async fn ids(client: &Client) -> Vec<Uuid> {
    all(client, "").await.iter().map(|item| item["id"].as_str().expect("an id").parse().expect("an id")).collect()
}

/// The counts of a change: matched, done, changed, refused.
fn counts(action: &Value) -> [i64; 4] {
    ["matched", "done", "changed", "refused_count"].map(|name| action[name].as_i64().expect("a count"))
}

/// A change that the world's own changer is not told of.
async fn begin(world: &World, tag: &str, of: &str) {
    let now = world.clock_now();
    let filter = ContactFilter { tag: Some(of.to_owned()), ..ContactFilter::default() };
    let action = ContactAction {
        id: world.app.chance.id(now),
        organization: world.organization,
        member: None,
        state: ActionState::Running,
        wish: Wish { what: What::Tag { tag: tag.to_owned() }, whom: Whom::Filter(filter) },
        place: None,
        matched: 0,
        done: 0,
        changed: 0,
        refused: Vec::new(),
        refused_count: 0,
        note: None,
        created_by: "user:story".to_owned(),
        created_at: now,
    };
    let lease = Lease { owner: "nobody".to_owned(), until: now };
    let written = world.app.store.write(Lane::Pages, move |tx| contact_actions::insert(tx, &action, &lease)).await;
    written.map_err(|e: StoreError| e).expect("a write");
}

async fn audited(world: &World) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM audit_log WHERE action = 'contacts.changed'";
    let count = world.app.store.read(|tx| tx.query_one(COUNT, &[], |row| row.get(0))).await;
    count.map_err(|e: StoreError| e).expect("a read")
}

on_both! {
    async fn a_few_contacts_are_changed_before_the_answer(world: World) {
        let admin = &world.admin;
        let ids = people(admin, 0, 3, "old").await;
        let stranger = Uuid::from_u128(7);
        let named = [ids.as_slice(), &[stranger, ids[0]]].concat();
        let tagged = admin.post(ACTIONS, json!({ "action": "tag", "tag": " VIP ", "contact_ids": named })).await.expect(200);
        assert_eq!((&tagged["state"], counts(&tagged)), (&json!("done"), [4, 4, 3, 1]), "{tagged}");
        assert_eq!(tagged["refused"], json!([{ "contact_id": stranger, "message": "is no contact of yours" }]));
        let read = admin.get(&format!("{ACTIONS}/{}", tagged["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!(read, tagged);
        assert_eq!(all(admin, "tag=vip").await.len(), 3);
        let again = admin.post(ACTIONS, json!({ "action": "tag", "tag": "vip", "contact_ids": ids })).await.expect(200);
        assert_eq!(counts(&again), [3, 3, 0, 0], "they had it");
        let untagged = admin.post(ACTIONS, json!({ "action": "untag", "tag": "OLD", "contact_ids": [ids[0]] })).await.expect(200);
        assert_eq!(counts(&untagged), [1, 1, 1, 0]);
        let set = json!({ "action": "set_field", "field": "company", "value": "Old Mill", "contact_ids": ids });
        assert_eq!(counts(&admin.post(ACTIONS, set).await.expect(200)), [3, 3, 3, 0]);
        assert_eq!(all(admin, "q=mill").await.len(), 3);
        let gone = admin.post(ACTIONS, json!({ "action": "delete", "contact_ids": [ids[1]] })).await.expect(200);
        assert_eq!((counts(&gone), all(admin, "").await.len()), ([1, 1, 1, 0], 2));
        assert_eq!(audited(&world).await, 5);
    }

    async fn a_field_is_set_by_its_definition(world: World) {
        let admin = &world.admin;
        let field = json!({ "key": "age", "label": "Age", "kind": "integer", "is_required": true });
        admin.post("/api/v1/custom-fields", field).await.expect(201);
        let contact = json!({ "phone": number(0), "custom": { "age": 1 } });
        let ann = admin.post("/api/v1/contacts", contact).await.expect(201)["id"].clone();
        let set = |field: &str, value: Value| json!({ "action": "set_field", "field": field, "value": value, "contact_ids": [ann] });
        admin.post(ACTIONS, set("custom.age", json!("1,200"))).await.expect(200);
        assert_eq!(all(admin, "custom.age=1200").await[0]["custom"], json!({ "age": 1200 }));
        admin.post(ACTIONS, set("custom.age", json!("old"))).await.expect_invalid(&["value"]);
        admin.post(ACTIONS, set("custom.age", Value::Null)).await.expect_invalid(&["value"]);
        admin.post(ACTIONS, set("phone", json!("1"))).await.expect_invalid(&["field"]);
        let mars = admin.post(ACTIONS, set("timezone", json!("Mars"))).await.expect(200);
        assert_eq!(counts(&mars), [1, 1, 0, 1]);
    }

    async fn what_is_wrong_with_a_change_is_named(world: World) {
        for (body, field) in [
            (json!({ "action": "tag", "contact_ids": [Uuid::nil()] }), "tag"),
            (json!({ "action": "delete", "tag": "x", "contact_ids": [Uuid::nil()] }), "tag"),
            (json!({ "action": "delete" }), "contact_ids"),
            (json!({ "action": "delete", "contact_ids": [] }), "contact_ids"),
            (json!({ "action": "delete", "contact_ids": [Uuid::nil()], "filter": { "all": true } }), "contact_ids"),
            (json!({ "action": "delete", "filter": {} }), "filter"),
            (json!({ "action": "burn", "filter": { "all": true } }), "action"),
            (json!({ "action": "set_field", "filter": { "all": true } }), "field"),
        ] {
            world.admin.post(ACTIONS, body).await.expect_invalid(&[field]);
        }
    }

    async fn everybody_whom_a_filter_finds_is_changed_in_the_background(world: World) {
        let admin = &world.admin;
        people(admin, 0, 450, "old").await;
        people(admin, 500, 10, "new").await;
        let wish = |preview: bool| json!({ "action": "untag", "tag": "old", "filter": { "tag": "old" }, "preview": preview });
        let looked = admin.post(ACTIONS, wish(true)).await.expect(200);
        assert_eq!((&looked["id"], &looked["state"], counts(&looked)), (&Value::Null, &json!("preview"), [450, 0, 0, 0]));
        let begun = admin.post(ACTIONS, wish(false)).await.expect(202);
        assert_eq!((&begun["state"], counts(&begun)), (&json!("running"), [450, 0, 0, 0]));
        world.run_for(SignedDuration::from_secs(1)).await;
        let path = format!("{ACTIONS}/{}", begun["id"].as_str().expect("an id"));
        let done = admin.get(&path).await.expect(200);
        assert_eq!((&done["state"], counts(&done)), (&json!("done"), [450, 450, 450, 0]), "{done}");
        assert!(all(admin, "tag=old").await.is_empty());
        assert_eq!(audited(&world).await, 1);
        let manager = world.person("manager@acme.example", Role::Manager, &[world.department]).await;
        manager.get(&path).await.expect_problem(404, "not-found");
    }

    async fn a_change_that_dies_in_the_middle_is_ended_by_another_process_and_nothing_is_done_twice(world: World) {
        let admin = &world.admin;
        people(admin, 0, 450, "old").await;
        let changer = |seed| {
            let (store, clock) = (world.app.store.clone(), Arc::new(world.clock.clone()));
            Changer::new(store, clock, &Chance::seeded(seed), SignedDuration::from_hours(1))
        };
        let (first, second) = (changer(1), changer(2));
        begin(&world, "DNC", "old").await;
        let claimed = first.claim().await.expect("a read").expect("nobody works on it");
        let frozen = claimed.clone();
        let stopped = first.work(claimed, 2).await.expect("it works");
        assert_eq!(stopped.done, 2 * CONTACTS_PER_UNIT as i64);
        let resumed = second.claim().await.expect("a read").expect("it was given back");
        assert_eq!((resumed.done, first.claim().await.expect("a read").is_none()), (stopped.done, true));
        let late = first.work(frozen, usize::MAX).await.expect("it stands still");
        assert_eq!(late.done, 0, "whoever lost the lease writes nothing");
        let done = second.work(resumed, usize::MAX).await.expect("it works");
        assert_eq!((done.state.as_str(), done.done, done.changed), ("done", 450, 450));
        assert_eq!(all(admin, "tag=dnc").await.len(), 450);
        let versions: Vec<Value> = all(admin, "").await.iter().map(|item| item["version"].clone()).collect();
        assert!(versions.iter().all(|version| *version == 2), "each once");
        const LISTED: &str = "SELECT count(*) FROM do_not_call";
        let listed = world.app.store.read(|tx| tx.query_one(LISTED, &[], |row| row.get::<i64>(0))).await;
        assert_eq!(listed.map_err(|e: StoreError| e).expect("a read"), 450);
        assert_eq!(audited(&world).await, 1);
    }

    async fn a_change_reaches_ones_own_departments_alone(world: World) {
        let sales = world.another_department("Sales").await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        let theirs = json!({ "phone": number(0), "department_id": world.department, "tags": ["x"] });
        let theirs = world.admin.post("/api/v1/contacts", theirs).await.expect(201)["id"].clone();
        let own = seller.post("/api/v1/contacts", json!({ "phone": number(1), "tags": ["x"] })).await.expect(201)["id"].clone();
        let done = seller.post(ACTIONS, json!({ "action": "delete", "contact_ids": [theirs, own] })).await.expect(200);
        assert_eq!((counts(&done), &done["refused"][0]["contact_id"]), ([2, 2, 1, 1], &theirs));
        seller.post(ACTIONS, json!({ "action": "delete", "filter": { "all": true } })).await.expect(202);
        world.run_for(SignedDuration::from_secs(1)).await;
        assert_eq!(ids(&world.admin).await.len(), 1);
    }
}

on_both_stages! {
    async fn a_contact_whom_a_running_campaign_has_to_call_is_refused_and_the_others_go(stage: Stage) {
        let admin = &stage.world.admin;
        let ids = people(admin, 0, 3, "x").await;
        let play = stage.campaign(&[], |_| {}).await;
        let path = format!("/api/v1/campaigns/{}/recipients", play.id);
        admin.post(&path, json!({ "contact_ids": [ids[0]] })).await.expect(200);
        play.start().await;
        play.pause().await.expect("a pause");
        let done = admin.post(ACTIONS, json!({ "action": "delete", "contact_ids": ids })).await.expect(200);
        assert_eq!((&done["state"], counts(&done)), (&json!("done"), [3, 3, 2, 1]), "{done}");
        assert_eq!(done["refused"][0]["contact_id"], json!(ids[0]));
        assert_eq!(all(admin, "").await.len(), 1);
    }
}
