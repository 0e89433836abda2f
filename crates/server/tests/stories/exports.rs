//! Exports: in two styles, of any length, and the way back through our own import.

use carillon::store::contacts::{Entry, many};
use carillon::store::{Lane, StoreError};
use carillon_domain::contact::{ContactDraft, ZoneSource};
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Client, World};

/// A contact with everything that spreadsheets, readers and people make something of.
fn nasty() -> Vec<Value> {
    let texts = [
        "=HYPERLINK(\"x\")",
        "+12025550100",
        "-1",
        "@SUM(A1)",
        "'quoted'",
        "'=1",
        "\u{202e}abc",
        "שלום 📞",
        "a;b,c",
        "007",
    ];
    texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            json!({"name": text, "phone": format!("+1202555{n:04}"), "company": text, "notes": format!("{text}\nsecond \"line\""),
                "tags": [text, "vip"], "postal_code": "02139", "custom": {"code": text, "plan": "0010"}})
        })
        .collect()
}

/// The book without what a new row has anew, oldest numbers first.
async fn book(client: &Client) -> Vec<Value> {
    let page = client.get("/api/v1/contacts?limit=200").await.expect(200);
    let mut items = page["items"].as_array().expect("items").clone();
    for item in &mut items {
        let item = item.as_object_mut().expect("a contact");
        for own in ["id", "created_at", "updated_at", "version"] {
            item.remove(own);
        }
    }
    items.sort_by_key(|item| item["phone"].to_string());
    items
}

