//! A fresh list for each run: the sheet is fetched again shortly before, and without it nobody is called.
//!
//! Stories begin on Monday, 2 March 2026, at ten in the morning in New York; runs are at noon, and their lists are fetched
//! at ten to. What a link may be and how a sheet is refused at its first import is told in `imports::sheets`.

use std::sync::Arc;

use carillon::app;
use carillon::chance::Chance;
use carillon::store::{Engine, Lane, StoreError, list_refreshes};
use carillon_simulator::Mix;
use serde_json::{Value, json};

use super::{Board, Desk, items, path_of, text};
use crate::support::{SheetAnswer, SheetHost, SheetStage, hours, minutes, number, seconds};

const LINK: &str = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789/edit#gid=7";
const TARGET: &str = "/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789/export?format=csv&gid=7";

/// People of the sheet: which number has which name.
fn sheet(people: &[(usize, &str)]) -> String {
    let rows: String = people.iter().map(|(n, name)| format!("{name},{}\n", number(*n))).collect();
    format!("Name,Phone\n{rows}")
}

fn put(host: &SheetHost, people: &[(usize, &str)]) {
    host.put(TARGET, SheetAnswer::csv(sheet(people)));
}

/// So many people, the first with number 0.
fn crowd(count: usize) -> Vec<(usize, &'static str)> {
    (0..count).map(|n| (n, "Somebody")).collect()
}

fn daily(count: u32) -> Value {
    json!({
        "kind": "recurring", "at": "2026-03-02T12:00", "timezone": "America/New_York",
        "every": {"unit": "day", "interval": 1}, "until": {"kind": "occurrences", "count": count},
        "contacts": "refresh_sheet",
    })
}

/// A draft whose list came from the sheet as it is now.
async fn draft<'s>(desk: &Desk<'s>, schedule: Value) -> Board<'s> {
    let message = json!({ "kind": "tts", "text": "Hello {{name}}" });
    let new = json!({ "name": "A story", "message": message, "schedule": schedule });
    let draft = desk.manager.post("/api/v1/campaigns", new).await.expect(201);
    let import = desk.manager.post("/api/v1/imports", json!({ "google_sheet_url": LINK })).await.expect(201);
    let wish = json!({
        "mapping": {"phone": "Phone", "name": "Name"}, "duplicates": "update", "campaign_id": draft["id"],
    });
    desk.manager.post(&format!("/api/v1/imports/{}/commit", text(&import["id"])), wish).await.expect(202);
    desk.stage.world.run_for(seconds(5)).await;
    Board { stage: desk.stage, client: desk.manager.clone(), path: path_of(&draft) }
}

async fn scheduled<'s>(desk: &Desk<'s>, schedule: Value) -> Board<'s> {
    let board = draft(desk, schedule).await;
    assert_eq!(board.act("schedule").await["status"], "scheduled");
    board
}

async fn desk(told: &SheetStage) -> Desk<'_> {
    told.stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
    Desk::at(&told.stage).await
}

/// The numbers that were called since this was last asked, in their order.
fn called(told: &SheetStage, before: usize) -> Vec<String> {
    let mut numbers: Vec<String> = told.stage.requests()[before..].iter().map(|request| request.to.clone()).collect();
    numbers.sort();
    numbers
}

/// The runs, the first at the front.
async fn runs(board: &Board<'_>) -> Vec<Value> {
    let mut runs = items(&board.get("runs").await);
    runs.reverse();
    runs
}

fn figures(run: &Value) -> [i64; 5] {
    ["added", "changed", "gone", "same", "rejected"].map(|name| run["list"][name].as_i64().expect("a figure"))
}

async fn changes(board: &Board<'_>, run: &Value, kind: &str) -> Vec<(String, String)> {
    let page = board.get(&format!("runs/{}/list-changes?kind={kind}", text(&run["id"]))).await;
    items(&page).iter().map(|one| (text(&one["name"]), text(&one["phone"]))).collect()
}

