//! The second factor: what an app shows is asked for at each log-in, once, and not of whom has not the password.

use carillon_domain::roles::Role;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha1::Sha1;

use crate::support::{Answer, Client, PASSWORD, World};

const PATH: &str = "/api/v1/account/second-factor";

/// Somebody's phone: an implementation of RFC 6238 of its own.
struct Phone {
    secret: Vec<u8>,
}

impl Phone {
    fn with(secret: &str) -> Self {
        let digit = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("a letter of base32");
        let bits: String = secret.chars().map(|c| format!("{:05b}", digit(c))).collect();
        let byte = |at: usize| u8::from_str_radix(&bits[at..at + 8], 2).expect("eight bits");
        Self { secret: (0..bits.len() / 8).map(|n| byte(n * 8)).collect() }
    }

    /// What it shows so many steps from now.
    fn shows(&self, world: &World, steps: i64) -> String {
        let step = (world.clock_now().as_second() / 30 + steps).to_be_bytes();
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.secret).expect("a key");
        mac.update(&step);
        let digest = mac.finalize().into_bytes();
        let at = (digest[19] & 0xf) as usize;
        let number = digest[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }
}

/// Ann, with a second factor and her recovery codes.
struct Ann {
    token: Client,
    phone: Phone,
    recovery_codes: Vec<String>,
}

async fn ann(world: &World) -> Ann {
    let token = world.person("ann@acme.example", Role::Manager, &[]).await;
    let begun = token.post(PATH, json!({ "password": PASSWORD })).await.expect(200);
    let phone = Phone::with(begun["secret"].as_str().expect("a secret"));
    let on = token.post(&format!("{PATH}/confirm"), json!({ "code": phone.shows(world, 0) })).await.expect(200);
    let codes = on["recovery_codes"].as_array().expect("codes").iter();
    let recovery_codes = codes.map(|code| code.as_str().expect("a text").to_owned()).collect();
    // The code that proved it is used up.
    world.run_for(SignedDuration::from_secs(60)).await;
    Ann { token, phone, recovery_codes }
}

async fn log_in(world: &World, password: &str, code: Option<&str>) -> Answer {
    let mut body = json!({ "email": "ann@acme.example", "password": password });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    world.nobody().post("/api/v1/session", body).await
}

async fn view(client: &Client) -> Value {
    client.get(PATH).await.expect(200)
}

