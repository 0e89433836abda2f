//! The program ends when it is told to, however many pages are open and whatever is under way.
//!
//! Requests under way may take ten minutes here, so that a stream that is merely waited out lets the story hang.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use carillon::demo::{ADMINISTRATOR, PASSWORD};
use carillon::store::Engine;
use serde_json::json;

use crate::command_line::{Installation, Server};
use crate::support::{Client, Events};

const PATIENCE: (&str, &str) = ("CARILLON_SHUTDOWN_TIMEOUT_S", "600");

async fn a_server_ends_while_a_page_watches_it(engine: Engine) {
    let installation = Installation::on(engine);
    installation.prints(&["organization", "create", "Acme"]);
    assert!(installation.add_user("correct horse battery").status.success());
    let token = installation.prints(&["token", "create", "--email", "ann@acme.example"]);
    let server = Server::start_with(&installation, &[PATIENCE]);
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = Events::open_list_at(&server.base, token.trim()).await;
        stream.next().await.expect("an event");
        streams.push(stream);
    }
    assert!(server.terminate().success());
    for mut stream in streams {
        while stream.next().await.is_some() {}
    }
}

#[tokio::test]
async fn a_server_on_sqlite_ends_while_a_page_watches_it() {
    a_server_ends_while_a_page_watches_it(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_server_on_postgres_ends_while_a_page_watches_it() {
    a_server_ends_while_a_page_watches_it(Engine::Postgres).await;
}

#[tokio::test]
async fn the_demo_ends_although_its_campaign_is_not_over_and_a_page_watches_it() {
    let installation = Installation::on(Engine::Sqlite);
    let mut command = installation.command(&["demo", "--listen", "127.0.0.1:0", "--contacts", "5000"]);
    command.env(PATIENCE.0, PATIENCE.1).stdout(Stdio::piped());
    let mut demo = command.spawn().expect("the demo starts");
    // Its output is read to the end, else it would wait for us.
    let mut printed = BufReader::new(demo.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let base =
        printed.find_map(|line| Some(line.trim().strip_prefix("pages")?.trim().trim_end_matches('/').to_owned()));
    let base = base.expect("it says where its pages are");
    let reading = std::thread::spawn(move || printed.count());
    let nobody = Client::new(&base);
    let entered = json!({ "email": ADMINISTRATOR, "password": PASSWORD });
    let admin =
        nobody.with_cookies_of(&nobody.with("sec-fetch-site", "same-origin").post("/api/v1/session", entered).await);
    let made = admin.post("/api/v1/tokens", json!({ "name": "wallboard" })).await.expect(201);
    let mut stream = Events::open_list_at(&base, made["token"].as_str().expect("a token")).await;
    let under_way = stream.until_it("counts", |counts| counts["active"] != json!(0)).await;
    let told = Command::new("kill").arg(demo.id().to_string()).status().expect("a signal");
    assert!(told.success() && demo.wait().expect("it ends").success(), "{under_way}");
    while stream.next().await.is_some() {}
    assert!(reading.join().expect("its output ends") > 0);
}