async fn log_kinds(board: &Board<'_>) -> Vec<String> {
    let lines = items(&board.get("log?limit=200").await);
    let kinds = lines.iter().rev().map(|line| text(&line["kind"]));
    kinds.skip_while(|kind| kind != "scheduled").collect()
}

async fn last_words(board: &Board<'_>, kind: &str) -> String {
    let lines = items(&board.get("log?limit=200").await);
    text(&lines.iter().find(|line| line["kind"] == kind).expect("a line of this kind")["message"])
}

/// The list for today's run is not there: nobody is called, and everybody is told why.
async fn failed(board: &Board<'_>, told: &SheetStage, words: &str) {
    let campaign = board.campaign().await;
    assert_eq!(campaign["status"], "failed", "{campaign}");
    let reason = text(&campaign["status_reason"]);
    assert!(reason.contains(words) && reason.contains("then resume"), "{words}: {reason}");
    let runs = runs(board).await;
    let (failed, next) = (&runs[runs.len() - 2], &runs[runs.len() - 1]);
    assert_eq!((&failed["state"], &failed["occurrence"]), (&json!("failed"), &json!("2026-03-02T12:00")), "{failed}");
    assert!(text(&failed["reason"]).contains(words), "{failed}");
    assert_eq!((&next["state"], &next["occurrence"]), (&json!("prepared"), &json!("next")), "{next}");
    assert_eq!(told.stage.requests().len(), 0, "nobody is called from the list before");
    let why = board.get("explain").await;
    assert!(text(&why["blockers"][0]["message"]).contains(words), "{why}");
}

