//! The contact book: written, found, tagged, exported, and left without losing history.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::Client;

async fn create(client: &Client, contact: Value) -> Value {
    client.post("/api/v1/contacts", contact).await.expect(201)
}

async fn names(client: &Client, path: &str) -> Vec<String> {
    let page = client.get(path).await.expect(200);
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()).collect()
}

on_both! {
    async fn a_contact_is_kept_in_e164_and_found_as_one_types(world: World) {
        let ann = create(&world.admin, json!({
            "name": "Ann Lee", "phone": "(202) 555-0143", "email": "ann@old-mill.example", "company": "Old Mill",
            "tags": ["VIP"], "custom": {"plan": "Gold", "age": 40}
        })).await;
        world.run_for(SignedDuration::from_secs(1)).await;
        create(&world.admin, json!({"name": "Bob 100%", "phone": "+1 202 555 0144"})).await;
        assert_eq!((&ann["phone"], &ann["first_name"], &ann["version"]), (&json!("+12025550143"), &json!("Ann"), &json!(1)));
        assert_eq!(ann["department_id"], json!(world.department));
        assert_eq!(ann["custom"], json!({"plan": "Gold", "age": 40}));
        let shown = world.admin.get(&format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!(shown, ann);
        for (q, found) in [
            ("ann", vec!["Ann Lee"]),
            ("lee%20ANN", vec!["Ann Lee"]),
            ("old-mill", vec!["Ann Lee"]),
            ("202-555-014", vec!["Bob 100%", "Ann Lee"]),
            ("00%25", vec!["Bob 100%"]),
            ("le", vec!["Ann Lee"]),
            ("ee", vec![]),
            ("44", vec!["Bob 100%"]),
            ("_", vec![]),
            ("nobody", vec![]),
        ] {
            assert_eq!(names(&world.admin, &format!("/api/v1/contacts?q={q}")).await, found, "{q}");
        }
        assert_eq!(names(&world.admin, "/api/v1/contacts?tag=vip").await, ["Ann Lee"]);
        assert!(names(&world.admin, "/api/v1/contacts?tag=vi").await.is_empty());
    }

    async fn contacts_come_in_pages_newest_first(world: World) {
        for n in 0..5 {
            create(&world.admin, json!({"name": format!("N{n}"), "phone": format!("+1202555010{n}"), "tags": ["t"]})).await;
            world.run_for(SignedDuration::from_secs(1)).await;
        }
        for filter in ["", "&tag=t", "&q=n"] {
            let mut path = format!("/api/v1/contacts?limit=2{filter}");
            let mut seen = Vec::new();
            loop {
                let page = world.admin.get(&path).await.expect(200);
                seen.extend(page["items"].as_array().expect("items").iter().map(|item| item["name"].clone()));
                let Some(cursor) = page["next_cursor"].as_str() else { break };
                path = format!("/api/v1/contacts?limit=2{filter}&cursor={cursor}");
            }
            assert_eq!(json!(seen), json!(["N4", "N3", "N2", "N1", "N0"]), "{filter}");
        }
    }

    async fn a_number_is_unique_in_a_department_and_free_in_another(world: World) {
        let sales = world.another_department("Sales").await;
        create(&world.admin, json!({"phone": "+12025550143"})).await;
        let again = world.admin.post("/api/v1/contacts", json!({"phone": "202 555 0143"})).await;
        again.expect_invalid(&["phone"]);
        create(&world.admin, json!({"phone": "+12025550143", "department_id": sales})).await;
        let bob = create(&world.admin, json!({"phone": "+12025550144"})).await;
        let path = format!("/api/v1/contacts/{}", bob["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({"version": 1, "phone": "+12025550143"})).await.expect_invalid(&["phone"]);
    }

    async fn what_is_wrong_is_named_field_by_field(world: World) {
        let wrong = json!({"phone": "sip:a@evil", "email": "ann", "timezone": "Mars", "tags": ["x".repeat(51)]});
        let answer = world.admin.post("/api/v1/contacts", wrong).await;
        answer.expect_invalid(&["phone", "email", "tags", "timezone"]);
        world.admin.post("/api/v1/contacts", json!({"name": "Ann"})).await.expect_invalid(&["phone"]);
        world.admin.post("/api/v1/contacts", json!({"phone": "+12025550143", "fax": "1"})).await.expect_invalid(&["fax"]);
        for phone in ["client:admin", "+1555,+1900", "+1555;ext=9", "١٢٠٢٥٥٥٠١٤٣", "\u{202e}+12025550143", "=+12025550143", "911"] {
            world.admin.post("/api/v1/contacts", json!({"phone": phone})).await.expect_invalid(&["phone"]);
        }
        assert!(names(&world.admin, "/api/v1/contacts").await.is_empty());
    }

    async fn an_edit_replaces_the_members_given_and_a_stale_one_is_refused(world: World) {
        let ann = create(&world.admin, json!({"name": "Ann Lee", "phone": "+12025550143", "email": "a@x.example", "notes": "n"})).await;
        let path = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        let edited = world.admin.patch(&path, json!({"version": 1, "email": null, "last_name": "Li"})).await.expect(200);
        assert_eq!((&edited["version"], &edited["email"], &edited["notes"]), (&json!(2), &json!(""), &json!("n")));
        assert_eq!((&edited["name"], &edited["first_name"]), (&json!("Ann Li"), &json!("Ann")));
        let stale = world.admin.patch(&path, json!({"version": 1, "notes": "m"})).await.expect_problem(409, "version-conflict");
        assert_eq!(stale["current"], edited);
        assert_eq!(names(&world.admin, "/api/v1/contacts?q=li").await, ["Ann Li"]);
        assert!(names(&world.admin, "/api/v1/contacts?q=lee").await.is_empty(), "the search text follows");
    }

    async fn the_tag_dnc_puts_the_number_on_the_do_not_call_list(world: World) {
        create(&world.admin, json!({"phone": "+12025550143", "tags": ["dnc"]})).await;
        world.run_for(SignedDuration::from_secs(1)).await;
        let bob = create(&world.admin, json!({"phone": "+12025550144"})).await;
        let path = format!("/api/v1/contacts/{}", bob["id"].as_str().expect("an id"));
        world.admin.patch(&path, json!({"version": 1, "tags": ["DNC", "x"]})).await.expect(200);
        let listed = world.admin.get("/api/v1/do-not-call").await.expect(200);
        let phones: Vec<&str> = listed["items"].as_array().expect("items").iter().filter_map(|item| item["phone"].as_str()).collect();
        assert_eq!(phones.len(), 2, "{listed}");
        assert_eq!(listed["items"][0]["source"], "tag");
    }

    async fn many_at_once_keeps_the_good_ones_and_tells_the_bad_ones(world: World) {
        let contacts = json!([
            {"phone": "+12025550143", "name": "Ann"},
            {"phone": "nonsense"},
            {"phone": "202 555 0143"},
            {"phone": "+12025550144", "fax": "1"},
            "not an object",
            {"phone": "+12025550145", "tags": ["DNC"]}
        ]);
        let result = world.admin.post("/api/v1/contacts/bulk", json!({"contacts": contacts})).await.expect(200);
        assert_eq!(result["created"], 2, "{result}");
        let indexes: Vec<u64> = result["errors"].as_array().expect("errors").iter().filter_map(|e| e["index"].as_u64()).collect();
        assert_eq!(indexes, [1, 2, 3, 4], "{result}");
        assert!(result["errors"][2]["message"].as_str().is_some_and(|m| m.contains("fax")), "{result}");
        assert_eq!(world.admin.get("/api/v1/do-not-call").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
        for contacts in [json!([]), json!(vec![json!({"phone": "+12025550143"}); 1001])] {
            world.admin.post("/api/v1/contacts/bulk", json!({"contacts": contacts})).await.expect_invalid(&["contacts"]);
        }
        let many: Vec<Value> = (0..1000).map(|n| json!({"phone": format!("+1202556{n:04}")})).collect();
        let result = world.admin.post("/api/v1/contacts/bulk", json!({"contacts": many})).await.expect(200);
        assert_eq!((&result["created"], &result["errors"]), (&json!(1000), &json!([])));
    }

    async fn exports_hold_no_formula_and_every_contact(world: World) {
        create(&world.admin, json!({"phone": "+12025550143", "name": "=HYPERLINK(\"x\")", "custom": {"plan": "-1"}})).await;
        world.run_for(SignedDuration::from_secs(1)).await;
        create(&world.admin, json!({"phone": "+12025550144", "name": "Zoë; a, b"})).await;
        let csv = world.admin.get("/api/v1/contacts/export?format=csv").await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        let lines: Vec<&str> = csv.text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "name,first_name,last_name,phone,email,company,notes,tags,timezone,language,postal_code,state,plan");
        assert_eq!(lines[2], "\"'=HYPERLINK(\"\"x\"\")\",,,'+12025550143,,,,,,,,,'-1");
        let machine = world.admin.get("/api/v1/contacts/export?format=csv&style=raw&q=zo").await.text;
        assert!(machine.starts_with("name,") && machine.contains("\"Zoë; a, b\"") && machine.contains(",+12025550144,"), "{machine}");
        assert!(!machine.contains("HYPERLINK"), "the filter holds");
        let vcf = world.admin.get("/api/v1/contacts/export?format=vcf").await.text;
        assert!(vcf.contains("FN:Zoë\\; a\\, b\r\n") && vcf.contains("TEL:+12025550143\r\n"), "{vcf}");
        let xlsx = world.admin.get("/api/v1/contacts/export?format=xlsx").await;
        assert!(xlsx.header("content-disposition").contains("contacts.xlsx") && xlsx.text.starts_with("PK"));
        world.admin.get("/api/v1/contacts/export?format=pdf").await.expect_invalid(&["format"]);
    }

    async fn managers_see_their_own_departments_alone(world: World) {
        let sales = world.another_department("Sales").await;
        let ann = create(&world.admin, json!({"phone": "+12025550143", "name": "Ann", "department_id": world.department})).await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        let path = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        assert!(names(&seller, "/api/v1/contacts").await.is_empty());
        assert!(!seller.get("/api/v1/contacts/export?format=csv&style=raw").await.text.contains("Ann"));
        seller.get(&path).await.expect_problem(404, "not-found");
        seller.patch(&path, json!({"version": 1, "name": "Mine"})).await.expect_problem(404, "not-found");
        seller.delete(&path).await.expect_problem(404, "not-found");
        let theirs = json!({"phone": "+12025550144", "department_id": world.department});
        seller.post("/api/v1/contacts", theirs).await.expect_invalid(&["department_id"]);
        assert_eq!(create(&seller, json!({"phone": "+12025550144"})).await["department_id"], json!(sales));
        let agent = world.person("agent@acme.example", Role::Agent, &[sales]).await;
        agent.get("/api/v1/contacts").await.expect_problem(403, "forbidden");
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        stranger.get(&path).await.expect_problem(404, "not-found");
        assert!(names(&stranger, "/api/v1/contacts").await.is_empty());
    }

    async fn a_removed_contact_is_gone_and_its_number_free(world: World) {
        let ann = create(&world.admin, json!({"phone": "+12025550143", "name": "Ann", "tags": ["t"]})).await;
        let path = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        world.admin.delete(&path).await.expect(204);
        world.admin.get(&path).await.expect_problem(404, "not-found");
        world.admin.delete(&path).await.expect_problem(404, "not-found");
        assert!(names(&world.admin, "/api/v1/contacts?tag=t").await.is_empty());
        create(&world.admin, json!({"phone": "+12025550143"})).await;
    }
}
