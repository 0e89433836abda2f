//! The system's health, as administrators see it: figures with targets, and loops with their last look.

use carillon::store::{Engine, Lane, StoreError, nodes};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::roles::Role;
use carillon_simulator::{Chance, FaultPlan};
use serde_json::{Value, json};

use crate::support::{World, minutes, numbers, seconds};

async fn health(world: &World) -> Value {
    world.admin.get("/api/v1/health").await.expect(200)
}

/// A figure of an answer.
fn figure<'h>(health: &'h Value, name: &str) -> &'h Value {
    let figures = health["figures"].as_array().expect("figures");
    figures.iter().find(|figure| figure["name"] == name).unwrap_or_else(|| panic!("no {name} in {figures:?}"))
}

fn value(health: &Value, name: &str) -> f64 {
    figure(health, name)["value"].as_f64().unwrap_or_else(|| panic!("{name}: {}", figure(health, name)))
}

on_both! {
    async fn every_figure_has_a_value_a_target_and_a_level(world: World) {
        world.run_for(minutes(1)).await;
        let health = health(&world).await;
        let figures = health["figures"].as_array().expect("figures");
        let names: Vec<&str> = figures.iter().filter_map(|figure| figure["name"].as_str()).collect();
        let expected = [
            "campaigns_active", "calls_under_way", "calls_per_minute", "backlog", "carrier_latency_median",
            "carrier_latency_p99", "carrier_error_rate", "database", "database_size", "commit_latency_p99", "disk_free",
            "nodes",
        ];
        assert_eq!(names, expected);
        for figure in figures {
            assert!(figure["target_code"].as_str().is_some_and(|code| {
                // A code that speaks of a bound brings it, and the words name the same one.
                let is_plain = ["as_limits_allow", "answers", "room_to_grow", "as_expected"].contains(&code);
                is_plain == figure["target_value"].is_null()
            }), "{figure}");
            assert!(figure["target"].as_str().is_some_and(|words| !words.is_empty()), "{figure}");
            assert!(figure["unit"].is_string(), "{figure}");
            // The disk is the machine's own, and may be full.
            assert!(figure["level"] == "good" || figure["name"] == "disk_free", "{figure}");
        }
        let kind = if world.app.store.engine() == Engine::Sqlite { "SQLite 3" } else { "PostgreSQL 1" };
        assert!(figure(&health, "database")["value"].as_str().is_some_and(|words| words.starts_with(kind)));
        assert!(value(&health, "database_size") > 10_000.0 && value(&health, "disk_free") > 0.0);
        assert_eq!(figure(&health, "carrier_latency_median")["value"], Value::Null, "nobody was called");
        assert_eq!(health["as_of"], json!(world.clock_now().to_string()));
    }

    async fn every_loop_says_when_it_last_looked(world: World) {
        world.run_for(seconds(5)).await;
        let health = health(&world).await;
        let loops = health["loops"].as_array().expect("loops");
        let names: Vec<&str> = loops.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names, ["bookkeeper", "changer", "dialer", "expirer", "importer", "indexer", "reconciler", "refresher", "scheduler", "sweeper"]);
        for one in loops {
            assert!(one["last_tick_at"].as_str().is_some_and(|at| at.starts_with("2026-03-02T15:00:0")), "{one}");
            assert_eq!(one["level"], "good", "{one}");
        }
    }

    async fn nodes_that_live_are_counted_and_those_that_ended_are_not(world: World) {
        assert_eq!(value(&health(&world).await, "nodes"), 1.0);
        let now = world.clock_now();
        let beat = world.app.store.write(Lane::Pages, move |tx| nodes::beat(tx, "another", now)).await;
        beat.map_err(|e: StoreError| e).expect("a write");
        assert_eq!(value(&health(&world).await, "nodes"), 2.0);
        world.run_for(minutes(2)).await;
        assert_eq!(value(&health(&world).await, "nodes"), 1.0);
    }

    async fn a_manager_does_not_see_the_systems_health(world: World) {
        let manager = world.person("manager@acme.example", Role::Manager, &[world.department]).await;
        manager.get("/api/v1/health").await.expect_problem(403, "forbidden");
    }
}

on_both_stages! {
    async fn a_campaign_under_way_shows_in_the_figures(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 1.0).await;
        let play = stage.campaign(&numbers(100), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(30)).await;
        let now = health(&stage.world).await;
        let called = f64::from(u32::try_from(play.counts().await.called).expect("a few"));
        assert!((25.0..=35.0).contains(&called), "a call a second: {called}");
        assert_eq!(value(&now, "campaigns_active"), 1.0);
        assert_eq!(value(&now, "calls_per_minute"), called);
        assert!((100.0 - called - value(&now, "backlog")).abs() <= 1.0, "the others are due: {now}");
        assert!(value(&now, "calls_under_way") > 0.0);
        assert_eq!(value(&now, "carrier_error_rate"), 0.0);
        assert!(value(&now, "carrier_latency_p99") >= value(&now, "carrier_latency_median"));
        assert!(figure(&now, "commit_latency_p99")["value"].is_number(), "claims were committed");
        play.pause().await.expect("it pauses");
        let paused = health(&stage.world).await;
        assert_eq!((value(&paused, "campaigns_active"), value(&paused, "backlog")), (0.0, 0.0));
    }

    async fn whom_a_test_of_the_first_people_holds_back_is_no_backlog(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 0.1).await;
        let play = stage.campaign(&numbers(20), |_| {}).await;
        play.start_with_first(5).await;
        stage.world.run_for(seconds(15)).await;
        let now = health(&stage.world).await;
        let called = f64::from(u32::try_from(play.counts().await.called).expect("a few"));
        assert!((1.0..=3.0).contains(&called), "a call each ten seconds: {called}");
        assert!((5.0 - called - value(&now, "backlog")).abs() <= 1.0, "fifteen are held back: {now}");
    }

    async fn what_waits_for_its_hours_is_no_backlog(stage: Stage) {
        let play = stage.campaign(&numbers(5), |settings: &mut CampaignSettings| {
            settings.recipient_hours.start = "20:00".parse().expect("a time");
        }).await;
        play.start().await;
        stage.world.run_for(minutes(1)).await;
        let now = health(&stage.world).await;
        assert_eq!((value(&now, "campaigns_active"), value(&now, "backlog")), (1.0, 0.0));
        assert_eq!(figure(&now, "backlog")["level"], "good");
    }

    async fn a_carrier_that_does_not_answer_shows_in_the_error_rate(stage: Stage) {
        let mut faults = FaultPlan::default();
        faults.create.too_many_requests = Chance::always();
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(20)).await;
        let now = health(&stage.world).await;
        assert_eq!(value(&now, "carrier_error_rate"), 100.0);
        assert_eq!(figure(&now, "carrier_error_rate")["level"], "bad");
        assert_eq!(figure(&now, "backlog")["level"], "warn", "people are due and nobody is called");
    }
}