on_both! {
    // The guide's example: "Contacts: Import fresh from Google Sheet each run".
    async fn each_run_calls_exactly_who_is_in_the_sheet_then(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann"), (1, "Bob"), (2, "Cid")]);
        let board = scheduled(&desk, daily(2)).await;
        let source = board.campaign().await["list_source"].clone();
        assert_eq!((&source["kind"], &source["url"], &source["tab"]), (&json!("google_sheet"), &json!(LINK), &json!(7)));
        assert!(source["import_id"].is_string() && source["imported_at"].is_string(), "{source}");

        put(&told.host, &[(1, "Bob"), (2, "Cid the Second"), (3, "Dan")]);
        board.watch(minutes(105), minutes(15)).await;
        assert_eq!(told.host.asked().len(), 1, "not before ten to twelve");
        board.watch(minutes(10), minutes(5)).await;
        assert_eq!((told.host.asked().len(), told.stage.requests().len()), (2, 0));
        assert_eq!(board.figures(["total", "remaining"]).await, [3, 3]);
        board.watch(minutes(15), minutes(5)).await;
        assert_eq!(called(&told, 0), [number(1), number(2), number(3)]);

        put(&told.host, &[(3, "Dan"), (4, "Eve")]);
        board.watch(hours(24), hours(1)).await;
        assert_eq!(called(&told, 3), [number(3), number(4)]);
        assert_eq!(board.status().await, "completed");

        let runs = runs(&board).await;
        assert_eq!(runs.iter().map(|run| text(&run["state"])).collect::<Vec<_>>(), ["finished", "finished"]);
        assert_eq!(figures(&runs[0]), [1, 1, 1, 1, 0], "{}", runs[0]);
        assert_eq!(figures(&runs[1]), [1, 0, 2, 1, 0], "{}", runs[1]);
        assert_eq!(changes(&board, &runs[0], "added").await, [("Dan".to_owned(), number(3))]);
        assert_eq!(changes(&board, &runs[0], "changed").await, [("Cid the Second".to_owned(), number(2))]);
        assert_eq!(changes(&board, &runs[0], "gone").await, [("Ann".to_owned(), number(0))]);
        assert_eq!(changes(&board, &runs[1], "gone").await.len(), 2);
        let path = format!("runs/{}/list-changes", text(&runs[1]["id"]));
        let first = board.get(&format!("{path}?kind=gone&limit=1")).await;
        let rest = board.get(&format!("{path}?kind=gone&cursor={}", text(&first["next_cursor"]))).await;
        assert_eq!((items(&first).len(), items(&rest).len()), (1, 1));
        board.client.get(&format!("{}/{path}?kind=all", board.path)).await.expect_invalid(&["kind"]);

        assert_eq!(log_kinds(&board).await, ["scheduled", "list_fetched", "started", "run_done", "list_fetched", "started", "completed"]);
        assert!(last_words(&board, "list_fetched").await.ends_with("1 came, 0 changed, 2 left, 1 are as before"));
        let import = desk.manager.get(&format!("/api/v1/imports/{}", text(&runs[1]["list"]["import_id"]))).await.expect(200);
        assert_eq!((&import["source"], &import["run_id"], &import["state"]), (&json!("google_sheet"), &runs[1]["id"], &json!("done")));
        let book = desk.manager.get("/api/v1/contacts?limit=50").await.expect(200);
        assert_eq!(items(&book).len(), 5, "who left the sheet stays in the book");
        told.stage.assert_ledgers_agree().await;
    }

    async fn edge_case_49_a_sheet_that_became_private_stops_its_run_until_somebody_resumes(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann"), (1, "Bob")]);
        let board = scheduled(&desk, daily(1)).await;
        told.host.put(TARGET, SheetAnswer::redirect(302, "https://accounts.google.com/ServiceLogin?continue=x"));
        board.watch(minutes(115), minutes(15)).await;
        failed(&board, &told, "is not shared").await;
        assert_eq!(told.host.asked().len(), 2, "asking again would not mend it");
        board.watch(hours(24), hours(1)).await;
        failed(&board, &told, "is not shared").await;
        // The way out: mended and resumed, the next run has its list.
        put(&told.host, &[(1, "Bob"), (2, "Cid")]);
        assert_eq!(board.act("resume").await["status"], "scheduled");
        board.watch(hours(24), hours(1)).await;
        assert_eq!(called(&told, 0), [number(1), number(2)]);
        assert_eq!(board.status().await, "completed");
        let runs = runs(&board).await;
        assert_eq!(figures(&runs[1]), [1, 0, 1, 1, 0], "against the last list that came");
    }

    async fn a_sheet_that_is_mended_in_time_is_called_in_time(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann")]);
        let board = scheduled(&desk, daily(1)).await;
        told.host.put(TARGET, SheetAnswer::page(404));
        board.watch(minutes(112), minutes(16)).await;
        failed(&board, &told, "deleted").await;
        put(&told.host, &[(0, "Ann")]);
        board.act("resume").await;
        board.watch(minutes(15), minutes(3)).await;
        assert_eq!((called(&told, 0), board.status().await.as_str()), (vec![number(0)], "completed"));
    }

    async fn a_sheet_that_is_half_or_none_stops_its_run_with_the_reason(told: SheetStage) {
        let desk = desk(&told).await;
        let others = [
            (SheetAnswer::csv("Name,Mobile\nAnn,+12125552000\n"), "no column \"Phone\""),
            (SheetAnswer::csv("Name,Phone\n"), "no rows"),
            (SheetAnswer::csv(""), "empty"),
            (SheetAnswer::csv(sheet(&crowd(12)) + "\"Zoe,+12125552"), "a quotation mark is opened"),
            (SheetAnswer::csv(sheet(&crowd(5))), "only 5 of the 12 rows"),
            (SheetAnswer::page(200), "a page instead of rows"),
            (SheetAnswer::page(400), "no such tab"),
            (SheetAnswer::redirect(302, "http://169.254.169.254/latest/meta-data"), "leads away"),
        ];
        shortly_before_noon(&desk).await;
        for (answer, words) in others {
            put(&told.host, &crowd(12));
            let board = draft(&desk, daily(1)).await;
            told.host.put(TARGET, answer);
            board.act("schedule").await;
            told.stage.world.run_for(seconds(5)).await;
            failed(&board, &told, words).await;
            board.act("stop").await;
        }
        // A list that shrank is taken when a person says so, or when the schedule does.
        put(&told.host, &crowd(12));
        let board = draft(&desk, daily(1)).await;
        put(&told.host, &crowd(5));
        board.act("schedule").await;
        told.stage.world.run_for(seconds(5)).await;
        failed(&board, &told, "only 5 of the 12 rows").await;
        board.act("resume").await;
        assert!(last_words(&board, "resumed").await.contains("the shorter list is taken"));
        board.watch(minutes(12), minutes(4)).await;
        assert_eq!((told.stage.requests().len(), board.status().await.as_str()), (5, "completed"));
    }

    async fn a_cause_that_passes_is_waited_for_until_the_grace_is_over(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann")]);
        let board = scheduled(&desk, daily(1)).await;
        told.host.put(TARGET, SheetAnswer::page(429));
        board.watch(minutes(122), minutes(61)).await;
        assert_eq!((board.status().await.as_str(), told.stage.requests().len()), ("scheduled", 0), "it is noon and after");
        let why = board.get("explain").await;
        assert_eq!(why["blockers"][0]["kind"], "list_refresh", "{why}");
        assert!(text(&why["blockers"][0]["message"]).contains("could not be fetched: the sheet cannot be fetched now"), "{why}");
        assert!(told.host.asked().len() > 10, "every minute: {}", told.host.asked().len());
        put(&told.host, &[(1, "Bob")]);
        board.watch(minutes(4), minutes(2)).await;
        assert_eq!((called(&told, 0), board.status().await.as_str()), (vec![number(1)], "completed"));

        let late = scheduled(&desk, json!({ "at": "2026-03-02T14:00", "grace_s": 300, "kind": "recurring",
            "timezone": "America/New_York", "every": {"unit": "day", "interval": 1}, "until": {"kind": "never"},
            "contacts": "refresh_sheet" })).await;
        told.host.put(TARGET, SheetAnswer::page(500));
        late.watch(minutes(120), minutes(30)).await;
        let campaign = late.campaign().await;
        assert_eq!(campaign["status"], "failed", "{campaign}");
        assert!(text(&campaign["status_reason"]).contains("does not answer as it should"), "{campaign}");
        assert_eq!(told.stage.requests().len(), 1);
    }

    async fn a_campaign_that_is_paused_or_taken_back_is_not_fetched_for(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann"), (1, "Bob")]);
        let board = scheduled(&desk, daily(2)).await;
        let start = board.post("start", json!({})).await;
        start.expect_invalid(&["recipients"]);
        assert!(start.text.contains("shortly before the run"), "{}", start.text);
        board.act("pause").await;
        board.watch(minutes(180), minutes(30)).await;
        assert_eq!((told.host.asked().len(), told.stage.requests().len()), (1, 0));
        assert_eq!(board.act("resume").await["status"], "scheduled");
        board.watch(hours(24), hours(1)).await;
        assert_eq!((told.host.asked().len(), told.stage.requests().len()), (2, 2), "tomorrow's");
        let again = board.campaign().await;
        let same = json!({ "version": again["version"], "schedule": with_contacts("same") });
        board.client.patch(&board.path, same).await.expect(200);
        put(&told.host, &[(5, "Zoe")]);
        board.watch(hours(24), hours(1)).await;
        assert_eq!((told.host.asked().len(), called(&told, 2)), (2, vec![number(0), number(1)]), "the same people");
        let board = scheduled(&desk, json!({ "kind": "recurring", "at": "2026-03-05T12:00", "timezone": "America/New_York",
            "every": {"unit": "day", "interval": 1}, "until": {"kind": "never"}, "contacts": "refresh_sheet" })).await;
        assert_eq!(board.act("unschedule").await["status"], "draft");
        board.watch(hours(30), hours(2)).await;
        assert_eq!((told.host.asked().len(), told.stage.requests().len()), (3, 4));
    }

    async fn a_node_that_dies_at_the_list_leaves_it_to_another(told: SheetStage) {
        let desk = desk(&told).await;
        put(&told.host, &[(0, "Ann"), (1, "Bob")]);
        let board = scheduled(&desk, daily(1)).await;
        board.watch(minutes(109), minutes(109)).await;
        put(&told.host, &crowd(520));
        // Another node takes the list and dies before it has fetched it.
        let now = told.stage.world.clock_now();
        let (soon, lapse) = (now + minutes(2), now + minutes(3));
        let lease = told.stage.world.app.store.write(Lane::Pages, move |tx| list_refreshes::claim(tx, "dead", (soon, lapse)));
        assert!(lease.await.map_err(|e: StoreError| e).expect("a write").is_some());
        board.watch(minutes(2), minutes(1)).await;
        assert_eq!(told.host.asked().len(), 1, "it is leased");
        board.watch(minutes(2), minutes(1)).await;
        assert_eq!((told.host.asked().len(), board.figures(["total"]).await), (2, [520]), "the whole list");
        board.watch(minutes(8), minutes(4)).await;
        let runs = runs(&board).await;
        assert_eq!((runs.len(), figures(&runs[0])), (1, [518, 2, 0, 0, 0]), "begun once");
        let mut calls = called(&told, 0);
        let placed = calls.len();
        calls.dedup();
        assert!(placed > 20 && calls.len() == placed, "{placed} calls to {} people", calls.len());
        board.act("stop").await;
    }

    async fn a_schedule_that_fetches_needs_a_sheet_and_a_copy_takes_it_along(told: SheetStage) {
        let desk = desk(&told).await;
        let people = [number(0)];
        desk.people(&people).await;
        let board = desk.draft(json!({ "schedule": daily(1) })).await;
        assert_eq!(board.campaign().await["list_source"], Value::Null);
        board.post("schedule", json!({})).await.expect_invalid(&["schedule.contacts"]);
        put(&told.host, &[(0, "Ann")]);
        let board = draft(&desk, daily(1)).await;
        let copy = board.post("duplicate", json!({})).await.expect(201);
        assert_eq!(copy["list_source"]["url"], LINK);
        let bare = board.post("duplicate", json!({ "contacts": false })).await.expect(201);
        assert_eq!(bare["list_source"], Value::Null);
        let copy = Board { stage: desk.stage, client: desk.manager.clone(), path: path_of(&copy) };
        put(&told.host, &[(2, "Cid")]);
        copy.act("schedule").await;
        copy.watch(hours(3), hours(1)).await;
        assert_eq!((called(&told, 0), copy.status().await.as_str()), (vec![number(2)], "completed"));
    }
}

