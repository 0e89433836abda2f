//! Custom fields: defined once, read into one form wherever values come from, never lost.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Client, World};

const FIELDS: &str = "/api/v1/custom-fields";

async fn define(world: &World, field: Value) -> Value {
    world.admin.post(FIELDS, field).await.expect(201)
}

fn path(of: &str, thing: &Value) -> String {
    format!("{of}/{}", thing["id"].as_str().expect("an id"))
}

async fn create(client: &Client, phone: &str, custom: Value) -> Value {
    client.post("/api/v1/contacts", json!({ "phone": phone, "custom": custom })).await.expect(201)
}

async fn audited(world: &World, action: &'static str) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM audit_log WHERE action = $1";
    let count = world.app.store.read(move |tx| tx.query_one(COUNT, carillon::params![action], |row| row.get(0))).await;
    count.map_err(|e: carillon::store::StoreError| e).expect("a read")
}

on_both! {
    async fn administrators_define_fields_and_everybody_who_reads_contacts_sees_them(world: World) {
        let plan = define(&world, json!({
            "key": "plan", "label": " Plan ", "kind": "choice", "choices": ["Gold", "Silver"], "is_required": true
        })).await;
        assert_eq!((&plan["label"], &plan["version"], &plan["position"]), (&json!("Plan"), &json!(1), &json!(0)));
        assert_eq!((&plan["is_visible"], &plan["archived"]), (&json!(true), &json!(false)));
        let age = define(&world, json!({ "key": "age", "label": "Age", "kind": "integer" })).await;
        assert_eq!(age["position"], 1);
        let changed = json!({ "version": 1, "label": "Years", "position": 0, "archived": true, "is_visible": false });
        let age = world.admin.patch(&path(FIELDS, &age), changed).await.expect(200);
        assert_eq!((&age["label"], &age["archived"], &age["version"]), (&json!("Years"), &json!(true), &json!(2)));
        let manager = world.person("manager@acme.example", Role::Manager, &[world.department]).await;
        assert_eq!(manager.get(FIELDS).await.expect(200)["items"], json!([plan, age]));
        let first = manager.get(&format!("{FIELDS}?limit=1")).await.expect(200);
        let rest = format!("{FIELDS}?limit=1&cursor={}", first["next_cursor"].as_str().expect("there is more"));
        assert_eq!((&first["items"], &manager.get(&rest).await.expect(200)["items"]), (&json!([plan]), &json!([age])));
        let (elsewhere, department) = world.another_organization("Other").await;
        let other = world.person_of(elsewhere, "other@other.example", Role::Administrator, &[department]).await;
        assert_eq!(other.get(FIELDS).await.expect(200)["items"], json!([]));
        other.patch(&path(FIELDS, &plan), json!({ "version": 1 })).await.expect_problem(404, "not-found");
        let stale = world.admin.patch(&path(FIELDS, &age), json!({ "version": 1, "label": "x" })).await;
        assert_eq!(stale.expect_problem(409, "version-conflict")["current"], age);
        assert_eq!((audited(&world, "custom_field.created").await, audited(&world, "custom_field.changed").await), (2, 1));
    }

    async fn what_is_wrong_with_a_definition_is_named(world: World) {
        let wrong = json!({ "key": "Email", "label": "", "kind": "choice", "choices": ["a", "A"] });
        world.admin.post(FIELDS, wrong).await.expect_invalid(&["key", "label", "choices"]);
        for key in ["email", "_x", "a b"] {
            let wrong = json!({ "key": key, "label": "X", "kind": "date" });
            world.admin.post(FIELDS, wrong).await.expect_invalid(&["key"]);
        }
        let wrong = json!({ "key": "x", "label": "X", "kind": "color" });
        world.admin.post(FIELDS, wrong).await.expect_invalid(&["kind"]);
        let wrong = json!({ "key": "x", "label": "X", "kind": "date", "position": -1 });
        world.admin.post(FIELDS, wrong).await.expect_invalid(&["position"]);
        let field = define(&world, json!({ "key": "x", "label": "X", "kind": "date" })).await;
        world.admin.post(FIELDS, json!({ "key": "x", "label": "Y", "kind": "date" })).await.expect_invalid(&["key"]);
        world.admin.patch(&path(FIELDS, &field), json!({ "version": 1, "key": "y" })).await.expect_invalid(&["key"]);
    }

    async fn values_are_read_by_their_definition_wherever_people_write_them(world: World) {
        for (key, kind) in [("points", "integer"), ("rate", "decimal"), ("born", "date"), ("member", "checkbox"), ("memo", "short_text")] {
            define(&world, json!({ "key": key, "label": key, "kind": kind })).await;
        }
        define(&world, json!({ "key": "plan", "label": "Plan", "kind": "choice", "choices": ["Gold"] })).await;
        let said = json!({
            "points": "1,200", "rate": "3.50", "born": "11/2/1980", "member": "Yes", "memo": " a  b ", "plan": "gold", "free": "as it is"
        });
        let kept = json!({
            "points": 1200, "rate": 3.5, "born": "1980-11-02", "member": true, "memo": "a b", "plan": "Gold", "free": "as it is"
        });
        let ann = create(&world.admin, "+12025550143", said.clone()).await;
        assert_eq!(ann["custom"], kept);
        let bulk = json!({ "contacts": [
            { "phone": "+12025550144", "custom": said }, { "phone": "+12025550145", "custom": { "points": "many" } },
        ] });
        let bulk = world.admin.post("/api/v1/contacts/bulk", bulk).await.expect(200);
        assert_eq!((&bulk["created"], &bulk["errors"][0]["index"]), (&json!(1), &json!(1)));
        assert!(bulk["errors"][0]["message"].as_str().is_some_and(|words| words.contains("custom.points")), "{bulk}");
        let wrong = json!({ "version": 1, "custom": { "points": 1.5, "born": "1980-02-30", "plan": "Lead", "member": "maybe" } });
        let wrong = world.admin.patch(&path("/api/v1/contacts", &ann), wrong).await;
        wrong.expect_invalid(&["custom.born", "custom.member", "custom.plan", "custom.points"]);
        let emptied = json!({ "version": 1, "custom": { "points": " ", "rate": -0.5 } });
        let ann = world.admin.patch(&path("/api/v1/contacts", &ann), emptied).await.expect(200);
        assert_eq!(ann["custom"], json!({ "rate": -0.5 }));
    }

    async fn a_required_field_is_asked_of_those_who_write_by_hand_and_of_no_list(world: World) {
        define(&world, json!({ "key": "plan", "label": "Plan", "kind": "short_text", "is_required": true })).await;
        let contact = json!({ "phone": "+12025550143" });
        world.admin.post("/api/v1/contacts", contact).await.expect_invalid(&["custom.plan"]);
        let import = world.admin.upload("/api/v1/imports", "list.csv", "Name,Phone\nAnn,+12025550143\n", &[]).await.expect(201);
        let wish = json!({ "mapping": { "phone": "Phone", "name": "Name" }, "default_country": "US" });
        world.admin.post(&format!("{}/commit", path("/api/v1/imports", &import)), wish).await.expect(202);
        world.run_for(SignedDuration::from_secs(1)).await;
        let book = world.admin.get("/api/v1/contacts").await.expect(200);
        let ann = path("/api/v1/contacts", &book["items"][0]);
        let edited = world.admin.patch(&ann, json!({ "version": 1, "notes": "n" })).await.expect(200);
        assert_eq!(edited["notes"], "n", "who does not touch the fields need not fill them");
        world.admin.patch(&ann, json!({ "version": 2, "custom": {} })).await.expect_invalid(&["custom.plan"]);
        world.admin.patch(&ann, json!({ "version": 2, "custom": { "plan": "Gold" } })).await.expect(200);
    }

    async fn a_row_of_a_list_that_does_not_fit_is_rejected_with_column_and_reason(world: World) {
        define(&world, json!({ "key": "amount", "label": "Amount", "kind": "decimal" })).await;
        define(&world, json!({ "key": "since", "label": "Since", "kind": "date" })).await;
        let list = "Name,Phone,Sum,Begin,Other\nAnn,+12025550143,\"1,234.50\",3/4/2020,x\nBob,+12025550144,much,3/4/2020,x\n\
            Cid,+12025550145,,13/13/2020,x\nDan,+12025550146,,,\n";
        let import = world.admin.upload("/api/v1/imports", "list.csv", list, &[]).await.expect(201);
        let import = path("/api/v1/imports", &import);
        let mapping = json!({ "phone": "Phone", "name": "Name", "custom": { "amount": "Sum", "since": "Begin", "other": "Other" } });
        let wish = json!({ "mapping": mapping, "default_country": "US" });
        let look = world.admin.post(&format!("{import}/validate"), wish.clone()).await.expect(200);
        assert_eq!((&look["valid"], &look["invalid"]), (&json!(2), &json!(2)));
        let problem = |at: usize| (look["problems"][at]["column"].clone(), look["problems"][at]["value"].clone());
        assert_eq!([problem(0), problem(1)], [(json!("Sum"), json!("much")), (json!("Begin"), json!("13/13/2020"))]);
        world.admin.post(&format!("{import}/commit"), wish).await.expect(202);
        world.run_for(SignedDuration::from_secs(1)).await;
        let ended = world.admin.get(&import).await.expect(200);
        assert_eq!((&ended["imported"], &ended["rejected"]), (&json!(2), &json!(2)), "{ended}");
        let found = world.admin.get("/api/v1/contacts?q=ann").await.expect(200);
        assert_eq!(found["items"][0]["custom"], json!({ "amount": 1234.5, "since": "2020-03-04", "other": "x" }));
        let rejects = world.admin.get(&format!("{import}/rejects")).await.text;
        assert!(rejects.contains("Sum: must be a number") && rejects.contains("Begin: must be a date"), "{rejects}");
    }

    async fn a_column_named_after_a_custom_field_is_suggested_for_it(world: World) {
        define(&world, json!({ "key": "points", "label": "Loyalty points", "kind": "integer" })).await;
        let list = "Phone,loyalty points,Other\n+12025550143,1,x\n";
        let import = world.admin.upload("/api/v1/imports", "list.csv", list, &[]).await.expect(201);
        let suggested = json!({ "phone": "Phone", "custom": { "points": "loyalty points" } });
        assert_eq!(import["suggested_mapping"], suggested);
        let again = world.admin.get(&path("/api/v1/imports", &import)).await.expect(200);
        assert_eq!(again["suggested_mapping"], suggested);
    }

    async fn a_kind_does_not_change_while_there_are_values_that_would_not_fit(world: World) {
        let ann = create(&world.admin, "+12025550143", json!({ "age": "forty" })).await;
        create(&world.admin, "+12025550144", json!({ "age": "40" })).await;
        let integer = json!({ "key": "age", "label": "Age", "kind": "integer" });
        let refused = world.admin.post(FIELDS, integer.clone()).await;
        refused.expect_invalid(&["kind"]);
        assert!(refused.text.contains("forty"), "{}", refused.text);
        world.admin.patch(&path("/api/v1/contacts", &ann), json!({ "version": 1, "custom": { "age": "41" } })).await.expect(200);
        let age = define(&world, integer).await;
        let choice = json!({ "version": 1, "kind": "choice", "choices": ["40", "42"] });
        world.admin.patch(&path(FIELDS, &age), choice).await.expect_invalid(&["kind"]);
        let choice = json!({ "version": 1, "kind": "choice", "choices": ["40", "41"] });
        let age = world.admin.patch(&path(FIELDS, &age), choice).await.expect(200);
        let fewer = json!({ "version": 2, "choices": ["40"] });
        world.admin.patch(&path(FIELDS, &age), fewer).await.expect_invalid(&["kind"]);
        let text = json!({ "version": 2, "kind": "short_text" });
        assert_eq!(world.admin.patch(&path(FIELDS, &age), text).await.expect(200)["choices"], json!([]));
        let path = path("/api/v1/contacts", &ann);
        world.admin.delete(&path).await.expect(204);
    }
}
