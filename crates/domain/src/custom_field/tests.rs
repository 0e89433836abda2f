//! What each kind of field accepts, refuses, and gives back the same.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn field(kind: FieldKind) -> CustomField {
    let choices = if kind == FieldKind::Choice { vec!["Gold".to_owned(), "Größe L".to_owned()] } else { Vec::new() };
    CustomField {
        key: "plan".to_owned(),
        label: "Plan".to_owned(),
        kind,
        choices,
        is_required: false,
        is_visible: true,
        archived: false,
    }
}

fn in_country(code: &str) -> Notation {
    Notation::of(&CountryCode::parse(code).expect("a country"))
}

fn read_in(country: &str, kind: FieldKind, text: &str) -> Option<String> {
    let read = field(kind).read(&CustomValue::Text(text.to_owned()), in_country(country));
    read.ok().map(|read| read.map(|value| value.to_string()).unwrap_or_default())
}

#[test]
fn whole_numbers_are_read_as_lists_write_them() {
    let cases = [
        ("US", "42", Some("42")),
        ("US", "-7", Some("-7")),
        ("US", "'-7", Some("-7")),
        ("US", " +1,234,567 ", Some("1234567")),
        ("US", "1,234", Some("1234")),
        ("US", "12.0", Some("12")),
        ("US", "1.000", None),
        ("DE", "1.000", Some("1000")),
        ("DE", "1,000", None),
        ("DE", "1 234 567", Some("1234567")),
        ("CH", "1'234", Some("1234")),
        ("IN", "12,34,567", Some("1234567")),
        ("US", "007", Some("7")),
        ("US", "12,3", None),
        ("US", "1,23", None),
        ("US", "1.5E+10", None),
        ("US", "9007199254740991", Some("9007199254740991")),
        ("US", "9007199254740992", None),
        ("US", "99999999999999999999", None),
        ("US", "twelve", None),
        ("US", "-", None),
        ("US", "", Some("")),
    ];
    for (country, text, expected) in cases {
        assert_eq!(read_in(country, FieldKind::Integer, text).as_deref(), expected, "{country} {text}");
    }
}

#[test]
fn decimals_are_read_as_lists_write_them_and_never_guessed() {
    let cases = [
        ("US", "12.50", Some("12.5")),
        ("US", "1,234.5", Some("1234.5")),
        ("DE", "1.234,5", Some("1234.5")),
        ("US", "1.234,5", Some("1234.5")),
        ("US", "12,5", Some("12.5")),
        ("DE", "1,234", Some("1.234")),
        ("US", "1.234", Some("1.234")),
        ("US", "1,234", Some("1234")),
        ("DE", "1.234", None),
        ("DE", "1.234.567", Some("1234567")),
        ("US", ".5", Some("0.5")),
        ("US", "-0", Some("0")),
        ("US", "3.0", Some("3")),
        ("US", "0.00001", Some("0.00001")),
        ("US", "0.000001", None),
        ("US", "1234567890.12345", Some("1234567890.12345")),
        ("US", "1234567890.123456", None),
        ("US", "1.2.3,4,5", None),
        ("US", "1,2.3,4", None),
        ("US", "1e5", None),
    ];
    for (country, text, expected) in cases {
        assert_eq!(read_in(country, FieldKind::Decimal, text).as_deref(), expected, "{country} {text}");
    }
}

#[test]
fn days_are_read_as_lists_write_them() {
    let cases = [
        ("US", "2026-11-22", Some("2026-11-22")),
        ("US", "2026-11-22 00:00:00", Some("2026-11-22")),
        ("US", "2026-11-22T00:00:00.000Z", Some("2026-11-22")),
        ("US", "2026-11-22 14:30", None),
        ("US", "11/2/2026", Some("2026-11-02")),
        ("GB", "11/2/2026", Some("2026-02-11")),
        ("GB", "11/22/2026", Some("2026-11-22")),
        ("US", "22/11/2026", Some("2026-11-22")),
        ("US", "2.11.2026", Some("2026-11-02")),
        ("US", "2026/3/4", Some("2026-03-04")),
        ("US", "22 Nov 2026", Some("2026-11-22")),
        ("US", "November 22, 2026", Some("2026-11-22")),
        ("US", "22-nov-2026", Some("2026-11-22")),
        ("US", "2024-02-29", Some("2024-02-29")),
        ("US", "2026-02-29", None),
        ("US", "11/22/26", None),
        ("US", "2026-13-01", None),
        ("US", "45983", None),
        ("US", "tomorrow", None),
    ];
    for (country, text, expected) in cases {
        assert_eq!(read_in(country, FieldKind::Date, text).as_deref(), expected, "{country} {text}");
    }
}

#[test]
fn choices_and_boxes_take_any_spelling_and_keep_one() {
    assert_eq!(read_in("US", FieldKind::Choice, " gold ").as_deref(), Some("Gold"));
    assert_eq!(read_in("US", FieldKind::Choice, "GRÖSSE l"), None);
    assert_eq!(read_in("US", FieldKind::Choice, "größe  L").as_deref(), Some("Größe L"));
    for (text, expected) in
        [("Yes", Some("yes")), ("x", Some("yes")), ("0", Some("no")), ("FALSE", Some("no")), ("maybe", None)]
    {
        assert_eq!(read_in("US", FieldKind::Checkbox, text).as_deref(), expected, "{text}");
    }
    let flag = field(FieldKind::Checkbox).read(&CustomValue::Flag(false), in_country("US"));
    assert_eq!(flag, Ok(Some(CustomValue::Flag(false))));
}

