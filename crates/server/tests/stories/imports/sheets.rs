//! Lists from Google Sheets: any link that people share, nothing but the sheet's host, and each refusal in its words.

use super::*;
use crate::support::{SheetAnswer, SheetHost, SheetWorld};

const ID: &str = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abcde";

fn link(gid: u32) -> String {
    format!("https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing#gid={gid}")
}

fn target(gid: u32) -> String {
    format!("/spreadsheets/d/{ID}/export?format=csv&gid={gid}")
}

async fn ask(client: &Client, link: &str) -> Answer {
    client.post(IMPORTS, json!({"google_sheet_url": link})).await
}

/// A sheet is refused in these words, and nothing is left of it.
async fn refused(told: &SheetWorld, answer: &Answer, words: &str) {
    let problem = answer.expect_problem(422, "invalid");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1), "{problem}");
    assert_eq!(problem["errors"][0]["field"], "google_sheet_url", "{problem}");
    let message = problem["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(message.contains(words), "{words}: {message}");
    assert!(!problem.to_string().contains("127.0.0.1"), "no address is shown: {problem}");
    let folder = told.world.app.config.data_dir.join("imports");
    assert_eq!(std::fs::read_dir(folder).map_or(0, Iterator::count), 0);
    assert_eq!(told.world.admin.get(IMPORTS).await.expect(200)["items"], json!([]));
}

/// As [`refused`], of somebody new: ten fetches an hour are soon used up.
async fn refused_of(told: &SheetWorld, (n, answer): (usize, SheetAnswer), words: &str) {
    told.host.put(&target(0), answer);
    let people = [told.world.department];
    let person = told.world.person(&format!("m{n}@acme.example"), Role::Manager, &people).await;
    refused(told, &ask(&person, &link(0)).await, words).await;
}

