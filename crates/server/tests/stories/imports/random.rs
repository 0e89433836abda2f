//! Random lists against a small model of what an import is: a book of numbers, and a fate for each row.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;

/// Lists imported one after the other into one book.
const LISTS: usize = 12;

#[derive(Debug, Clone)]
struct Random {
    /// A number by its last digits and whether it lost its plus sign, or nonsense.
    rows: Vec<Option<(u8, bool)>>,
    update: bool,
    strict: bool,
}

fn lists() -> impl Strategy<Value = Random> {
    let row = prop_oneof![9 => (0..60_u8, any::<bool>()).prop_map(Some), 1 => Just(None)];
    let rows = prop::collection::vec(row, 1..60);
    (rows, any::<bool>(), any::<bool>()).prop_map(|(rows, update, strict)| Random { rows, update, strict })
}

/// What an import does to a book, and the fates of the rows.
fn model(book: &mut BTreeMap<u8, String>, list: &Random, named: impl Fn(usize) -> String) -> [i64; 4] {
    let bad = list.rows.iter().filter(|row| row.is_none()).count() as i64;
    if list.strict && bad > 0 {
        return [0, 0, 0, list.rows.len() as i64];
    }
    let mut fates = [0, 0, 0, bad];
    for (n, number) in list.rows.iter().enumerate().filter_map(|(n, row)| row.map(|(number, _)| (n, number))) {
        match (book.contains_key(&number), list.update) {
            (false, _) => fates[0] += 1,
            (true, true) => fates[1] += 1,
            (true, false) => fates[2] += 1,
        }
        if list.update || !book.contains_key(&number) {
            book.insert(number, named(n));
        }
    }
    fates
}

on_both! {
    async fn any_lists_in_any_order_give_each_row_one_fate(world: World) {
        let mut runner = TestRunner::deterministic();
        let mut expected = BTreeMap::new();
        for n in 0..LISTS {
            let list = lists().new_tree(&mut runner).expect("a list").current();
            let named = |row: usize| format!("List {n} row {row}");
            let line = |(row, number): (usize, &Option<(u8, bool)>)| match number {
                Some((number, is_whole)) => format!("{},{}120255501{number:02}\n", named(row), if *is_whole { "+" } else { "" }),
                None if row % 2 == 0 => format!("{},1.20256E+10\n", named(row)),
                None => format!("{},nonsense\n", named(row)),
            };
            let text: String = list.rows.iter().enumerate().map(line).collect();
            let import = bring(&world.admin, format!("Name,Phone\n{text}")).await;
            let wish = wish_with(json!({
                "duplicates": if list.update { "update" } else { "skip" }, "mode": if list.strict { "strict" } else { "lenient" }
            }));
            let asked = json!({"mapping": wish["mapping"], "default_country": "US"});
            let look = world.admin.post(&format!("{}/validate", path(&import)), asked).await.expect(200);
            let counts = ["valid", "duplicates_in_file", "duplicates_existing", "invalid", "do_not_call"];
            let sum: u64 = counts.iter().filter_map(|count| look[count].as_u64()).sum();
            assert_eq!((json!(sum), json!(list.rows.len())), (look["rows"].clone(), look["rows"].clone()), "{list:?}");
            commit(&world.admin, &import, wish).await.expect(202);
            let import = ended(&world, &import).await;
            let fates = fates(&import);
            assert_eq!(fates, model(&mut expected, &list, named), "{list:?}");
            let damaged = list.rows.iter().flatten().filter(|(_, is_whole)| !is_whole).count();
            let repaired = if import["state"] == "done" { damaged } else { 0 };
            assert_eq!((&look["repaired"], &import["repaired"]), (&json!(damaged), &json!(repaired)), "{list:?}");
        }
        let mut found = book(&world.admin).await;
        found.sort_by(|one, other| one.1.cmp(&other.1));
        let expected: Vec<(String, String)> =
            expected.into_iter().map(|(number, name)| (name, format!("+120255501{number:02}"))).collect();
        assert_eq!(found, expected);
    }
}
