//! Files as people bring them: in every encoding and cut, broken, disguised, too large.

use super::*;

/// How many files lie in the folder of lists.
pub(super) fn files_kept(world: &World) -> usize {
    std::fs::read_dir(world.app.config.data_dir.join("imports")).map_or(0, Iterator::count)
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

pub(super) async fn refused(world: &World, file: impl Into<Vec<u8>>, words: &str) {
    let answer = world.admin.upload(IMPORTS, "list.csv", file, &[]).await;
    let problem = answer.expect_problem(422, "invalid");
    assert_eq!(problem["errors"][0]["field"], "file", "{problem}");
    let message = problem["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(message.contains(words), "{message}");
}

on_both! {
    async fn a_list_is_read_in_every_encoding_and_however_it_is_cut(world: World) {
        let text = "Näme,Phone\r\n\"Zoë, \"\"Z\"\"\nKöln\",+4930123456\r\nJosé\r\n\r\nÅsa,+4930123457,more\r\n";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let marked = format!("\u{feff}{text}");
        let files = [
            ("UTF-8", text.as_bytes().to_vec()),
            ("UTF-8", marked.clone().into_bytes()),
            ("UTF-16LE", utf16(&marked, u16::to_le_bytes)),
            ("UTF-16BE", utf16(&marked, u16::to_be_bytes)),
            ("windows-1252", latin.into_owned()),
        ];
        for (encoding, bytes) in files {
            let department = world.another_department(&format!("{encoding} {}", bytes.len())).await.to_string();
            let import = world.admin.upload(IMPORTS, "l.txt", bytes, &[("department_id", &department)]).await.expect(201);
            assert_eq!((&import["encoding"], &import["rows"]), (&json!(encoding), &json!(3)));
            commit(&world.admin, &import, json!({"mapping": {"phone": "Phone", "name": "Näme"}, "default_country": "DE"})).await.expect(202);
            assert_eq!(fates(&ended(&world, &import).await), [2, 0, 0, 1], "{encoding}");
            let manager = world.person(&format!("{department}@acme.example"), Role::Manager, &[department.parse().expect("an id")]).await;
            assert_eq!(names(&book(&manager).await), ["Zoë, \"Z\" Köln", "Åsa"], "{encoding}");
        }
        for (n, delimiter) in [";", "\t", "|"].into_iter().enumerate() {
            let list = format!("Name,Phone\nAnn,+1202555010{n}\n").replace(',', delimiter);
            let import = imported(&world, list, wish()).await;
            assert_eq!((import["delimiter"].as_str(), fates(&import)), (Some(delimiter), [1, 0, 0, 0]));
        }
        let excel = imported(&world, "sep=;\r\nName;Phone\r\nAnn;+12025550109\r\n", wish()).await;
        assert_eq!(fates(&excel), [1, 0, 0, 0]);
    }

    async fn what_is_no_list_is_refused_in_words_and_leaves_nothing(world: World) {
        refused(&world, &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"[..], ".xls").await;
        refused(&world, "<!DOCTYPE html><html><body>Sign in</body></html>", "HTML").await;
        refused(&world, utf16("\u{feff}<html>", u16::to_le_bytes), "HTML").await;
        refused(&world, &b"Name,Phone\nAnn\0,+12025550143\n"[..], "NUL").await;
        refused(&world, vec![0_u8; 4_096], "NUL").await;
        refused(&world, "", "empty").await;
        refused(&world, " \r\n\r\n", "empty").await;
        refused(&world, "Name,Phone\n", "no rows").await;
        refused(&world, "Ann Lee,+12025550143\nBob,+12025550144\n", "header").await;
        refused(&world, "Phone,Phone\n1,2\n", "two columns").await;
        refused(&world, format!("{}\n1\n", vec!["c"; 300].iter().enumerate().map(|(n, c)| format!("{c}{n}")).collect::<Vec<_>>().join(",")), "256").await;
        refused(&world, format!("{}\n1\n", "x".repeat(5_000)), "longer than").await;
        refused(&world, format!("Phone\n{}", "1\n".repeat(1_000_001)), "more than 1000000 rows").await;
        assert_eq!(files_kept(&world), 0);
        assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"], json!([]));
    }

    async fn hostile_cells_are_rows_with_problems_and_harm_nobody(world: World) {
        let cells = [
            "sip:a@evil", "client:admin", "\"+1555,+1900\"", "+1555;ext=9", "١٢٠٢٥٥٥٠١٤٣", "\u{202e}+12025550143", "=+12025550143",
            "911", "12345678901234567890123456789012345678901", "1.20256E+10", "#N/A", "0000000000", "2026-03-02", "-12025550143",
            "202-555-0143 / 202-555-0144", "1-800-FLOWERS",
        ];
        let long = "9".repeat(1_000_000);
        let rows: String = cells.iter().map(|cell| format!("Ann,{cell}\n")).collect();
        let list = format!("Name,Phone\n{rows}{long},+12025550143\nBob,{long}\n<img src=x onerror=alert(1)>,+12025550145\n");
        let import = bring(&world.admin, list).await;
        let look = world.admin.post(&format!("{}/validate", path(&import)), wish()).await.expect(200);
        assert_eq!((&look["invalid"], &look["valid"]), (&json!(cells.len() + 2), &json!(1)), "{look}");
        let problems = look["problems"].as_array().expect("problems");
        assert!(problems.iter().all(|problem| problem["value"].as_str().is_some_and(|value| value.chars().count() <= 100)));
        commit(&world.admin, &import, wish()).await.expect(202);
        assert_eq!(fates(&ended(&world, &import).await), [1, 0, 0, cells.len() as i64 + 2]);
        assert_eq!(names(&book(&world.admin).await), ["<img src=x onerror=alert(1)>"], "text is text");
    }

    async fn numbers_that_a_spreadsheet_damaged_are_mended_where_certain(world: World) {
        let list = "Phone\n'+12025550101\n\"=\"\"+12025550102\"\"\"\n12025550103\n12025550104.0\n1.2025550105E+10\n+4915112345678\n(202) 555-0106 x12\n";
        let import = imported(&world, list, json!({"mapping": {"phone": "Phone"}, "default_country": "US"})).await;
        assert_eq!(fates(&import), [7, 0, 0, 0]);
        let numbers: Vec<String> = book(&world.admin).await.into_iter().map(|(_, phone)| phone).collect();
        let expected = ["+12025550101", "+12025550102", "+12025550103", "+12025550104", "+12025550105", "+4915112345678", "+12025550106"];
        assert_eq!(numbers, expected);
    }

    async fn a_list_is_a_form_or_the_link_of_a_sheet(world: World) {
        world.admin.post(IMPORTS, json!({"url": "x"})).await.expect_invalid(&["url"]);
        let plain = world.admin.with("content-type", "text/csv");
        plain.send(reqwest::Method::POST, IMPORTS, Some(FIVE.to_owned())).await.expect_problem(415, "unsupported-media-type");
    }

    async fn names_of_files_never_lead_anywhere(world: World) {
        for name in ["../../evil.csv", "C:\\evil.csv", "/etc/passwd", "a\"b;c.csv", &"x".repeat(4_096)] {
            let import = world.admin.upload(IMPORTS, name, FIVE, &[]).await.expect(201);
            let shown = import["file_name"].as_str().expect("a name");
            assert!(!shown.contains('/') && !shown.contains('\\') && shown.chars().count() <= 200, "{shown}");
        }
        assert_eq!(files_kept(&world), 5);
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_leaves_nothing() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    let row = b"Ann,+12025550143\n";
    for bytes in [50 * 1_024 * 1_024 + 1, 60_000_000] {
        let file: Vec<u8> = b"Name,Phone\n".iter().chain(row.iter().cycle()).copied().take(bytes).collect();
        let answer = world.admin.upload(IMPORTS, "list.csv", file, &[]).await;
        answer.expect_problem(413, "too-large");
        assert_eq!(files_kept(&world), 0);
    }
    assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn one_endless_line_is_a_row_with_a_problem_at_most() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    refused(&world, vec![b'x'; 20_000_000], "longer than").await;
    let list = [b"Phone\n".to_vec(), vec![b'9'; 20_000_000]].concat();
    let import = imported(&world, list, json!({"mapping": {"phone": "Phone"}})).await;
    assert_eq!(fates(&import), [0, 0, 0, 1]);
}
