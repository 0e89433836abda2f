//! The carrier's account: secrets that go in and never come out, and the check.

use carillon_domain::roles::Role;
use serde_json::{Value, json};

const CARRIER: &str = "/api/v1/carrier";

fn account() -> Value {
    json!({
        "account_sid": "AC00000000000000000000000000000001", "auth_token": "s3cret-token-in",
        "api_key_sid": "SK1", "api_key_secret": "s3cret-key-in", "caller_ids": ["+12025550100"],
        "public_url": "https://calls.example",
    })
}

on_both! {
    async fn secrets_are_kept_and_never_shown(world: World) {
        assert_eq!(world.admin.get(CARRIER).await.expect(200)["version"], 0);
        let entered = world.admin.put(CARRIER, account()).await;
        assert_eq!(entered.expect(200)["auth_token_set"], true);
        let kept = world.admin.put(CARRIER, json!({ "version": 1, "caller_ids": ["+12025550101"] })).await;
        let view = kept.expect(200);
        assert_eq!((&view["auth_token_set"], &view["api_key_secret_set"]), (&json!(true), &json!(true)));
        assert_eq!(view["caller_ids"], json!(["+12025550101"]));
        let taken = world.admin.put(CARRIER, json!({ "version": 2, "api_key_secret": null, "api_key_sid": "" })).await;
        let view = taken.expect(200);
        assert_eq!((&view["api_key_secret_set"], &view["api_key_sid"]), (&json!(false), &Value::Null));
        let stale = world.admin.put(CARRIER, json!({ "version": 1, "auth_token": "s3cret-stale" })).await;
        stale.expect_problem(409, "version-conflict");
        let broken = world.admin.put(CARRIER, json!({ "version": 3, "auth_token": "s3cret with blanks" })).await;
        broken.expect_invalid(&["auth_token"]);
        for answer in [entered, kept, taken, stale, broken, world.admin.get(CARRIER).await] {
            assert!(!answer.text.contains("s3cret"), "{}", answer.text);
        }
        for text in world.stored_texts().await {
            assert!(!text.contains("s3cret"), "{text}");
        }
    }

    async fn every_field_of_the_account_is_checked(world: World) {
        let put = |field: &'static str, value: Value| {
            let mut body = account();
            body[field] = value;
            let admin = world.admin.clone();
            async move { admin.put(CARRIER, body).await }
        };
        put("account_sid", json!("AC/../1")).await.expect_invalid(&["account_sid"]);
        put("account_sid", json!("")).await.expect_invalid(&["account_sid"]);
        put("twiml_app_sid", json!("a b")).await.expect_invalid(&["twiml_app_sid"]);
        put("caller_ids", json!(["+12025550100", "2025550101"])).await.expect_invalid(&["caller_ids[1]"]);
        put("caller_ids", json!(["+12025550100", "+12025550100"])).await.expect_invalid(&["caller_ids[1]"]);
        put("public_url", json!("calls.example")).await.expect_invalid(&["public_url"]);
        put("public_url", json!("https://my_host.example")).await.expect_invalid(&["public_url"]);
        put("colors", json!("x")).await.expect_invalid(&["colors"]);
        let mut nameless = account();
        nameless.as_object_mut().expect("an object").remove("account_sid");
        world.admin.put(CARRIER, nameless).await.expect_invalid(&["account_sid"]);
        assert_eq!(world.admin.get(CARRIER).await.expect(200)["version"], 0);
    }

    async fn who_edits_campaigns_reads_the_numbers_to_call_from_and_nothing_else(world: World) {
        let manager = world.person("manager@acme.example", Role::Manager, &[]).await;
        let path = "/api/v1/caller-ids";
        assert_eq!(manager.get(path).await.expect(200), json!({ "items": [], "next_cursor": null }));
        let mut entered = account();
        entered["caller_ids"] = json!(["+12025550100", "+12025550101"]);
        world.admin.put(CARRIER, entered).await.expect(200);
        let expected = json!([
            { "number": "+12025550100", "is_default": true },
            { "number": "+12025550101", "is_default": false },
        ]);
        assert_eq!(manager.get(path).await.expect(200)["items"], expected);
        manager.get(CARRIER).await.expect_problem(403, "forbidden");
    }

    async fn an_account_says_which_public_address_is_in_force(world: World) {
        let in_force = |view: &Value| (view["public_url_in_force"].clone(), view["public_url_from"].clone());
        let configured = world.admin.get(CARRIER).await.expect(200);
        let expected = world.app.config.public_url.as_ref().map_or((Value::Null, Value::Null), |url| (json!(url), json!("configuration")));
        assert_eq!(in_force(&configured), expected);
        let entered = world.admin.put(CARRIER, account()).await.expect(200);
        assert_eq!(in_force(&entered), (json!("https://calls.example"), json!("carrier")));
        let taken = world.admin.put(CARRIER, json!({ "version": 1, "public_url": null })).await.expect(200);
        assert_eq!(in_force(&taken), expected);
    }

    async fn a_check_without_an_account_says_what_to_enter(world: World) {
        let check = world.admin.post(&format!("{CARRIER}/check"), json!({})).await.expect(200);
        assert_eq!((&check["ok"], &check["checks"][0]["verdict"]), (&json!(false), &json!("failed")));
        assert!(check["checks"][0]["mend"].is_string(), "{check}");
        assert_eq!(check["checks"][0]["code"], "account_missing");
    }
}

fn verdicts(check: &Value) -> Vec<(String, String)> {
    let word = |finding: &Value, member: &str| finding[member].as_str().unwrap_or_default().to_owned();
    let findings = check["checks"].as_array().cloned().unwrap_or_default();
    findings.iter().map(|finding| (word(finding, "check"), word(finding, "verdict"))).collect()
}

on_both_stages! {
    async fn the_check_asks_the_carrier_and_our_own_address(stage: Stage) {
        let admin = &stage.world.admin;
        let check = admin.post(&format!("{CARRIER}/check"), json!({})).await.expect(200);
        let all = ["credentials", "balance", "numbers", "webhooks"].map(|name| (name.to_owned(), "ok".to_owned()));
        assert_eq!((&check["ok"], verdicts(&check)), (&json!(true), all.to_vec()), "{check}");

        let version = admin.get(CARRIER).await.expect(200)["version"].clone();
        let body = json!({ "version": version, "caller_ids": ["+12025550199"], "public_url": "http://127.0.0.1:1" });
        let version = admin.put(CARRIER, body).await.expect(200)["version"].clone();
        let check = admin.post(&format!("{CARRIER}/check"), json!({})).await.expect(200);
        let failed = verdicts(&check).into_iter().filter(|(_, verdict)| verdict == "failed");
        assert_eq!(failed.map(|(name, _)| name).collect::<Vec<_>>(), ["numbers", "webhooks"], "{check}");
        assert!(!check.to_string().contains("+12025550199"), "{check}");

        admin.put(CARRIER, json!({ "version": version, "auth_token": "wrong" })).await.expect(200);
        let check = admin.post(&format!("{CARRIER}/check"), json!({})).await.expect(200);
        assert_eq!(verdicts(&check)[0], ("credentials".to_owned(), "failed".to_owned()), "{check}");
        assert_eq!(check["checks"][0]["code"], "credentials_refused", "{check}");
    }
}