fn with_contacts(contacts: &str) -> Value {
    let mut schedule = daily(2);
    schedule["contacts"] = json!(contacts);
    schedule
}

/// Nine minutes to twelve: whatever is scheduled for noon is fetched at once.
async fn shortly_before_noon(desk: &Desk<'_>) {
    desk.stage.world.run_for(minutes(111)).await;
}

/// Two nodes look at the same instant: one of them fetches.
#[tokio::test]
async fn a_list_is_fetched_once_on_two_nodes() {
    let told = SheetStage::on(Engine::Postgres).await;
    let desk = desk(&told).await;
    let clock = Arc::new(told.stage.world.clock.clone());
    let second = app::build(told.stage.world.app.config.clone(), clock, Chance::seeded(2)).expect("a second node");
    let importer = second.importer.run(Arc::clone(&second.engine.vitals));
    let _running = (second.engine.run(), second.refresher.run(), importer);
    put(&told.host, &[(0, "Ann"), (1, "Bob")]);
    let board = scheduled(&desk, daily(3)).await;
    second.engine.look_at_schedules();
    board.watch(hours(51), hours(1)).await;
    assert_eq!((told.host.asked().len(), told.stage.requests().len()), (1 + 3, 3 * 2));
    assert_eq!((runs(&board).await.len(), board.status().await.as_str()), (3, "completed"));
    told.stage.assert_ledgers_agree().await;
}
