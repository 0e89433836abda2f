//! Excel workbooks as people bring them: read like any list, and refused in words when they cannot be.

mod hostile;
mod zips;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::files::files_kept;
use super::*;
use zips::Zip;

/// Cells of a sheet, all of them texts.
fn fill(workbook: &mut Workbook, name: &str, rows: &[&[&str]]) {
    let sheet = workbook.add_worksheet().set_name(name).expect("a name");
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            sheet.write_string(at, column, *text).expect("a cell");
        }
    }
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook")
}

async fn bring_workbook(world: &World, file: Vec<u8>, texts: &[(&str, &str)]) -> Answer {
    world.admin.upload(IMPORTS, "list.xlsx", file, texts).await
}

/// The words with which a workbook is refused.
async fn refused(world: &World, file: Vec<u8>, texts: &[(&str, &str)]) -> (String, String) {
    let problem = bring_workbook(world, file, texts).await.expect_problem(422, "invalid");
    let error = &problem["errors"][0];
    let text = |name: &str| error[name].as_str().expect("a text").to_owned();
    (text("field"), text("message"))
}

on_both! {
    async fn a_workbook_is_imported_like_any_list(world: World) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("People").expect("a name");
        for (column, name) in (0..).zip(["Name", "Phone", "Since", "Zip", "Member", "Account"]) {
            sheet.write_string(0, column, name).expect("a cell");
        }
        sheet.write_string(1, 0, "=Ann, \"A\"\nLee").and_then(|sheet| sheet.write_number(1, 1, 12_025_550_143_f64)).expect("cells");
        let since = ExcelDateTime::from_ymd(2026, 3, 2).expect("a date");
        sheet.write_with_format(1, 2, &since, &Format::new().set_num_format("yyyy-mm-dd")).expect("a cell");
        sheet.write_number(1, 3, 2134).and_then(|sheet| sheet.write_boolean(1, 4, true)).expect("cells");
        sheet.write_string(4, 0, "Bob").and_then(|sheet| sheet.write_string(4, 1, "+4915112345678")).expect("cells");
        sheet.write_number(4, 5, 1_234_567_890_123_456_789_f64).expect("a cell");
        sheet.write_string(5, 0, "Cid").and_then(|sheet| sheet.write_string(5, 1, "1.20256E+10")).expect("cells");
        let import = bring_workbook(&world, saved(workbook), &[]).await.expect(201);
        assert_eq!((&import["sheet"], &import["sheets"], &import["rows"]), (&json!("People"), &json!(["People"]), &json!(3)));
        assert_eq!(import["columns"][1]["samples"], json!(["12025550143", "+4915112345678", "1.20256E+10"]));
        assert_eq!(import["columns"][2]["samples"][0], "2026-03-02");
        assert_eq!((&import["columns"][4]["samples"][0], &import["columns"][3]["samples"][0]), (&json!("TRUE"), &json!("2134")));
        assert_eq!(import["columns"][5]["samples"][1], "1.23456789012346E+18");
        let mapping = json!({"phone": "Phone", "name": "Name", "postal_code": "Zip"});
        let wish = json!({"mapping": mapping, "default_country": "US"});
        let look = world.admin.post(&format!("{}/validate", path(&import)), wish.clone()).await.expect(200);
        assert_eq!((&look["problems"][0]["value"], &look["repaired"]), (&json!("1.20256E+10"), &json!(1)), "{look}");
        commit(&world.admin, &import, wish).await.expect(202);
        assert_eq!(fates(&ended(&world, &import).await), [2, 0, 0, 1]);
        assert_eq!(book(&world.admin).await[0].1, "+12025550143");
        assert_eq!(files_kept(&world), 1, "the list is kept and the workbook is not");
    }

    async fn the_first_sheet_with_rows_is_read_or_the_one_that_is_named(world: World) {
        let file = || {
            let mut workbook = Workbook::new();
            fill(&mut workbook, "Cover", &[&["Our people, spring"]]);
            workbook.add_worksheet().set_name("Empty").expect("a name");
            fill(&mut workbook, "Old", &[&["Name", "Phone"], &["Old", "+12025550100"]]);
            workbook.worksheet_from_name("Old").expect("it is there").set_hidden(true);
            fill(&mut workbook, "North", &[&["Name", "Phone"], &["Ann", "+12025550143"]]);
            fill(&mut workbook, "South, Ltd", &[&[], &["Name", "Phone"], &["Bob", "+12025550144"], &["Cid", "+12025550145"]]);
            saved(workbook)
        };
        let first = bring_workbook(&world, file(), &[]).await.expect(201);
        assert_eq!((&first["sheet"], &first["rows"]), (&json!("North"), &json!(1)));
        assert_eq!(first["sheets"], json!(["Cover", "Empty", "North", "South, Ltd"]), "hidden ones are not offered");
        let named = bring_workbook(&world, file(), &[("sheet", "South, Ltd")]).await.expect(201);
        assert_eq!((&named["sheet"], &named["rows"]), (&json!("South, Ltd"), &json!(2)));
        let look = world.admin.post(&format!("{}/validate", path(&named)), wish()).await.expect(200);
        assert_eq!(look["valid"], 2);
        let (field, words) = refused(&world, file(), &[("sheet", "West")]).await;
        assert!(field == "sheet" && words.contains("\"North\", \"South, Ltd\""), "{field}: {words}");
        let answer = world.admin.upload(IMPORTS, "list.csv", FIVE, &[("sheet", "North")]).await;
        answer.expect_invalid(&["sheet"]);
    }

    async fn rejected_rows_that_were_mended_in_a_spreadsheet_come_back(world: World) {
        let mut workbook = Workbook::new();
        let rows: [&[&str]; 3] = [&["Name", "Phone", "problem"], &["'=cmd()", "'+12025550144", "rounded"], &["'-Bob", "+12025550145", ""]];
        fill(&mut workbook, "rejects", &rows);
        let import = bring_workbook(&world, saved(workbook), &[]).await.expect(201);
        commit(&world.admin, &import, wish()).await.expect(202);
        assert_eq!(fates(&ended(&world, &import).await), [2, 0, 0, 0]);
        assert_eq!(names(&book(&world.admin).await), ["=cmd()", "-Bob"]);
    }

    async fn edge_case_48_a_workbook_that_we_exported_comes_back_as_it_left(world: World) {
        for (name, phone) in [("=HYPERLINK(\"x\")", "+12025550143"), ("'=x", "+4915112345678"), ("-Zoë, \"Z\"", "+442071838750")] {
            world.admin.post("/api/v1/contacts", json!({"name": name, "phone": phone})).await.expect(201);
        }
        let before = book(&world.admin).await;
        let file = world.admin.bytes("/api/v1/contacts/export?format=xlsx").await;
        let sales = world.another_department("Sales").await.to_string();
        let import = bring_workbook(&world, file, &[("department_id", &sales)]).await.expect(201);
        commit(&world.admin, &import, json!({"mapping": {"phone": "phone", "name": "name"}})).await.expect(202);
        let import = ended(&world, &import).await;
        assert_eq!((fates(&import), &import["repaired"]), ([3, 0, 0, 0], &json!(0)));
        let seller = world.person("seller@acme.example", Role::Manager, &[sales.parse().expect("an id")]).await;
        let mut after = book(&seller).await;
        after.reverse();
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn what_is_no_workbook_is_refused_by_its_kind_and_leaves_nothing() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    let mut sound = Workbook::new();
    fill(&mut sound, "People", &[&["Name", "Phone"], &["Ann", "+12025550143"]]);
    let sound = saved(sound);
    let with_rows = |rows: &[&[&str]]| {
        let mut workbook = Workbook::new();
        fill(&mut workbook, "People", rows);
        saved(workbook)
    };
    let compound = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 70_000], name, vec![0; 500]].concat()
    };
    let mut broken = sound.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 40].fill(0xaa);
    for (file, words) in [
        (sound[..sound.len() - 100].to_vec(), "damaged"),
        (broken, "damaged"),
        (b"PK\x03\x04\x14\0\x06\0".to_vec(), "damaged"),
        (compound("EncryptedPackage"), "password"),
        (compound("Workbook"), ".xls"),
        (Zip::default().part("xl/workbook.bin", b"x").bytes(), ".xlsb"),
        (Zip::default().part("mimetype", b"x").part("content.xml", b"<x/>").bytes(), ".ods"),
        (Zip::default().part("word/document.xml", b"<x/>").bytes(), "Word"),
        (Zip::default().part("list.csv", b"Name,Phone").bytes(), "zip file"),
        (saved(Workbook::new()), "empty"),
        (with_rows(&[&["Name", "Phone"]]), "no rows"),
        (with_rows(&[&["Ann", "+12025550143"], &["Bob", "+12025550144"]]), "header"),
        (with_rows(&[&["Phone", "Phone"], &["1", "2"]]), "two columns"),
    ] {
        let (field, told) = refused(&world, file, &[]).await;
        assert!(field == "file" && told.contains(words), "{words}: {field}: {told}");
    }
    assert_eq!(files_kept(&world), 0);
    assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"], json!([]));
    bring_workbook(&world, sound, &[]).await.expect(201);
}