on_both! {
    async fn a_shared_sheet_is_a_list_like_a_file(told: SheetWorld) {
        let (world, host) = (&told.world, &told.host);
        host.put(&target(7), SheetAnswer::csv(FIVE).with("content-disposition", "attachment; filename=\"People-Team.csv\"; filename*=UTF-8''People%20-%20T%C3%A9am.csv"));
        let import = ask(&world.admin, &link(7)).await.expect(201);
        assert_eq!((&import["state"], &import["source"], &import["rows"]), (&json!("uploaded"), &json!("google_sheet"), &json!(5)));
        assert_eq!((&import["file_name"], &import["columns"][1]["name"]), (&json!("People - Téam.csv"), &json!("Phone")));
        assert_eq!(host.asked(), [target(7)], "the tab of the link, and nothing else");
        let headers = host.last_headers();
        assert!(!headers.contains_key("cookie") && !headers.contains_key("authorization"), "{headers:?}");
        let look = world.admin.post(&format!("{}/validate", path(&import)), wish()).await.expect(200);
        assert_eq!((&look["valid"], &look["invalid"]), (&json!(3), &json!(1)));
        commit(&world.admin, &import, wish()).await.expect(202);
        assert_eq!(fates(&ended(world, &import).await), [3, 0, 1, 1]);
        assert_eq!(names(&book(&world.admin).await), ["Ann", "Cid", "Dan"]);
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        assert!(rejects.contains("nonsense"), "{rejects}");
        let undone = world.admin.post(&format!("{}/undo", path(&import)), json!({})).await.expect(200);
        assert_eq!(undone["undo"]["contacts_removed"], 3);
        assert_eq!(host.asked().len(), 1, "fetched once");
    }

    async fn every_form_of_link_leads_to_the_export_of_its_tab(told: SheetWorld) {
        let published = "2PACX-1vAbCdEfGhIjKlMnOpQrStUvWxYz";
        let export = format!("/spreadsheets/d/{ID}/export?format=csv");
        let forms = [
            (format!("https://docs.google.com/spreadsheets/d/{ID}"), export.clone()),
            (format!("https://docs.google.com/spreadsheets/u/1/d/{ID}/view?gid=3"), format!("{export}&gid=3")),
            (format!("https://docs.google.com/spreadsheets/d/{ID}/edit?gid=4#gid=4"), format!("{export}&gid=4")),
            (format!("https://drive.google.com/open?id={ID}"), export.clone()),
            (format!("https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&gid=5"), format!("{export}&gid=5")),
            (format!("https://docs.google.com/spreadsheets/d/e/{published}/pubhtml?gid=6&single=true"), format!("/spreadsheets/d/e/{published}/pub?output=csv&single=true&gid=6")),
        ];
        for (link, export) in &forms {
            told.host.put(export, SheetAnswer::csv(FIVE).with("content-disposition", "attachment; filename*=UTF-8''x%2F%00"));
            let import = ask(&told.world.admin, link).await.expect(201);
            let name = import["file_name"].as_str().expect("a name");
            assert!(name.starts_with("Google Sheet"), "its host says no name, or none to show: {name}");
            assert_eq!(told.host.asked().last(), Some(export), "{link}");
        }
    }

    /// Among them that of edge case 50, whose host hides behind a name.
    async fn edge_case_50_a_link_to_anything_else_asks_nobody(told: SheetWorld) {
        for (wrong, words) in [
            ("", "paste the link"),
            ("https://docs.google.com@169.254.169.254/", "must begin with"),
            ("https://docs.google.com.evil.example/spreadsheets/d/abcdef/edit", "must begin with"),
            ("http://docs.google.com/spreadsheets/d/abcdef/edit", "must begin with https"),
            ("http://169.254.169.254/latest/meta-data", "must begin with https"),
            ("https://0x7f.1/spreadsheets/d/abcdef", "must begin with"),
            ("https://[::1]/spreadsheets/d/abcdef", "must begin with"),
            ("https://localhost/spreadsheets/d/abcdef", "must begin with"),
            ("https://docs.g\u{43e}\u{43e}gle.com/spreadsheets/d/abcdef", "must begin with"),
            ("https://docs.google.com:22/spreadsheets/d/abcdef", "must begin with"),
            ("file:///etc/passwd", "must begin with https"),
            ("gopher://docs.google.com/", "must begin with https"),
            ("https://docs.google.com/document/d/abcdef/edit", "a Google Doc"),
            ("https://drive.google.com/drive/folders/abcdef", "folder"),
            ("https://docs.google.com/spreadsheets/", "which sheet"),
            ("https://docs.google.com/spreadsheets/d/../../x/edit", "which sheet"),
            ("https://docs.google.com/spreadsheets/d/abcdef/edit#gid=x", "number"),
        ] {
            refused(&told, &ask(&told.world.admin, wrong).await, words).await;
        }
        let body = json!({"google_sheet_url": link(0), "department_id": "00000000-0000-0000-0000-000000000001"});
        told.world.admin.post(IMPORTS, body).await.expect_invalid(&["department_id"]);
        let agent = told.world.person("agent@acme.example", Role::Agent, &[told.world.department]).await;
        ask(&agent, &link(0)).await.expect_problem(403, "forbidden");
        told.world.nobody().post(IMPORTS, json!({"google_sheet_url": link(0)})).await.expect_problem(401, "unauthenticated");
        assert!(told.host.asked().is_empty(), "{:?}", told.host.asked());
        told.host.put(&target(0), SheetAnswer::csv(FIVE));
        ask(&told.world.admin, &link(0)).await.expect(201);
    }

    async fn a_sheet_that_cannot_be_read_says_why(told: SheetWorld) {
        let answers = [
            (SheetAnswer::redirect(302, "https://accounts.google.com/ServiceLogin?continue=x"), "is not shared"),
            (SheetAnswer::redirect(307, "/ServiceLogin?continue=x"), "is not shared"),
            (SheetAnswer::page(401), "is not shared"),
            (SheetAnswer::page(403), "is not shared"),
            (SheetAnswer::page(404), "deleted"),
            (SheetAnswer::page(410), "deleted"),
            (SheetAnswer::page(400), "no such tab"),
            (SheetAnswer::page(429), "fewer requests"),
            (SheetAnswer::page(500), "try again"),
            (SheetAnswer::page(200), "a page instead of rows"),
            (SheetAnswer::csv("\u{feff}\n <html><body>Sign in</body></html>"), "a page instead of rows"),
            (SheetAnswer { headers: vec![("content-type", "application/pdf".to_owned())], ..SheetAnswer::csv("%PDF") }, "no CSV"),
            (SheetAnswer::csv("PK\u{3}\u{4}"), ".xlsx"),
            (SheetAnswer::csv(FIVE).with("content-encoding", "gzip"), "no CSV"),
            (SheetAnswer::csv(""), "an empty sheet"),
            (SheetAnswer::csv("\r\n \n"), "an empty sheet"),
            (SheetAnswer::csv(",,\r\n,,\r\n"), "empty"),
            (SheetAnswer::csv("Ann Lee,+12025550143\nBob,+12025550144\n"), "header"),
            (SheetAnswer::csv("Name,Phone\n"), "no rows"),
            (SheetAnswer::csv("Name,Phone\n\"Ann,+12025550143\n"), "row 2"),
        ];
        for (n, (answer, words)) in answers.into_iter().enumerate() {
            refused_of(&told, (n, answer), words).await;
        }
    }

    /// The other host stands on this machine and is never asked.
    async fn edge_case_50_a_redirect_elsewhere_is_not_followed(told: SheetWorld) {
        let elsewhere = SheetHost::start().await;
        elsewhere.put("/list.csv", SheetAnswer::csv(FIVE));
        let port = elsewhere.base.rsplit(':').next().unwrap_or_default();
        let places = [
            format!("{}/list.csv", elsewhere.base),
            format!("//127.0.0.1:{port}/list.csv"),
            format!("http://localhost:{port}/list.csv"),
            format!("http://[::ffff:127.0.0.1]:{port}/list.csv"),
            format!("http://0x7f.1:{port}/list.csv"),
            "http://169.254.169.254/latest/meta-data".to_owned(),
            "https://x.googleusercontent.com/list.csv".to_owned(),
            "file:///etc/passwd".to_owned(),
            told.host.base.replace("http://", "http://ann@"),
            told.host.base.replace("http://", "https://"),
        ];
        for (n, place) in places.into_iter().enumerate() {
            for (status, half) in [(301, 0), (307, 1)] {
                refused_of(&told, (2 * n + half, SheetAnswer::redirect(status, place.clone())), "leads away").await;
            }
        }
        assert!(elsewhere.asked().is_empty(), "{:?}", elsewhere.asked());
        assert!(told.host.asked().iter().all(|asked| *asked == target(0)));
        told.host.put(&target(0), SheetAnswer::redirect(307, format!("{}/export/rows?x=1", told.host.base)));
        told.host.put("/export/rows?x=1", SheetAnswer::csv(FIVE));
        ask(&told.world.admin, &link(0)).await.expect(201);
        assert_eq!(told.host.asked().last().map(String::as_str), Some("/export/rows?x=1"), "its own host is");
    }

    async fn a_person_fetches_ten_sheets_an_hour(told: SheetWorld) {
        let world = &told.world;
        let other = world.person("other@acme.example", Role::Manager, &[world.department]).await;
        for n in 0..10 {
            // What cannot be read is fetched, too.
            let answer = if n % 2 == 0 { SheetAnswer::csv(FIVE) } else { SheetAnswer::page(403) };
            told.host.put(&target(0), answer);
            assert_eq!(ask(&world.admin, &link(0)).await.status, if n % 2 == 0 { 201 } else { 422 });
            world.run_for(SignedDuration::from_mins(1)).await;
        }
        let asked = told.host.asked().len();
        let answer = ask(&world.admin, &link(0)).await;
        answer.expect_problem(429, "too-many-requests");
        assert_eq!(answer.header("retry-after"), "3000");
        assert_eq!(told.host.asked().len(), asked, "the host is not asked");
        told.host.put(&target(0), SheetAnswer::csv(FIVE));
        ask(&other, &link(0)).await.expect(201);
        world.admin.upload(IMPORTS, "list.csv", FIVE, &[]).await.expect(201);
        world.run_for(SignedDuration::from_mins(50)).await;
        ask(&world.admin, &link(0)).await.expect(201);
    }
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_says_to_try_again() {
    let base = {
        let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        format!("http://{}", socket.local_addr().expect("an address"))
    };
    let world = World::with(carillon::store::Engine::Sqlite, |given| given.google_sheets_base_url = Some(base)).await;
    let told = SheetWorld { world, host: SheetHost::start().await };
    refused(&told, &ask(&told.world.admin, &link(0)).await, "try again").await;
}

#[tokio::test]
async fn a_sheet_that_is_too_large_is_refused_and_leaves_nothing() {
    let told = SheetWorld::on(carillon::store::Engine::Sqlite).await;
    let (row, times) = ("Ann,+12025550143\n".repeat(4_096), 2_000);
    told.host.put(&target(0), SheetAnswer { times, ..SheetAnswer::csv(row) });
    refused(&told, &ask(&told.world.admin, &link(0)).await, "more than 50 MB").await;
}
