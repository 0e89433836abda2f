//! Lists that people bring: looked at, imported exactly, refused in words, taken back.

mod campaigns;
mod cases;
mod command_line;
mod doctor;
mod files;
mod interrupted;
mod random;
mod sheets;
mod taken_back;
mod workbooks;

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Answer, Client, World};

const IMPORTS: &str = "/api/v1/imports";

/// Brings a list and gives the import.
async fn bring(client: &Client, list: impl Into<Vec<u8>>) -> Value {
    client.upload(IMPORTS, "list.csv", list, &[]).await.expect(201)
}

fn path(import: &Value) -> String {
    format!("{IMPORTS}/{}", import["id"].as_str().expect("an id"))
}

async fn commit(client: &Client, import: &Value, wish: Value) -> Answer {
    client.post(&format!("{}/commit", path(import)), wish).await
}

/// The mapping of a list with the columns Name and Phone.
fn wish() -> Value {
    json!({"mapping": {"phone": "Phone", "name": "Name"}, "default_country": "US"})
}

/// The same with other members.
fn wish_with(members: Value) -> Value {
    let (Value::Object(mut whole), Value::Object(members)) = (wish(), members) else { panic!("members are an object") };
    whole.extend(members);
    Value::Object(whole)
}

/// Commits a list and waits for its end.
async fn imported(world: &World, list: impl Into<Vec<u8>>, wish: Value) -> Value {
    let import = bring(&world.admin, list).await;
    commit(&world.admin, &import, wish).await.expect(202);
    ended(world, &import).await
}

/// The import once it has ended.
async fn ended(world: &World, import: &Value) -> Value {
    world.run_for(SignedDuration::from_secs(1)).await;
    let import = world.admin.get(&path(import)).await.expect(200);
    assert!(import["state"] == "done" || import["state"] == "failed", "{import}");
    let fates = fates(&import);
    assert_eq!(json!(fates.iter().sum::<i64>()), import["rows"], "each row has one fate: {import}");
    import
}

/// Imported, updated, skipped, rejected.
fn fates(import: &Value) -> [i64; 4] {
    ["imported", "updated", "skipped", "rejected"].map(|fate| import[fate].as_i64().expect("a count"))
}

/// Name and number of every contact, oldest first.
async fn book(client: &Client) -> Vec<(String, String)> {
    let csv = client.get("/api/v1/contacts/export?format=csv&style=raw").await.text;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    let mut book: Vec<_> = rows.map(|row| (row[0].to_owned(), row[3].to_owned())).collect();
    book.reverse();
    book
}

fn names(book: &[(String, String)]) -> Vec<&str> {
    book.iter().map(|(name, _)| name.as_str()).collect()
}

const FIVE: &str =
    "Name,Phone\nAnn,(202) 555-0143\nBob,nonsense\nCid,202-555-0144\nAnn again,+12025550143\nDan,12025550145\n";

