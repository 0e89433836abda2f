//! The organization's settings: every field and every bound.

use serde_json::{Value, json};

on_both! {
    async fn settings_begin_with_the_promised_defaults(world: World) {
        let settings = world.admin.get("/api/v1/settings").await.expect(200);
        let expected = json!({
            "version": 1, "timezone": "America/New_York", "default_country": "US", "max_concurrent_campaigns": 10,
            "max_concurrent_calls": 100, "calls_per_second": 1.0, "default_max_attempts": 3,
            "default_retry_delay_s": 3600, "ring_timeout_s": 30,
            "recipient_hours": { "enabled": true, "start": "08:00", "end": "21:00" },
            "attempts_per_number_per_day": 3, "allowed_countries": ["US"], "min_retry_delay_s": 900,
        });
        assert_eq!(settings, expected);
    }

    async fn every_setting_has_its_bounds(world: World) {
        let cases: [(&str, &[Value], &[Value]); 11] = [
            ("max_concurrent_campaigns", &[json!(1), json!(1000)], &[json!(0), json!(1001), json!(-1), json!(1.5), json!("1"), Value::Array(vec![])]),
            ("max_concurrent_calls", &[json!(1), json!(100_000)], &[json!(0), json!(100_001)]),
            ("calls_per_second", &[json!(0.1), json!(10_000)], &[json!(0.09), json!(0), json!(10_001), json!(-1), json!("1")]),
            ("default_max_attempts", &[json!(1), json!(5)], &[json!(0), json!(6), json!(256)]),
            ("default_retry_delay_s", &[json!(900), json!(86_400)], &[json!(899), json!(86_401)]),
            ("ring_timeout_s", &[json!(5), json!(60)], &[json!(4), json!(61)]),
            ("attempts_per_number_per_day", &[json!(1), json!(100), Value::Null], &[json!(0), json!(101)]),
            ("timezone", &[json!("Europe/Berlin"), json!("UTC")], &[json!("Mars/Base"), json!(""), json!(1)]),
            ("default_country", &[json!("GB"), json!("US")], &[json!("us"), json!("XX"), json!("")]),
            ("allowed_countries", &[json!(["US", "CA"])], &[json!([]), json!("US")]),
            (
                "recipient_hours",
                &[json!({ "enabled": false, "start": "09:00", "end": "20:30" })],
                &[json!({ "enabled": true })],
            ),
        ];
        for (field, good, bad) in cases {
            for value in good {
                let mut settings = world.admin.get("/api/v1/settings").await.expect(200);
                settings[field] = value.clone();
                let changed = world.admin.put("/api/v1/settings", settings).await.expect(200);
                assert_eq!(changed[field].as_f64(), value.as_f64());
                assert_eq!(world.admin.get("/api/v1/settings").await.expect(200), changed);
            }
            for value in bad {
                let mut settings = world.admin.get("/api/v1/settings").await.expect(200);
                settings[field] = value.clone();
                let problem = world.admin.put("/api/v1/settings", settings).await.expect_problem(422, "invalid");
                let named = problem["errors"][0]["field"].as_str().unwrap_or_default();
                assert!(named.starts_with(field), "{field} {value}: {problem}");
            }
        }
    }

    async fn the_shortest_retry_delay_is_read_here_and_set_in_the_configuration(world: World) {
        let settings = world.admin.get("/api/v1/settings").await.expect(200);
        world.admin.put("/api/v1/settings", settings.clone()).await.expect(200);
        let other = json!({ "version": 2, "min_retry_delay_s": 60 });
        world.admin.put("/api/v1/settings", other).await.expect_invalid(&["min_retry_delay_s"]);
        assert_eq!(world.admin.get("/api/v1/settings").await.expect(200)["min_retry_delay_s"], settings["min_retry_delay_s"]);
    }

    async fn what_is_left_out_stays_and_what_is_unknown_is_refused(world: World) {
        let changed = world.admin.put("/api/v1/settings", json!({ "version": 1, "ring_timeout_s": 20 })).await.expect(200);
        assert_eq!((&changed["ring_timeout_s"], &changed["max_concurrent_calls"]), (&json!(20), &json!(100)));
        world.admin.put("/api/v1/settings", json!({ "version": 2, "rings": 3 })).await.expect_invalid(&["rings"]);
        world.admin.put("/api/v1/settings", json!({ "ring_timeout_s": 20 })).await.expect_invalid(&["version"]);
        let hours = json!({ "version": 2, "recipient_hours": { "enabled": true, "start": "21:00", "end": "08:00" } });
        world.admin.put("/api/v1/settings", hours).await.expect_invalid(&["recipient_hours.end"]);
        let stale = world.admin.put("/api/v1/settings", json!({ "version": 1, "ring_timeout_s": 25 })).await;
        assert_eq!(stale.expect_problem(409, "version-conflict")["current"], changed);
    }

    async fn the_allowed_countries_follow_the_default_country_until_somebody_names_them(world: World) {
        let put = |body: Value| world.admin.put("/api/v1/settings", body);
        let german = put(json!({ "version": 1, "default_country": "DE" })).await.expect(200);
        assert_eq!(german["allowed_countries"], json!(["DE"]));
        put(json!({ "version": 2, "allowed_countries": ["DE", "FR"] })).await.expect(200);
        let french = put(json!({ "version": 3, "default_country": "FR" })).await.expect(200);
        assert_eq!(french["allowed_countries"], json!(["DE", "FR"]));
    }
}