#[test]
fn texts_have_bounds_and_short_ones_one_line() {
    assert_eq!(read_in("US", FieldKind::ShortText, " a\n b ").as_deref(), Some("a b"));
    assert_eq!(read_in("US", FieldKind::LongText, " a\n b ").as_deref(), Some("a\n b"));
    assert!(read_in("US", FieldKind::ShortText, &"x".repeat(SHORT_TEXT_LENGTH_MAX)).is_some());
    assert_eq!(read_in("US", FieldKind::ShortText, &"x".repeat(SHORT_TEXT_LENGTH_MAX + 1)), None);
    assert_eq!(read_in("US", FieldKind::LongText, &"x".repeat(LONG_TEXT_LENGTH_MAX + 1)), None);
}

#[test]
fn a_definition_has_bounds() {
    let wrong = |change: fn(&mut CustomField)| {
        let mut field = field(FieldKind::Choice);
        change(&mut field);
        field.check().err().map(|errors| errors[0].field.clone())
    };
    assert_eq!(wrong(|_| {}), None);
    assert_eq!(wrong(|field| field.key = "Plan".to_owned()).as_deref(), Some("key"));
    assert_eq!(wrong(|field| field.key = "_plan".to_owned()).as_deref(), Some("key"));
    assert_eq!(wrong(|field| field.key = "plan b".to_owned()).as_deref(), Some("key"));
    assert_eq!(wrong(|field| field.key = "email".to_owned()).as_deref(), Some("key"));
    assert_eq!(wrong(|field| field.label = " ".to_owned()).as_deref(), Some("label"));
    assert_eq!(wrong(|field| field.choices.clear()).as_deref(), Some("choices"));
    assert_eq!(wrong(|field| field.choices.push("GOLD".to_owned())).as_deref(), Some("choices"));
    assert_eq!(wrong(|field| field.choices.push(" ".to_owned())).as_deref(), Some("choices"));
    assert_eq!(wrong(|field| field.kind = FieldKind::Date).as_deref(), Some("choices"));
}

#[test]
fn values_are_read_together_and_required_ones_are_missed() {
    let mut age = field(FieldKind::Integer);
    age.key = "age".to_owned();
    let mut plan = field(FieldKind::Choice);
    plan.is_required = true;
    let mut old = plan.clone();
    (old.key, old.archived) = ("old".to_owned(), true);
    let fields = CustomFields::new(vec![age, plan, old]);
    let values = json!({ "age": "1,200", "plan": "  ", "free": " as it is " });
    let mut custom: BTreeMap<String, CustomValue> = serde_json::from_value(values).expect("values");
    assert_eq!(fields.read(&mut custom, in_country("US")), []);
    assert_eq!(json!(custom), json!({ "age": 1200, "free": " as it is " }));
    assert_eq!(fields.missing(&custom), [FieldError::new("custom.plan", "is required")]);
    custom.insert("plan".to_owned(), CustomValue::Text("Lead".to_owned()));
    let errors = fields.read(&mut custom, in_country("US"));
    assert_eq!(errors, [FieldError::new("custom.plan", "must be one of Gold, Größe L")]);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-+']?[0-9]{0,7}[.,' ]?[0-9]{0,5}[.,]?[0-9]{0,4}",
        "[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}",
        "(?i:yes|no|gold|größe l|true| x )",
        "\\PC{0,20}",
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
    ]
}

proptest! {
    /// Whatever is accepted is kept in a form that is read back as the same, and so is its text: by whoever reads it,
    /// wherever they are, unless it is not clear there.
    #[test]
    fn what_is_accepted_is_read_back_the_same(
        text in texts(),
        kind in prop::sample::select(FieldKind::ALL),
        country in prop::sample::select(&["US", "DE", "GB", "IN", "CH"][..]),
        other in prop::sample::select(&["US", "DE", "GB"][..]),
    ) {
        let field = field(kind);
        if let Ok(Some(kept)) = field.read(&CustomValue::Text(text.clone()), in_country(country)) {
            let json = serde_json::to_string(&kept).expect("a plain value");
            let stored: CustomValue = serde_json::from_str(&json).expect("what was written");
            prop_assert_eq!(&stored, &kept, "{} {}", kind, json);
            let again = field.read(&kept, in_country(other));
            prop_assert_eq!(again, Ok(Some(kept.clone())), "{} {:?}", kind, text);
            prop_assert!(field.holds(&kept.to_string()), "{} {:?} {}", kind, text, kept);
            if let Ok(elsewhere) = field.read(&CustomValue::Text(kept.to_string()), in_country(other)) {
                prop_assert_eq!(elsewhere, Some(kept), "{} {:?}", kind, text);
            }
        }
    }
}
