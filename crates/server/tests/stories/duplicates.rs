//! Contacts that may be the same person: found in groups, said to be different, merged without losing anything.

use carillon_domain::roles::Role;
use carillon_simulator::Mix;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Client, Stage, World, minutes, number};

const DUPLICATES: &str = "/api/v1/contacts/duplicates";

async fn create(client: &Client, contact: Value) -> Value {
    client.post("/api/v1/contacts", contact).await.expect(201)
}

fn id(contact: &Value) -> String {
    contact["id"].as_str().expect("an id").to_owned()
}

/// All groups, page after page.
async fn groups(client: &Client, query: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{DUPLICATES}?{query}{cursor}")).await.expect(200);
        found.extend(page["items"].as_array().expect("items").clone());
        let Some(next) = page["next_cursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

async fn keys(client: &Client, query: &str) -> Vec<String> {
    let mut keys: Vec<String> =
        groups(client, query).await.iter().map(|group| group["key"].as_str().expect("a key").to_owned()).collect();
    keys.sort();
    keys
}

async fn ignore(client: &Client, group: &Value, ignored: bool) {
    let body =
        json!({"by": group["by"], "key": group["key"], "department_id": group["department_id"], "ignored": ignored});
    client.post(&format!("{DUPLICATES}/ignore"), body).await.expect(204);
}

async fn book(world: &World) {
    for (n, name, email) in [
        (0, "Ann Lee", "ann@x.example"),
        (1, "LEE, Ánn", ""),
        (2, "Bob Day", "ANN@X.example"),
        (3, "Bob O'Day", "bob@x.example"),
        (4, "Ann", ""),
        (5, "Ann", ""),
    ] {
        create(&world.admin, json!({"name": name, "email": email, "phone": number(n)})).await;
        world.run_for(SignedDuration::from_secs(1)).await;
    }
}

on_both! {
    async fn contacts_that_are_alike_come_in_groups(world: World) {
        book(&world).await;
        let by_email = groups(&world.admin, "by=email").await;
        assert_eq!(by_email.len(), 1, "{by_email:?}");
        let group = &by_email[0];
        assert_eq!((&group["key"], &group["size"], &group["at_least"]), (&json!("ann@x.example"), &json!(2), &json!(false)));
        assert_eq!((&group["by"], &group["department_id"]), (&json!("email"), &json!(world.department)));
        assert_eq!((&group["contacts"][0]["name"], &group["contacts"][1]["name"]), (&json!("Bob Day"), &json!("Ann Lee")), "newest first");
        assert_eq!(keys(&world.admin, "by=name").await, ["ann lee"], "one word is no name to tell people by");
        assert_eq!(keys(&world.admin, "by=phone").await, Vec::<String>::new());
        let ann = &group["contacts"][1];
        let path = format!("/api/v1/contacts/{}", id(ann));
        world.admin.patch(&path, json!({"version": 1, "email": "else@x.example", "name": "Bob ODay"})).await.expect(200);
        assert_eq!(keys(&world.admin, "by=email").await, Vec::<String>::new(), "an edit counts at once");
        assert_eq!(keys(&world.admin, "by=name").await, ["bob oday"]);
        world.admin.delete(&path).await.expect(204);
        assert_eq!(keys(&world.admin, "by=name").await, Vec::<String>::new());
        world.admin.get(&format!("{DUPLICATES}?by=shoe")).await.expect_invalid(&["by"]);
        world.admin.get(DUPLICATES).await.expect_invalid(&["by"]);
    }

    async fn groups_stay_within_departments_and_administrators_see_numbers_across_them(world: World) {
        let sales = world.another_department("Sales").await;
        for department in [world.department, sales] {
            create(&world.admin, json!({"name": "Ann Lee", "email": "a@x.example", "phone": number(0), "department_id": department})).await;
        }
        create(&world.admin, json!({"name": "Bob Day", "phone": number(1), "department_id": sales})).await;
        assert!(groups(&world.admin, "by=email").await.is_empty() && groups(&world.admin, "by=name").await.is_empty());
        let by_phone = groups(&world.admin, "by=phone").await;
        assert_eq!((by_phone.len(), &by_phone[0]["key"], &by_phone[0]["department_id"]), (1, &json!(number(0)), &Value::Null));
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        create(&seller, json!({"name": "Lee Ann", "phone": number(2), "department_id": sales})).await;
        assert_eq!(groups(&seller, "by=name").await[0]["size"], 2);
        seller.get(&format!("{DUPLICATES}?by=phone")).await.expect_invalid(&["by"]);
        let own = world.person("own@acme.example", Role::Manager, &[world.department]).await;
        assert!(groups(&own, "by=name").await.is_empty());
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        assert!(groups(&stranger, "by=name").await.is_empty() && groups(&stranger, "by=phone").await.is_empty());
    }

    async fn groups_come_in_pages_each_once(world: World) {
        let twice: Vec<Value> = (0..60).map(|n| json!({"name": format!("Ann Lee{}", n / 2), "email": format!("{}@x.example", n % 30), "phone": number(n)})).collect();
        let made = world.admin.post("/api/v1/contacts/bulk", json!({"contacts": twice})).await.expect(200);
        assert_eq!(made["created"], 60);
        for by in ["email", "name"] {
            assert_eq!(keys(&world.admin, &format!("by={by}&limit=7")).await, keys(&world.admin, &format!("by={by}")).await);
            assert_eq!(keys(&world.admin, &format!("by={by}&limit=1")).await.len(), 30);
        }
    }

    async fn different_people_come_no_more_until_somebody_new_is_alike(world: World) {
        book(&world).await;
        let group = groups(&world.admin, "by=name").await.remove(0);
        ignore(&world.admin, &group, true).await;
        assert!(groups(&world.admin, "by=name").await.is_empty());
        let ignored = groups(&world.admin, "by=name&ignored=true").await;
        assert_eq!((ignored.len(), &ignored[0]["ignored"]), (1, &json!(true)));
        create(&world.admin, json!({"name": "ann LEE", "phone": number(7)})).await;
        let again = groups(&world.admin, "by=name").await;
        assert_eq!((again.len(), &again[0]["size"]), (1, &json!(3)));
        ignore(&world.admin, &again[0], true).await;
        ignore(&world.admin, &again[0], false).await;
        assert_eq!(groups(&world.admin, "by=name").await.len(), 1, "it can be taken back");
        let nobody = json!({"by": "name", "key": "nobody here", "department_id": world.department});
        world.admin.post(&format!("{DUPLICATES}/ignore"), nobody).await.expect_problem(404, "not-found");
    }

    async fn merging_keeps_tags_notes_numbers_and_the_do_not_call_list(world: World) {
        let ann = create(&world.admin, json!({"name": "Ann Lee", "phone": number(0), "notes": "kind", "tags": ["vip"], "custom": {"plan": "Gold"}})).await;
        let anna = create(&world.admin, json!({"name": "Anna Lee", "phone": number(1), "email": "a@x.example", "notes": "calls back", "tags": ["new"], "custom": {"age": 40}})).await;
        world.admin.post("/api/v1/do-not-call", json!({"phone": number(1), "reason": "asked"})).await.expect(201);
        let merged = world.admin.post("/api/v1/contacts/merge", json!({"into": id(&ann), "version": 1, "from": [id(&anna)], "fields": {"name": id(&anna)}})).await.expect(200);
        assert_eq!((&merged["id"], &merged["version"], &merged["name"]), (&ann["id"], &json!(2), &json!("Anna Lee")));
        assert_eq!((&merged["phone"], &merged["email"]), (&json!(number(0)), &json!("a@x.example")));
        assert_eq!(merged["tags"], json!(["vip", "new"]));
        assert_eq!(merged["custom"], json!({"plan": "Gold", "age": 40}));
        let notes = merged["notes"].as_str().expect("notes");
        assert!(notes.starts_with("kind\n\ncalls back") && notes.ends_with(&number(1)), "{notes}");
        world.admin.get(&format!("/api/v1/contacts/{}", id(&anna))).await.expect_problem(404, "not-found");
        let listed = world.admin.get("/api/v1/do-not-call").await.expect(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
        assert_eq!(listed["items"][0]["phone"], json!(number(1)), "the number that is gone stays listed");
        let cid = create(&world.admin, json!({"name": "Ann L.", "phone": number(2), "tags": ["DNC"]})).await;
        let wish = json!({"into": id(&ann), "version": 2, "from": [id(&cid)], "fields": {"phone": id(&cid)}});
        let merged = world.admin.post("/api/v1/contacts/merge", wish).await.expect(200);
        assert_eq!((&merged["phone"], &merged["tags"][0]), (&json!(number(2)), &json!("DNC")));
        assert!(merged["notes"].as_str().is_some_and(|notes| notes.contains(&number(0))), "{merged}");
        create(&world.admin, json!({"phone": number(1)})).await;
    }

    async fn what_cannot_be_merged_is_refused_and_nothing_changes(world: World) {
        let sales = world.another_department("Sales").await;
        let ann = create(&world.admin, json!({"name": "Ann Lee", "phone": number(0), "department_id": world.department})).await;
        let bob = create(&world.admin, json!({"name": "Ann Lee", "phone": number(1), "department_id": world.department})).await;
        let far = create(&world.admin, json!({"name": "Ann Lee", "phone": number(2), "department_id": sales})).await;
        let merge = |members: Value| world.admin.post("/api/v1/contacts/merge", members);
        let (ann, bob, far) = (id(&ann), id(&bob), id(&far));
        merge(json!({"into": ann, "version": 1, "from": []})).await.expect_invalid(&["from"]);
        merge(json!({"into": ann, "version": 1, "from": [ann]})).await.expect_invalid(&["from"]);
        merge(json!({"into": ann, "version": 1, "from": [bob, bob]})).await.expect_invalid(&["from"]);
        merge(json!({"into": ann, "version": 1, "from": [far]})).await.expect_invalid(&["from"]);
        merge(json!({"into": ann, "version": 1, "from": [bob], "fields": {"fax": bob}})).await.expect_invalid(&["fields.fax"]);
        merge(json!({"into": ann, "version": 1, "from": [bob], "fields": {"email": far}})).await.expect_invalid(&["fields.email"]);
        merge(json!({"into": ann, "version": 7, "from": [bob]})).await.expect_problem(409, "version-conflict");
        merge(json!({"into": ann, "version": 1, "from": [uuid::Uuid::from_u128(1)]})).await.expect_problem(404, "not-found");
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        seller.post("/api/v1/contacts/merge", json!({"into": far, "version": 1, "from": [ann]})).await.expect_problem(404, "not-found");
        assert_eq!(world.admin.get("/api/v1/contacts").await.expect(200)["items"].as_array().map(Vec::len), Some(3));
    }
}

/// A campaign in which the three are enrolled, not yet started.
async fn with_three(stage: &Stage) -> (crate::support::Play<'_>, Vec<String>) {
    let admin = &stage.world.admin;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(id(&create(admin, json!({"name": "Ann Lee", "phone": number(n)})).await));
    }
    let play = stage.campaign(&[], |_| {}).await;
    let people = format!("/api/v1/campaigns/{}/recipients", play.id);
    admin.post(&people, json!({ "contact_ids": ids })).await.expect(200);
    (play, ids)
}

/// State and reason of each, in the order of their numbers.
async fn states(stage: &Stage, campaign: &str) -> Vec<(Value, Value)> {
    let page = stage.world.admin.get(&format!("/api/v1/campaigns/{campaign}/recipients")).await.expect(200);
    let mut items = page["items"].as_array().expect("items").clone();
    items.sort_by_key(|item| item["phone"].to_string());
    items.iter().map(|item| (item["state"].clone(), item["reason"].clone())).collect()
}

on_both_stages! {
    async fn one_person_is_called_once_after_a_merge_and_the_history_stays(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 30.0));
        let admin = &stage.world.admin;
        let (first, ids) = with_three(&stage).await;
        first.start().await;
        stage.world.run_for(minutes(3)).await;
        let second = stage.campaign(&[], |_| {}).await;
        let people = format!("/api/v1/campaigns/{}/recipients", second.id);
        admin.post(&people, json!({ "contact_ids": ids })).await.expect(200);
        admin.post("/api/v1/contacts/merge", json!({"into": ids[1], "version": 1, "from": [ids[0], ids[2]]})).await.expect(200);
        let suppressed = (json!("suppressed"), json!("duplicate"));
        assert_eq!(states(&stage, &second.id.to_string()).await, [suppressed.clone(), (json!("pending"), Value::Null), suppressed]);
        second.start().await;
        stage.world.run_for(minutes(3)).await;
        assert_eq!(second.attempts().await.len(), 1, "one person, one call");
        let history = admin.get(&format!("/api/v1/contacts/{}/attempts", ids[1])).await.expect(200);
        assert_eq!(history["items"].as_array().map(Vec::len), Some(4), "all calls hang on the survivor: {history}");
        let progress = admin.get(&format!("/api/v1/campaigns/{}/progress", second.id)).await.expect(200);
        assert_eq!((&progress["total"], &progress["suppressed"], &progress["completed"]), (&json!(3), &json!(2), &json!(1)));
        let newcomer = create(admin, json!({ "name": "Dan", "phone": "+12125550177" })).await;
        let into = json!({ "into": newcomer["id"], "version": 1, "from": [ids[1]] });
        admin.post("/api/v1/contacts/merge", into).await.expect(200);
        let answered = admin.get("/api/v1/contacts?outcome=answered").await.expect(200);
        assert_eq!(answered["items"][0]["id"], newcomer["id"], "the last call goes along: {answered}");
    }

    async fn nobody_is_merged_while_being_called(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(15.0, 30.0));
        let (play, ids) = with_three(&stage).await;
        play.start().await;
        stage.world.run_for(SignedDuration::from_secs(10)).await;
        let wish = json!({"into": ids[0], "version": 1, "from": [ids[1]]});
        stage.world.admin.post("/api/v1/contacts/merge", wish.clone()).await.expect_problem(409, "state-conflict");
        stage.world.run_for(minutes(5)).await;
        stage.world.admin.post("/api/v1/contacts/merge", wish).await.expect(200);
    }
}
