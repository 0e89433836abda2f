//! Edge cases of lists, by the numbers they have in the compliance reference.

use super::files::{files_kept, refused};
use super::*;

on_both! {
    async fn edge_case_48_an_export_with_formulas_and_plus_signs_comes_back_as_it_left(world: World) {
        for (name, phone) in [("=HYPERLINK(\"x\")", "+12025550143"), ("-Zoë, \"Z\"", "+4915112345678"), ("'=x", "+442071838750")] {
            world.admin.post("/api/v1/contacts", json!({"name": name, "phone": phone, "notes": "two\nlines"})).await.expect(201);
        }
        let before = book(&world.admin).await;
        let sales = world.another_department("Sales").await;
        let file = world.admin.get("/api/v1/contacts/export?format=csv").await.text;
        let text = [("department_id", &*sales.to_string())].map(|(name, id)| (name, id.to_owned()));
        let texts: Vec<(&str, &str)> = text.iter().map(|(name, id)| (*name, id.as_str())).collect();
        let import = world.admin.upload(IMPORTS, "contacts.csv", file, &texts).await.expect(201);
        assert_eq!(import["department_id"], json!(sales));
        commit(&world.admin, &import, json!({"mapping": {"phone": "phone", "name": "name", "notes": "notes"}})).await.expect(202);
        assert_eq!(fates(&ended(&world, &import).await), [3, 0, 0, 0]);
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        let mut after = book(&seller).await;
        after.reverse();
        assert_eq!(after, before, "newest first became oldest first");
    }

    async fn edge_case_51_an_unclosed_quote_at_row_10_of_50_000_refuses_the_list_by_its_row(world: World) {
        let mut rows: Vec<String> = (0..50_000).map(|n| format!("N{n},+1202{n:07}")).collect();
        // The header is row 1.
        rows[8] = "\"Ann,+12025550143".to_owned();
        refused(&world, format!("Name,Phone\n{}\n", rows.join("\n")), "row 10").await;
        assert_eq!((files_kept(&world), book(&world.admin).await), (0, Vec::new()));
        assert_eq!(world.admin.get(IMPORTS).await.expect(200)["items"], json!([]));
    }

    async fn edge_case_51_a_quote_that_a_later_one_closes_by_chance_swallows_nobody_in_silence(world: World) {
        let before: String = (0..8).map(|n| format!("N{n},+1202555010{n},20 inch\n")).collect();
        let list = format!("Name,Phone,Note\n{before}Ann,+12025550143,\"25 inch\nBob,+12025550144,30 inch\nCid,+12025550145,35\"\nDan,+12025550146,\n");
        let import = imported(&world, list, wish()).await;
        assert_eq!(fates(&import), [9, 0, 0, 1]);
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        assert!(rejects.contains("Ann,'+12025550143,\"25 inch\nBob,"), "the row as it came: {rejects}");
        assert!(rejects.contains("at least 2 row(s) behind it were read as part of the cell"), "{rejects}");
    }

    async fn edge_case_52_a_foreign_number_is_stored_as_it_is_written_whatever_the_default_country(world: World) {
        for (n, country) in ["US", "GB", "BR"].into_iter().enumerate() {
            let list = format!("Name,Phone\nAnn,+4915112345{n}78\n");
            let import = imported(&world, list, wish_with(json!({"default_country": country}))).await;
            assert_eq!((fates(&import), &import["repaired"]), ([1, 0, 0, 0], &json!(0)), "{country}");
        }
        let phones: Vec<String> = book(&world.admin).await.into_iter().map(|(_, phone)| phone).collect();
        assert_eq!(phones, ["+4915112345078", "+4915112345178", "+4915112345278"]);
    }
}
