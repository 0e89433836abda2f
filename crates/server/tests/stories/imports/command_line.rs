//! `carillon import LIST`, run as a program against a server.

use std::path::Path;
use std::process::Output;

use super::*;
use crate::support::SheetAnswer;

/// Runs the program beside the server, whose clock goes on meanwhile.
async fn carillon(world: &World, token: &str, words: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_carillon"));
    command.arg("import").args(words).env_clear().env("CARILLON_URL", &world.base).env("CARILLON_TOKEN", token);
    command.output().await.expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn list(folder: &Path, text: &str) -> String {
    let path = folder.join("list.csv");
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

on_both! {
    async fn a_list_is_imported_by_a_command_and_its_bad_rows_are_saved_beside_it(world: World) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = list(folder.path(), FIVE);
        let token = world.admin.token();
        let output = carillon(&world, &token, &[&file, "--country", "US", "--tag", "spring"]).await;
        let words = said(&output);
        assert!(output.status.success(), "{words}");
        assert!(words.contains("5 rows: 3 new, 0 known, 1 twice in the list, 0 do-not-call, 1 bad"), "{words}");
        assert!(words.contains("row 3: Phone:") && words.contains("3 imported, 0 updated, 1 skipped, 1 rejected"), "{words}");
        let rejects = std::fs::read_to_string(folder.path().join("list.rejects.csv")).expect("the rejected rows");
        assert!(rejects.contains("Bob,nonsense,"), "{rejects}");
        assert_eq!(names(&book(&world.admin).await), ["Ann", "Cid", "Dan"]);
        let output = carillon(&world, &token, &[&file, "--update"]).await;
        assert!(said(&output).contains("0 imported, 4 updated, 0 skipped, 1 rejected"), "{}", said(&output));
    }

    async fn a_command_tells_what_was_mended_and_how_to_accept_what_was_not(world: World) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = list(folder.path(), &format!("{FIVE}Eve,447911123456\n"));
        let token = world.admin.token();
        let words = said(&carillon(&world, &token, &[&file, "--country", "US"]).await);
        assert!(words.contains("1 row mended:\n  row 6: Phone: 12025550145 -> +12025550145 (the plus sign was put back)"), "{words}");
        assert!(words.contains("row 7: Phone:") && words.contains("it is probably +447911123456"), "{words}");
        assert!(words.contains("1 row set aside can be mended as proposed: --accept plus_lost"), "{words}");
        assert!(words.contains("3 imported, 0 updated, 1 skipped, 2 rejected\n1 row of them mended"), "{words}");
        let words = said(&carillon(&world, &token, &[&file, "--country", "US", "--accept", "plus_lost"]).await);
        assert!(words.contains("1 imported, 0 updated, 4 skipped, 1 rejected\n2 rows of them mended"), "{words}");
        let words = said(&carillon(&world, &token, &[&file, "--country", "US", "--accept-row", "7", "--update"]).await);
        assert!(words.contains("0 imported, 5 updated, 0 skipped, 1 rejected"), "{words}");
    }

    async fn a_sheet_is_imported_by_a_command(told: SheetWorld) {
        let target = "/spreadsheets/d/1AbCdEfGhIjKl/export?format=csv&gid=7";
        told.host.put(target, SheetAnswer::csv("Name,Phone\nAnn,+12025550143\n"));
        let token = told.world.admin.token();
        let link = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKl/edit#gid=7";
        let department = told.world.department.to_string();
        let output = carillon(&told.world, &token, &[link, "--department", &department]).await;
        assert!(output.status.success() && said(&output).contains("1 imported"), "{}", said(&output));
        assert_eq!((told.host.asked(), names(&book(&told.world.admin).await)), (vec![target.to_owned()], vec!["Ann"]));
        let output = carillon(&told.world, &token, &["https://evil.example/list.csv"]).await;
        assert!(!output.status.success() && said(&output).contains("docs.google.com"), "{}", said(&output));
    }

    async fn a_command_that_fails_says_why_and_exits_with_one(world: World) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = list(folder.path(), FIVE);
        let token = world.admin.token();
        for (token, words, reason) in [
            (token.as_str(), vec![file.as_str(), "--strict"], "1 row is bad"),
            (&token, vec![&file, "--map", "phone=Tel"], "no column \"Tel\""),
            (&token, vec![&file, "--map", "phone"], "FIELD=COLUMN"),
            (&token, vec![&file, "--campaign", "0190f6a4-5b0e-7000-8000-000000000001"], "campaign_id"),
            (&token, vec!["/nowhere.csv"], "/nowhere.csv"),
            ("wrong", vec![&file], "Log in first"),
        ] {
            let output = carillon(&world, token, &words).await;
            assert_eq!(output.status.code().map(|code| code.min(1)), Some(1), "{words:?}");
            assert!(said(&output).contains(reason), "{words:?}: {}", said(&output));
        }
        assert!(book(&world.admin).await.is_empty());
        let html = list(folder.path(), "<html>");
        let output = carillon(&world, &token, &[&html]).await;
        assert!(!output.status.success() && said(&output).contains("HTML"), "{}", said(&output));
    }
}