on_both! {
    async fn a_log_in_asks_for_the_code_once_the_app_has_proven_it(world: World) {
        let token = world.person("ann@acme.example", Role::Manager, &[]).await;
        assert_eq!(view(&token).await, json!({ "enabled": false, "recovery_codes_left": 0 }));
        token.post(PATH, json!({ "password": "not the password" })).await.expect_invalid(&["password"]);
        let begun = token.post(PATH, json!({ "password": PASSWORD })).await.expect(200);
        let (secret, url) = (begun["secret"].as_str().expect("a secret"), begun["otpauth_url"].as_str().expect("a url"));
        assert!(url.starts_with("otpauth://totp/Carillon:ann%40acme.example?") && url.contains(secret), "{url}");
        assert_eq!(view(&token).await["enabled"], json!(false));
        log_in(&world, PASSWORD, None).await.expect(200);

        let confirm = |code: String| {
            let token = token.clone();
            async move { token.post(&format!("{PATH}/confirm"), json!({ "code": code })).await }
        };
        let phone = Phone::with(secret);
        confirm(phone.shows(&world, 5)).await.expect_invalid(&["code"]);
        let on = confirm(phone.shows(&world, 0)).await.expect(200);
        assert_eq!(on["recovery_codes"].as_array().map(Vec::len), Some(10));
        assert_eq!(view(&token).await, json!({ "enabled": true, "recovery_codes_left": 10 }));
        confirm(phone.shows(&world, 1)).await.expect_problem(409, "state-conflict");
        token.post(PATH, json!({ "password": PASSWORD })).await.expect_problem(409, "state-conflict");

        log_in(&world, PASSWORD, None).await.expect_problem(401, "second-factor-required");
        log_in(&world, PASSWORD, Some(&phone.shows(&world, 1))).await.expect(200);
    }

    async fn a_code_is_good_once_and_one_step_around_its_own(world: World) {
        let ann = ann(&world).await;
        let refused = |answer: Answer| answer.expect_problem(401, "second-factor-required");
        for steps in [-2, 2] {
            refused(log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, steps))).await);
        }
        log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, -1))).await.expect(200);
        log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, 0))).await.expect(200);
        refused(log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, 0))).await);
        refused(log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, -1))).await);
        world.run_for(SignedDuration::from_secs(30)).await;
        log_in(&world, PASSWORD, Some(&ann.phone.shows(&world, 0))).await.expect(200);
    }

    async fn of_two_log_ins_with_one_code_one_comes_in(world: World) {
        let ann = ann(&world).await;
        let code = ann.phone.shows(&world, 0);
        let both = futures_util::future::join(log_in(&world, PASSWORD, Some(&code)), log_in(&world, PASSWORD, Some(&code)));
        let (one, other) = both.await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }

    async fn a_recovery_code_lets_in_once(world: World) {
        let ann = ann(&world).await;
        let typed = ann.recovery_codes[3].to_lowercase().replace('-', " ");
        log_in(&world, PASSWORD, Some(&typed)).await.expect(200);
        assert_eq!(view(&ann.token).await["recovery_codes_left"], json!(9));
        log_in(&world, PASSWORD, Some(&typed)).await.expect_problem(401, "second-factor-required");
        log_in(&world, PASSWORD, Some(&ann.recovery_codes[4])).await.expect(200);
        let stored = world.stored_texts().await.concat();
        assert!(ann.recovery_codes.iter().all(|code| !stored.contains(code.as_str())));
    }

    async fn without_the_password_nobody_learns_that_there_is_a_second_factor(world: World) {
        let ann = ann(&world).await;
        let code = ann.phone.shows(&world, 0);
        let wrong = log_in(&world, "not the password", Some(&code)).await.expect_problem(401, "unauthenticated");
        let unknown = json!({ "email": "nobody@acme.example", "password": PASSWORD, "code": code });
        assert_eq!(wrong, world.nobody().post("/api/v1/session", unknown).await.expect_problem(401, "unauthenticated"));
        log_in(&world, PASSWORD, Some(&code)).await.expect(200);
    }

    async fn codes_are_throttled_like_passwords(world: World) {
        let ann = ann(&world).await;
        for n in 0..5 {
            log_in(&world, PASSWORD, Some(&format!("{n:06}"))).await.expect_problem(401, "second-factor-required");
        }
        let right = ann.phone.shows(&world, 0);
        log_in(&world, PASSWORD, Some(&right)).await.expect_problem(429, "too-many-requests");
        let off = json!({ "password": PASSWORD, "code": "000000" });
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(ann.token.post(&format!("{PATH}/off"), off.clone()).await.status);
        }
        assert!(statuses.starts_with(&[422]) && statuses.ends_with(&[429]), "{statuses:?}");
        assert_eq!(view(&ann.token).await["enabled"], json!(true));
    }

    async fn it_is_switched_off_with_password_and_code(world: World) {
        let ann = ann(&world).await;
        let off = |password: &str, code: String| {
            let (token, body) = (ann.token.clone(), json!({ "password": password, "code": code }));
            async move { token.post(&format!("{PATH}/off"), body).await }
        };
        off("not the password", ann.phone.shows(&world, 0)).await.expect_invalid(&["password"]);
        off(PASSWORD, ann.phone.shows(&world, 3)).await.expect_invalid(&["code"]);
        off(PASSWORD, ann.recovery_codes[0].clone()).await.expect(204);
        assert_eq!(view(&ann.token).await, json!({ "enabled": false, "recovery_codes_left": 0 }));
        off(PASSWORD, ann.phone.shows(&world, 0)).await.expect_problem(409, "state-conflict");
        log_in(&world, PASSWORD, None).await.expect(200);
        let again = ann.token.post(PATH, json!({ "password": PASSWORD })).await.expect(200);
        assert_ne!(Phone::with(again["secret"].as_str().expect("a secret")).secret, ann.phone.secret);
    }

    async fn turning_it_on_ends_the_sessions_that_came_without_it(world: World) {
        let token = world.person("ann@acme.example", Role::Manager, &[]).await;
        let here = world.nobody().with_cookies_of(&log_in(&world, PASSWORD, None).await);
        let there = world.nobody().with_cookies_of(&log_in(&world, PASSWORD, None).await);
        let begun = here.post(PATH, json!({ "password": PASSWORD })).await.expect(200);
        let phone = Phone::with(begun["secret"].as_str().expect("a secret"));
        here.post(&format!("{PATH}/confirm"), json!({ "code": phone.shows(&world, 0) })).await.expect(200);
        here.get("/api/v1/session").await.expect(200);
        there.get("/api/v1/session").await.expect(401);
        token.get("/api/v1/session").await.expect(200);
    }

    async fn an_administrator_switches_a_lost_one_off_and_that_is_kept(world: World) {
        let ann = ann(&world).await;
        let id = ann.token.get("/api/v1/session").await.expect(200)["user"]["id"].clone();
        let path = format!("/api/v1/users/{}", id.as_str().expect("an id"));
        let before = world.admin.get(&path).await.expect(200);
        assert_eq!(before["second_factor"], json!(true));
        let listed = world.admin.get("/api/v1/users").await.expect(200);
        let on: Vec<&Value> = listed["items"].as_array().expect("people").iter().map(|one| &one["second_factor"]).collect();
        assert_eq!(on, [&json!(false), &json!(true)], "the administrator and Ann");
        let change = |value: bool| world.admin.patch(&path, json!({ "version": 1, "second_factor": value }));
        change(true).await.expect_invalid(&["second_factor"]);
        ann.token.patch(&path, json!({ "version": 1, "second_factor": false })).await.expect_problem(403, "forbidden");
        assert_eq!(change(false).await.expect(200)["second_factor"], json!(false));
        log_in(&world, PASSWORD, None).await.expect(200);
        let kept = world.stored_texts().await;
        assert!(kept.iter().any(|text| text.contains("\"second_factor\":true")), "{kept:?}");
    }

    async fn another_password_does_not_do_away_with_it(world: World) {
        let ann = ann(&world).await;
        let change = json!({ "current_password": PASSWORD, "password": "another horse" });
        ann.token.post("/api/v1/account/password", change).await.expect(204);
        log_in(&world, "another horse", None).await.expect_problem(401, "second-factor-required");
        log_in(&world, "another horse", Some(&ann.phone.shows(&world, 0))).await.expect(200);
    }
}
