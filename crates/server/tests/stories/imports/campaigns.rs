//! Lists that are enrolled in a campaign: everybody once, and nobody dialed before the whole list is there.

use carillon::store::recipients::{self, Recipient, RecipientFilter};
use carillon::store::{Lane, StoreError, campaigns as rows, imports};
use carillon_domain::import::{Accepted, Duplicates, Mapping, Mode};
use carillon_domain::recipient::RecipientState;

use super::*;

async fn draft(world: &World) -> String {
    let body = json!({"name": "Survey", "message": {"kind": "tts", "text": "Hello {{name}} of {{organization_name}}"}});
    let campaign = world.admin.post("/api/v1/campaigns", body).await.expect(201);
    campaign["id"].as_str().expect("an id").to_owned()
}

/// Who is enrolled in the campaign, in the order of the list.
async fn enrolled(world: &World, campaign: &str) -> Vec<Recipient> {
    let id = campaign.parse().expect("an id");
    let found = world.app.store.read(move |tx| {
        let campaign = rows::find_any(tx, id)?.expect("the campaign");
        recipients::list(tx, campaign.run, &RecipientFilter { limit: 10_000, ..RecipientFilter::default() })
    });
    found.await.map_err(|e: StoreError| e).expect("a read")
}

on_both! {
    async fn everybody_of_a_list_is_enrolled_once_duplicates_and_do_not_call_too(world: World) {
        world.admin.post("/api/v1/contacts", json!({"name": "Cid the elder", "phone": "+12025550144"})).await.expect(201);
        world.admin.post("/api/v1/do-not-call", json!({"phone": "+12025550145", "reason": "asked"})).await.expect(201);
        let campaign = draft(&world).await;
        let import = imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        assert_eq!((fates(&import), &import["campaign_id"]), ([2, 0, 2, 1], &json!(campaign)));
        let people = enrolled(&world, &campaign).await;
        let who: Vec<(&str, RecipientState, Option<&str>)> =
            people.iter().map(|person| (person.name.as_str(), person.state, person.reason.as_deref())).collect();
        assert_eq!(who, [
            ("Ann", RecipientState::Pending, None),
            ("Cid the elder", RecipientState::Pending, None),
            ("Dan", RecipientState::Suppressed, Some("do_not_call")),
        ]);
        assert!(people.iter().all(|person| person.contact.is_some()));
        assert_eq!(recipients::merge_fields(&people[0])["organization_name"], "Acme");
        assert_eq!(people[0].zones, "America/New_York");
        imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        assert_eq!(enrolled(&world, &campaign).await.len(), 3, "the same list again enrolls nobody again");
    }

    async fn a_zone_from_a_list_adds_to_those_of_the_number(world: World) {
        let campaign = draft(&world).await;
        let list = "Phone,Zone\n+12025550143,America/Los_Angeles\n";
        imported(&world, list, json!({"mapping": {"phone": "Phone", "timezone": "Zone"}, "campaign_id": campaign})).await;
        assert_eq!(enrolled(&world, &campaign).await[0].zones, "America/Los_Angeles&America/New_York");
    }

    async fn a_campaign_tells_the_lists_that_brought_its_people(world: World) {
        let (campaign, other) = (draft(&world).await, draft(&world).await);
        let first = imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        imported(&world, FIVE, wish_with(json!({"campaign_id": other}))).await;
        imported(&world, FIVE, wish()).await;
        let second = imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        let of_campaign = format!("{IMPORTS}?campaign_id={campaign}");
        let page = world.admin.get(&of_campaign).await.expect(200);
        assert_eq!(page["items"], json!([second, first]));
        let cut = world.admin.get(&format!("{of_campaign}&limit=1")).await.expect(200);
        let rest = world.admin.get(&format!("{of_campaign}&cursor={}", cut["next_cursor"].as_str().expect("a cursor"))).await;
        assert_eq!(rest.expect(200)["items"], json!([first]));
        let sales = world.another_department("Sales").await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        assert_eq!(seller.get(&of_campaign).await.expect(200)["items"], json!([]));
        assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"].as_array().map(Vec::len), Some(4));
    }

    async fn only_a_campaign_that_has_not_begun_takes_a_list(world: World) {
        let sales = world.another_department("Sales").await;
        let theirs = world.admin.post("/api/v1/campaigns", json!({"name": "Theirs", "department_id": sales})).await.expect(201);
        let import = bring(&world.admin, FIVE).await;
        for campaign in [theirs["id"].clone(), json!("0190f6a4-5b0e-7000-8000-000000000001")] {
            commit(&world.admin, &import, wish_with(json!({"campaign_id": campaign}))).await.expect_invalid(&["campaign_id"]);
        }
        let campaign = draft(&world).await;
        let (id, now) = (campaign.parse().expect("an id"), world.clock_now());
        let begun = world.app.store.write(Lane::Pages, move |tx| {
            let mut campaign = rows::lock(tx, id)?.expect("the campaign");
            campaign.status = carillon_domain::campaign::CampaignStatus::Paused;
            rows::save(tx, &mut campaign, now)
        });
        begun.await.map_err(|e: StoreError| e).expect("a write");
        commit(&world.admin, &import, wish_with(json!({"campaign_id": campaign}))).await.expect_invalid(&["campaign_id"]);
        assert_eq!(world.admin.get(&path(&import)).await.expect(200)["state"], "uploaded");
    }

    async fn a_campaign_does_not_start_while_a_list_is_still_imported(world: World) {
        let campaign = draft(&world).await;
        let start = format!("/api/v1/campaigns/{campaign}/start");
        let import = bring(&world.admin, FIVE).await;
        let (id, campaign_id) = (import["id"].as_str().expect("an id").parse().expect("an id"), campaign.parse().expect("an id"));
        let now = carillon::clock::Clock::now(&world.clock);
        let wish = imports::Wish {
            mapping: Mapping { phone: "Phone".to_owned(), ..Mapping::default() },
            default_country: carillon_domain::country_code::CountryCode::US,
            duplicates: Duplicates::Skip,
            mode: Mode::Lenient,
            tags: Vec::new(),
            accepted: Accepted::default(),
            fields: carillon_domain::custom_field::CustomFields::default(),
        };
        let begun = world.app.store.write(Lane::Pages, move |tx| imports::begin(tx, id, &wish, Some(campaign_id), now));
        begun.await.map_err(|e: StoreError| e).expect("a write");
        let problem = world.admin.post(&start, json!({})).await.expect_problem(422, "invalid");
        assert!(problem["errors"].to_string().contains("still being imported"), "{problem}");
        world.app.importer.nudge();
        ended(&world, &import).await;
        let problem = world.admin.post(&start, json!({})).await.expect_problem(422, "invalid");
        assert!(!problem["errors"].to_string().contains("still being imported"), "only the carrier is missing now: {problem}");
    }

    async fn an_import_taken_back_takes_its_recipients_along(world: World) {
        let campaign = draft(&world).await;
        let first = imported(&world, "Name,Phone\nAnn,+12025550143\n", wish_with(json!({"campaign_id": campaign}))).await;
        let second = imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        assert_eq!(fates(&second), [2, 0, 2, 1]);
        let undone = world.admin.post(&format!("{}/undo", path(&second)), json!({})).await.expect(200);
        assert_eq!(undone["undo"], json!({"state": "done", "recipients_removed": 2, "contacts_removed": 2}));
        let left: Vec<String> = enrolled(&world, &campaign).await.into_iter().map(|person| person.name).collect();
        assert_eq!(left, ["Ann"], "whom the first list enrolled stays");
        world.admin.post(&format!("{}/undo", path(&first)), json!({})).await.expect(200);
        assert!(enrolled(&world, &campaign).await.is_empty() && book(&world.admin).await.is_empty());
    }

    async fn a_contact_leaves_a_draft_when_it_is_removed_and_stays_while_it_is_to_be_called(world: World) {
        let campaign = draft(&world).await;
        imported(&world, FIVE, wish_with(json!({"campaign_id": campaign}))).await;
        let people = enrolled(&world, &campaign).await;
        let path_of = |person: &Recipient| format!("/api/v1/contacts/{}", person.contact.expect("a contact"));
        world.admin.delete(&path_of(&people[0])).await.expect(204);
        assert_eq!(enrolled(&world, &campaign).await.len(), 2);
        let (id, now) = (campaign.parse().expect("an id"), world.clock_now());
        let begun = world.app.store.write(Lane::Pages, move |tx| {
            let mut campaign = rows::lock(tx, id)?.expect("the campaign");
            campaign.status = carillon_domain::campaign::CampaignStatus::Paused;
            carillon::store::runs::set_state(tx, campaign.run, carillon::store::runs::RunState::Started, campaign.created_at)?;
            rows::save(tx, &mut campaign, now)
        });
        begun.await.map_err(|e: StoreError| e).expect("a write");
        let problem = world.admin.delete(&path_of(&people[1])).await.expect_problem(409, "state-conflict");
        assert_eq!(problem["state"], "paused");
        assert_eq!(enrolled(&world, &campaign).await.len(), 2);
    }
}