on_both! {
    async fn a_list_is_shown_with_its_columns_and_a_mapping_to_confirm(world: World) {
        let import = bring(&world.admin, FIVE).await;
        assert_eq!((&import["state"], &import["source"], &import["rows"]), (&json!("uploaded"), &json!("file"), &json!(5)));
        assert_eq!(import["columns"][1]["name"], "Phone");
        assert_eq!(import["columns"][0]["samples"], json!(["Ann", "Bob", "Cid", "Ann again", "Dan"]));
        assert_eq!(import["suggested_mapping"], json!({"phone": "Phone", "name": "Name"}));
        assert_eq!((&import["encoding"], &import["delimiter"], &import["file_name"]), (&json!("UTF-8"), &json!(","), &json!("list.csv")));
        assert_eq!(world.admin.get(&path(&import)).await.expect(200), import);
        assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"], json!([import]));
    }

    async fn a_look_at_a_list_tells_five_counts_that_add_up_and_changes_nothing(world: World) {
        world.admin.post("/api/v1/contacts", json!({"phone": "+12025550144"})).await.expect(201);
        world.admin.post("/api/v1/do-not-call", json!({"phone": "+12025550145", "reason": "asked"})).await.expect(201);
        let import = bring(&world.admin, FIVE).await;
        let look = world.admin.post(&format!("{}/validate", path(&import)), wish_with(json!({"duplicates": "skip"}))).await.expect(200);
        let counts = ["rows", "valid", "duplicates_in_file", "duplicates_existing", "invalid", "do_not_call"];
        assert_eq!(counts.map(|count| look[count].as_i64()), [5, 1, 1, 1, 1, 1].map(Some), "{look}");
        assert_eq!(look["problems"].as_array().map(Vec::len), Some(1));
        let problem = &look["problems"][0];
        assert_eq!((&problem["row"], &problem["column"], &problem["value"]), (&json!(3), &json!("Phone"), &json!("nonsense")));
        assert!(problem["problem"].as_str().is_some_and(|words| words.contains("letters")), "{problem}");
        assert_eq!(world.admin.get(&path(&import)).await.expect(200)["state"], "validated");
        assert_eq!(book(&world.admin).await.len(), 1);
    }

    async fn every_row_ends_as_imported_skipped_or_rejected(world: World) {
        let import = imported(&world, FIVE, wish()).await;
        assert_eq!((import["state"].as_str(), fates(&import)), (Some("done"), [3, 0, 1, 1]));
        let book = book(&world.admin).await;
        assert_eq!(names(&book), ["Ann", "Cid", "Dan"], "the first row of a number wins");
        assert_eq!(book[0].1, "+12025550143");
        let again = commit(&world.admin, &import, wish()).await.expect_problem(409, "state-conflict");
        assert_eq!((&again["state"], &again["actions"]), (&json!("done"), &json!(["undo"])));
        world.admin.post(&format!("{}/validate", path(&import)), wish()).await.expect_problem(409, "state-conflict");
    }

    async fn the_same_list_twice_adds_nobody(world: World) {
        imported(&world, FIVE, wish()).await;
        let before = book(&world.admin).await;
        assert_eq!(fates(&imported(&world, FIVE, wish()).await), [0, 0, 4, 1]);
        assert_eq!(book(&world.admin).await, before);
        assert_eq!(fates(&imported(&world, FIVE, wish_with(json!({"duplicates": "update"}))).await), [0, 4, 0, 1]);
        let after = book(&world.admin).await;
        assert_eq!((after.len(), names(&after)[0]), (3, "Ann again"), "the last row of a number wins");
    }

    async fn an_update_replaces_what_a_row_says_and_nothing_else(world: World) {
        let known = json!({"name": "Ann Lee", "phone": "+12025550143", "email": "a@x.example", "timezone": "America/Denver", "tags": ["DNC"]});
        let known = world.admin.post("/api/v1/contacts", known).await.expect(201);
        let list = "Phone,Mail,Company,Tags\n+12025550143,,Mill,vip\n";
        let mapping = json!({"phone": "Phone", "email": "Mail", "company": "Company", "tags": "Tags"});
        imported(&world, list, json!({"mapping": mapping, "duplicates": "update", "tags": ["spring"]})).await;
        let path = format!("/api/v1/contacts/{}", known["id"].as_str().expect("an id"));
        let now = world.admin.get(&path).await.expect(200);
        assert_eq!((&now["name"], &now["email"], &now["company"]), (&json!("Ann Lee"), &json!("a@x.example"), &json!("Mill")));
        assert_eq!((&now["tags"], &now["version"], &now["timezone"]), (&json!(["DNC", "vip", "spring"]), &json!(2), &json!("America/Denver")));
    }

    async fn a_zone_that_a_person_stated_stays_stated_until_a_list_says_another(world: World) {
        let known = json!({"phone": "+12025550143", "timezone": "America/Denver"});
        let known = world.admin.post("/api/v1/contacts", known).await.expect(201);
        let draft = json!({"name": "Zones", "message": {"kind": "tts", "text": "Hello"}});
        for (zone, clue) in [("America/Denver", "stated"), ("America/Chicago", "imported")] {
            let mapping = json!({"phone": "Phone", "timezone": "Zone"});
            let list = format!("Phone,Zone\n+12025550143,{zone}\n");
            imported(&world, list, json!({"mapping": mapping, "duplicates": "update"})).await;
            let campaign = world.admin.post("/api/v1/campaigns", draft.clone()).await.expect(201);
            let recipients = format!("/api/v1/campaigns/{}/recipients", campaign["id"].as_str().expect("an id"));
            world.admin.post(&recipients, json!({"contact_ids": [known["id"]]})).await.expect(200);
            let page = world.admin.get(&recipients).await.expect(200);
            let one = format!("{recipients}/{}", page["items"][0]["id"].as_str().expect("an id"));
            let from = world.admin.get(&one).await.expect(200)["timezones_from"].clone();
            let clues: Vec<&Value> = from.as_array().expect("clues").iter().map(|from| &from["clue"]).collect();
            assert!(clues.contains(&&json!(clue)), "{zone}: {from}");
        }
    }

    async fn one_bad_row_of_a_strict_list_keeps_all_others_out(world: World) {
        let import = imported(&world, FIVE, wish_with(json!({"mode": "strict"}))).await;
        assert_eq!((import["state"].as_str(), fates(&import)), (Some("failed"), [0, 0, 0, 5]));
        assert!(import["note"].as_str().is_some_and(|note| note.contains("1 row is bad")), "{import}");
        assert!(book(&world.admin).await.is_empty());
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        assert_eq!(rejects.lines().count(), 6, "every row is there to be mended: {rejects}");
        let fine = FIVE.replace("nonsense", "+12025550199");
        let import = imported(&world, fine, wish_with(json!({"mode": "strict"}))).await;
        assert_eq!((import["state"].as_str(), fates(&import)), (Some("done"), [4, 0, 1, 0]));
    }

    async fn rejected_rows_come_as_a_list_that_can_be_mended_and_imported(world: World) {
        let list = "Name;Phone;Note\n=cmd();1.20256E+10;\"a; \"\"b\"\"\"\nBob;;x;more\nCid;+12025550143;\n";
        let import = imported(&world, list, wish()).await;
        assert_eq!(fates(&import), [1, 0, 0, 2]);
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await;
        assert_eq!(rejects.header("content-type"), "text/csv; charset=utf-8");
        let text = rejects.text.trim_start_matches('\u{feff}').to_owned();
        assert!(text.starts_with("Name,Phone,Note,problem\r\n"), "{text}");
        assert!(text.contains("'=cmd()") && text.contains("Phone: the spreadsheet rounded it") && text.contains("Phone: there is no phone number"), "{text}");
        let mended = text.replace("1.20256E+10", "+12025550144").replace("Bob,,", "Bob,+12025550145,");
        let import = imported(&world, mended, wish()).await;
        assert_eq!(fates(&import), [2, 0, 0, 0]);
        assert_eq!(names(&book(&world.admin).await), ["Cid", "=cmd()", "Bob"]);
        let again = imported(&world, text, wish()).await;
        let rejects = world.admin.get(&format!("{}/rejects", path(&again))).await.text;
        assert!(rejects.starts_with("\u{feff}Name,Phone,Note,problem\r\n"), "one column of problems: {rejects}");
    }

    async fn a_row_tagged_dnc_is_imported_and_never_called(world: World) {
        let list = "Name,Phone,Tags\nAnn,+12025550143,VIP; dnc\nBob,+12025550144,\n";
        let mapping = json!({"phone": "Phone", "name": "Name", "tags": "Tags"});
        let import = imported(&world, list, json!({"mapping": mapping, "tags": ["spring"]})).await;
        assert_eq!(fates(&import), [2, 0, 0, 0]);
        let listed = world.admin.get("/api/v1/do-not-call").await.expect(200);
        assert_eq!((&listed["items"][0]["phone"], &listed["items"][0]["source"]), (&json!("+12025550143"), &json!("import")));
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
        let tagged = world.admin.get("/api/v1/contacts?tag=spring").await.expect(200);
        assert_eq!(tagged["items"].as_array().map(Vec::len), Some(2));
        // Skipped rows say it, too.
        imported(&world, "Name,Phone,Tags\nBob,+12025550144,DNC\n", json!({"mapping": mapping})).await;
        assert_eq!(world.admin.get("/api/v1/do-not-call").await.expect(200)["items"].as_array().map(Vec::len), Some(2));
    }

    async fn an_import_is_taken_back_as_far_as_nobody_used_it(world: World) {
        world.admin.post("/api/v1/contacts", json!({"name": "Old", "phone": "+12025550145"})).await.expect(201);
        let import = imported(&world, FIVE, wish()).await;
        assert_eq!(fates(&import), [2, 0, 2, 1]);
        let ann = world.admin.get("/api/v1/contacts?q=ann").await.expect(200)["items"][0].clone();
        let path_of_ann = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        world.admin.patch(&path_of_ann, json!({"version": 1, "notes": "called back"})).await.expect(200);
        let undone = world.admin.post(&format!("{}/undo", path(&import)), json!({})).await.expect(200);
        assert_eq!(undone["undo"], json!({"state": "done", "recipients_removed": 0, "contacts_removed": 1}));
        assert_eq!(fates(&undone), [2, 0, 2, 1], "what happened stays told");
        assert_eq!(names(&book(&world.admin).await), ["Old", "Ann"], "an edited contact and an older one stay");
        world.admin.post(&format!("{}/undo", path(&import)), json!({})).await.expect_problem(409, "state-conflict");
        let fresh = bring(&world.admin, FIVE).await;
        world.admin.post(&format!("{}/undo", path(&fresh)), json!({})).await.expect_problem(409, "state-conflict");
    }

    async fn a_mapping_must_fit_the_list(world: World) {
        let import = bring(&world.admin, FIVE).await;
        let wrong = json!({"mapping": {"phone": "Tel", "custom": {"first name": "Name"}}});
        commit(&world.admin, &import, wrong).await.expect_invalid(&["mapping.phone", "mapping.custom.first name"]);
        commit(&world.admin, &import, json!({"mapping": {"name": "Name"}})).await.expect_invalid(&["mapping.phone"]);
        commit(&world.admin, &import, json!({"mapping": {"phone": "Phone", "nick": "Name"}})).await.expect_invalid(&["mapping.nick"]);
        commit(&world.admin, &import, wish_with(json!({"mode": "careless"}))).await.expect_invalid(&["mode"]);
        commit(&world.admin, &import, wish_with(json!({"default_country": "ZZ"}))).await.expect_invalid(&["default_country"]);
        commit(&world.admin, &import, wish_with(json!({"tags": ["x".repeat(60)]}))).await.expect_invalid(&["tags"]);
        assert_eq!(world.admin.get(&path(&import)).await.expect(200)["state"], "uploaded");
    }

    async fn a_list_is_its_departments_alone(world: World) {
        let sales = world.another_department("Sales").await;
        let import = bring(&world.admin, FIVE).await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        for answer in [
            seller.get(&path(&import)).await,
            commit(&seller, &import, wish()).await,
            seller.post(&format!("{}/validate", path(&import)), wish()).await,
            seller.post(&format!("{}/undo", path(&import)), json!({})).await,
            seller.get(&format!("{}/rejects", path(&import))).await,
        ] {
            answer.expect_problem(404, "not-found");
        }
        assert_eq!(seller.get(IMPORTS).await.expect(200)["items"], json!([]));
        let agent = world.person("agent@acme.example", Role::Agent, &[sales]).await;
        agent.upload(IMPORTS, "a.csv", FIVE, &[]).await.expect_problem(403, "forbidden");
        seller.upload(IMPORTS, "a.csv", FIVE, &[("department_id", &world.department.to_string())]).await
            .expect_invalid(&["department_id"]);
        world.admin.get(&format!("{}/rejects", path(&import))).await.expect_problem(409, "state-conflict");
    }

    async fn a_list_that_nobody_commits_is_forgotten_after_a_day(world: World) {
        let import = bring(&world.admin, FIVE).await;
        let kept = imported(&world, FIVE, wish()).await;
        world.run_for(SignedDuration::from_hours(26)).await;
        world.admin.get(&path(&import)).await.expect_problem(404, "not-found");
        assert_eq!(world.admin.get(&format!("{}/rejects", path(&kept))).await.status, 200);
        world.run_for(SignedDuration::from_hours(30 * 24)).await;
        assert_eq!(world.admin.get(&path(&kept)).await.expect(200)["rejected"], 1);
        world.admin.get(&format!("{}/rejects", path(&kept))).await.expect_problem(409, "state-conflict");
    }
}