/// Everything that was ever in the book leaves it.
async fn empty_the_book(client: &Client) {
    for contact in client.get("/api/v1/contacts?limit=200").await.expect(200)["items"].as_array().expect("items") {
        client.delete(&format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id"))).await.expect(204);
    }
}

async fn import(world: &World, file: String) {
    let import = world.admin.upload("/api/v1/imports", "book.csv", file, &[]).await.expect(201);
    let mut mapping = import["suggested_mapping"].clone();
    mapping["custom"] = json!({"code": "code", "plan": "plan"});
    let path = format!("/api/v1/imports/{}", import["id"].as_str().expect("an id"));
    world.admin.post(&format!("{path}/commit"), json!({"mapping": mapping, "default_country": "US"})).await.expect(202);
    world.run_for(SignedDuration::from_secs(1)).await;
    let done = world.admin.get(&path).await.expect(200);
    assert_eq!((&done["state"], &done["imported"]), (&json!("done"), &done["rows"]), "{done}");
}

/// The filter of each export, as the audit log tells it.
async fn exports_told(world: &World) -> Vec<Value> {
    const AFTER: &str = "SELECT after FROM audit_log WHERE action = 'contacts.exported' ORDER BY id";
    let told = world.app.store.read(|tx| tx.query(AFTER, &[], |row| row.json(0))).await;
    told.map_err(|e: StoreError| e).expect("a read")
}

on_both! {
    async fn a_book_that_was_exported_and_imported_again_is_the_same_book(world: World) {
        world.admin.post("/api/v1/contacts/bulk", json!({"contacts": nasty()})).await.expect(200);
        let before = book(&world.admin).await;
        assert_eq!(before.len(), nasty().len());
        for style in ["spreadsheet", "raw"] {
            let file = world.admin.get(&format!("/api/v1/contacts/export?format=csv&style={style}")).await;
            assert_eq!(file.status, 200, "{}", file.text);
            let is_safe = !file.text.contains(",=") && !file.text.contains("\n=") && !file.text.contains(",+1");
            assert_eq!(is_safe, style == "spreadsheet", "{}", file.text);
            empty_the_book(&world.admin).await;
            import(&world, file.text).await;
            assert_eq!(book(&world.admin).await, before, "{style}");
        }
    }

    async fn an_export_of_several_pages_has_everybody_once(world: World) {
        for thousand in 0..2 {
            let many: Vec<Value> = (0..600).map(|n| json!({"phone": format!("+120255{:05}", thousand * 1_000 + n), "tags": ["even"], "custom": {format!("f{thousand}"): n}})).collect();
            world.admin.post("/api/v1/contacts/bulk", json!({"contacts": many})).await.expect(200);
        }
        let csv = world.admin.get("/api/v1/contacts/export?format=csv&style=raw&tag=even").await.text;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.headers().expect("a header").iter().skip(12).collect::<Vec<_>>(), ["f0", "f1"]);
        let phones: std::collections::BTreeSet<String> = reader.records().map(|row| row.expect("a row")[3].to_owned()).collect();
        assert_eq!(phones.len(), 1_200);
        let cards = world.admin.get("/api/v1/contacts/export?format=vcf").await.text;
        assert_eq!(cards.matches("BEGIN:VCARD").count(), 1_200);
        assert!(world.admin.get("/api/v1/contacts/export?format=csv&tag=odd").await.text.lines().count() == 1, "the header alone");
    }

    async fn every_kind_of_file_takes_the_filter_of_the_list_and_the_audit_log_tells_it(world: World) {
        for (phone, plan, language) in [("+12025550140", "Gold", "es"), ("+12025550141", "Gold", "en"), ("+12025550142", "Iron", "es")] {
            let contact = json!({"name": plan, "phone": phone, "language": language, "custom": {"plan": plan}});
            world.admin.post("/api/v1/contacts", contact).await.expect(201);
        }
        let query = "custom.plan=Gold&language=es&never_called=true";
        let csv = world.admin.get(&format!("/api/v1/contacts/export?format=csv&style=raw&{query}")).await.text;
        assert_eq!((csv.lines().count(), csv.contains("+12025550140")), (2, true), "{csv}");
        let cards = world.admin.get(&format!("/api/v1/contacts/export?format=vcf&{query}")).await.text;
        assert_eq!((cards.matches("BEGIN:VCARD").count(), cards.contains("+12025550140")), (1, true), "{cards}");
        let book = world.admin.bytes(&format!("/api/v1/contacts/export?format=xlsx&{query}")).await;
        let import = world.admin.upload("/api/v1/imports", "contacts.xlsx", book, &[]).await.expect(201);
        assert_eq!((&import["rows"], &import["columns"][3]["samples"]), (&json!(1), &json!(["+12025550140"])));
        let told = exports_told(&world).await;
        let filter = json!({"custom": {"plan": "Gold"}, "language": "es", "never_called": true});
        assert_eq!(told, [filter.clone(), filter.clone(), filter]);
    }

    async fn whoever_is_found_behind_very_many_others_is_in_the_file(world: World) {
        let (chance, now) = (carillon::chance::Chance::seeded(3), world.clock_now());
        let entry = |n: u32| {
            let language = n.is_multiple_of(10_500).then(|| "es".to_owned());
            let draft = ContactDraft { phone: format!("+1202{:07}", 2_000_000 + n), language, ..ContactDraft::default() };
            Entry {
                id: chance.id(now),
                organization: world.organization,
                department: world.department,
                version: 1,
                contact: draft.check(&CountryCode::US).expect("a contact"),
                timezone_is: ZoneSource::Stated,
                import: None,
                created_at: now,
                updated_at: now,
            }
        };
        let many: Vec<Entry> = (0..21_001).map(entry).collect();
        for unit in many.chunks(1_000) {
            let unit = unit.to_vec();
            let written = world.app.store.write(Lane::Pages, move |tx| many::insert(tx, &unit));
            written.await.map_err(|e: StoreError| e).expect("a write");
        }
        let csv = world.admin.get("/api/v1/contacts/export?format=csv&style=raw&language=es").await.text;
        assert_eq!(csv.lines().count(), 1 + 3, "{csv}");
    }

    async fn the_style_has_one_name_at_every_export_and_its_first_name_still_works(world: World) {
        world.admin.post("/api/v1/contacts", json!({"phone": "+12025550143"})).await.expect(201);
        let raw = world.admin.get("/api/v1/contacts/export?format=csv&style=raw").await.text;
        assert_eq!(world.admin.get("/api/v1/contacts/export?format=csv&cells=machine").await.text, raw);
        for path in ["/api/v1/contacts/export?format=csv", "/api/v1/do-not-call/export?format=csv"] {
            world.admin.get(&format!("{path}&style=pretty")).await.expect_invalid(&["style"]);
        }
        let list = "Name,Phone\n=cmd(),nonsense\n";
        let import = world.admin.upload("/api/v1/imports", "list.csv", list, &[]).await.expect(201);
        let path = format!("/api/v1/imports/{}", import["id"].as_str().expect("an id"));
        world.admin.post(&format!("{path}/commit"), json!({"mapping": {"phone": "Phone", "name": "Name"}})).await.expect(202);
        world.run_for(SignedDuration::from_secs(1)).await;
        let path = format!("{path}/rejects");
        assert!(world.admin.get(&path).await.text.contains("'=cmd()"));
        assert!(world.admin.get(&format!("{path}?style=raw")).await.text.contains("\n=cmd(),"));
        world.admin.get(&format!("{path}?style=pretty")).await.expect_invalid(&["style"]);
    }

    async fn the_do_not_call_list_leaves_as_a_file(world: World) {
        let manager = world.person("manager@acme.example", Role::Manager, &[world.department]).await;
        for (number, reason) in [("+12125552001", "=asked"), ("+12125552002", "by mail")] {
            manager.post("/api/v1/do-not-call", json!({"phone": number, "reason": reason})).await.expect(201);
            world.run_for(SignedDuration::from_secs(1)).await;
        }
        let file = manager.get("/api/v1/do-not-call/export?format=csv").await;
        assert!(file.header("content-disposition").contains("do-not-call.csv"));
        let lines: Vec<&str> = file.text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "phone,reason,source,added_by,added_by_name,added_at");
        assert!(lines[1].starts_with("'+12125552002,by mail,page,") && lines[2].starts_with("'+12125552001,'=asked,"), "{lines:?}");
        let raw = manager.get("/api/v1/do-not-call/export?format=csv&style=raw&q=asked").await.text;
        assert_eq!(raw.lines().count(), 2);
        assert!(raw.contains("\n+12125552001,=asked,"), "{raw}");
        assert!(manager.get("/api/v1/do-not-call/export?format=xlsx").await.text.starts_with("PK"));
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        assert_eq!(stranger.get("/api/v1/do-not-call/export?format=csv").await.text.lines().count(), 1);
    }
}
