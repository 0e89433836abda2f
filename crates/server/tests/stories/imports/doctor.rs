//! Lists that spreadsheets damaged: mended where that is certain, else set aside with the proposal for a person to accept.

use super::*;

/// Ten sound rows behind a header, and six damaged ones on the lines 12 to 17.
fn damaged() -> String {
    let sound: String = (0..10).map(|n| format!("Sound {n},+1202555010{n},20001\n")).collect();
    format!(
        "Name,Phone,Zip\n{sound}Ann,12025550143,2134\nBob,1.2025550144E+10,\nCid,1.20256E+10,\nDan,447911123456,\n\
         Lee, Eve,2025550145,20001\nFay,\"202-555-0146; 202-555-0147\",\n"
    )
}

fn with(members: Value) -> Value {
    let mut whole = wish_with(members);
    whole["mapping"]["postal_code"] = json!("Zip");
    whole
}

async fn look(world: &World, import: &Value, wish: Value) -> Value {
    let look = world.admin.post(&format!("{}/validate", path(import)), wish).await.expect(200);
    let counts = ["valid", "duplicates_in_file", "duplicates_existing", "invalid", "do_not_call"];
    let sum: u64 = counts.iter().filter_map(|count| look[count].as_u64()).sum();
    assert_eq!(json!(sum), look["rows"], "{look}");
    look
}

/// Row, kind, and what the cell becomes, of repairs that were applied or were not.
fn repairs(look: &Value, is_applied: bool) -> Vec<(u64, &str, &str)> {
    let all = look["repairs"].as_array().expect("repairs").iter();
    all.filter(|repair| repair["is_applied"] == is_applied)
        .map(|repair| {
            let text = |name: &str| repair[name].as_str().expect("a text");
            (repair["row"].as_u64().expect("a line"), text("what"), text("after"))
        })
        .collect()
}

on_both! {
    async fn what_is_certain_is_mended_and_the_rest_is_set_aside_with_a_proposal(world: World) {
        let import = bring(&world.admin, damaged()).await;
        let look = look(&world, &import, with(json!({}))).await;
        assert_eq!((&look["valid"], &look["invalid"], &look["repaired"]), (&json!(13), &json!(3), &json!(3)), "{look}");
        let applied = [
            (12, "plus_lost", "+12025550143"), (12, "zero_lost", "02134"), (13, "exponent", "+12025550144"), (16, "shifted_columns", "Lee, Eve"),
        ];
        assert_eq!(repairs(&look, true), applied);
        assert_eq!(repairs(&look, false), [(15, "plus_lost", "+447911123456"), (17, "several_numbers", "+12025550146")]);
        let first = &look["repairs"][0];
        assert_eq!((&first["column"], &first["before"], &first["is_certain"]), (&json!("Phone"), &json!("12025550143"), &json!(true)));
        assert!(look["kinds"].as_array().is_some_and(|kinds| kinds.contains(&json!({"what": "plus_lost", "repaired": 1, "proposed": 1}))), "{look}");
        assert!(look["problems"].to_string().contains("it is probably +447911123456"), "{look}");
        commit(&world.admin, &import, with(json!({}))).await.expect(202);
        let import = ended(&world, &import).await;
        assert_eq!((fates(&import), &import["repaired"]), ([13, 0, 0, 3], &json!(3)));
        let book = book(&world.admin).await;
        let mended: Vec<(&str, &str)> = book[10..].iter().map(|(name, phone)| (name.as_str(), phone.as_str())).collect();
        assert_eq!(mended, [("Ann", "+12025550143"), ("Bob", "+12025550144"), ("Lee, Eve", "+12025550145")]);
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        for row in ["Cid,1.20256E+10,,Phone: ", "Dan,447911123456,,", "Fay,202-555-0146; 202-555-0147,,"] {
            assert!(rejects.contains(row), "each row as it came: {rejects}");
        }
        assert!(rejects.contains("it is probably +447911123456") && !rejects.contains("Ann"), "{rejects}");
    }

    async fn proposals_are_accepted_by_kind_or_row_by_row(world: World) {
        let import = bring(&world.admin, damaged()).await;
        let accept = json!({"accept": ["plus_lost", "exponent"], "accept_rows": [17]});
        let look = look(&world, &import, with(accept.clone())).await;
        assert_eq!((&look["valid"], &look["invalid"], &look["repaired"]), (&json!(15), &json!(1), &json!(5)), "digits that are lost stay so: {look}");
        let accepted: Vec<u64> = repairs(&look, true).into_iter().map(|(row, ..)| row).collect();
        assert_eq!(accepted, [12, 12, 13, 15, 16, 17]);
        commit(&world.admin, &import, with(accept)).await.expect(202);
        let import = ended(&world, &import).await;
        assert_eq!((fates(&import), &import["repaired"]), ([15, 0, 0, 1], &json!(5)));
        let found = world.admin.get("/api/v1/contacts?q=447911123456").await.expect(200);
        assert_eq!(found["items"][0]["name"], "Dan");
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        assert_eq!(rejects.lines().count(), 2, "what was accepted is not told as rejected: {rejects}");
    }

    async fn what_may_be_accepted_is_bounded_and_named(world: World) {
        let import = bring(&world.admin, damaged()).await;
        let rows: Vec<u64> = (2..1_003).collect();
        commit(&world.admin, &import, with(json!({"accept_rows": rows}))).await.expect_invalid(&["accept_rows"]);
        let looked = world.admin.post(&format!("{}/validate", path(&import)), with(json!({"accept_rows": rows}))).await;
        looked.expect_invalid(&["accept_rows"]);
        let answer = commit(&world.admin, &import, with(json!({"accept": ["everything"]}))).await;
        let problem = answer.expect_problem(422, "invalid");
        assert!(problem["errors"][0]["field"].as_str().is_some_and(|field| field.starts_with("accept")), "{problem}");
        assert_eq!(world.admin.get(&path(&import)).await.expect(200)["state"], "uploaded");
    }

    async fn a_strict_list_with_a_row_set_aside_keeps_all_out_until_it_is_accepted(world: World) {
        let list = damaged().replace("Cid,1.20256E+10,\n", "");
        let import = imported(&world, list.clone(), with(json!({"mode": "strict"}))).await;
        assert_eq!((&import["state"], fates(&import)), (&json!("failed"), [0, 0, 0, 15]));
        assert!(import["note"].as_str().is_some_and(|note| note.contains("2 rows are bad")), "{import}");
        let accept = json!({"mode": "strict", "accept": ["plus_lost", "several_numbers"]});
        let import = imported(&world, list, with(accept)).await;
        assert_eq!((&import["state"], fates(&import), &import["repaired"]), (&json!("done"), [15, 0, 0, 0], &json!(5)));
    }

    async fn a_row_with_cells_too_many_keeps_them_in_the_list_of_rejected_rows(world: World) {
        let list = "Name,Phone\nAnn,nonsense,more,and more\n";
        let import = imported(&world, list, wish()).await;
        let rejects = world.admin.get(&format!("{}/rejects", path(&import))).await.text;
        assert!(rejects.starts_with("\u{feff}Name,Phone,problem\r\nAnn,nonsense,"), "{rejects}");
        assert!(rejects.trim_end().ends_with(",more,and more"), "{rejects}");
    }
}
