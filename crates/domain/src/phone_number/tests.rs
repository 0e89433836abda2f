//! Numbers as people write them, as spreadsheets damage them, and as attackers would like them.
//!
//! The tables name the country in which a text is read. Which zones follow from a number is tested in
//! `time_zones`.

use proptest::prelude::*;

use super::*;

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

fn parsed(text: &str, code: &str) -> Result<String, PhoneNumberError> {
    PhoneNumber::parse(text, &country(code)).map(|phone| phone.to_string())
}

#[test]
fn people_write_numbers_in_many_ways() {
    let cases = [
        ("(202) 555-0143", "US", "+12025550143"),
        ("202.555.0143", "US", "+12025550143"),
        ("1 202 555 0143", "US", "+12025550143"),
        ("+1 (202) 555-0143", "DE", "+12025550143"),
        ("0012025550143", "US", "+12025550143"),
        ("0012025550143", "DE", "+12025550143"),
        ("011 44 20 7183 8750", "US", "+442071838750"),
        ("+44 (0)20 7183 8750", "US", "+442071838750"),
        ("020 7183 8750", "GB", "+442071838750"),
        ("030/1234567", "DE", "+49301234567"),
        ("06 1234 5678", "FR", "+33612345678"),
        ("06 6982", "IT", "+39066982"),
        ("+390612345678", "GB", "+390612345678"),
        ("+4915112345678", "US", "+4915112345678"),
        ("+5511987654321", "US", "+5511987654321"),
        ("+441132345678", "US", "+441132345678"),
        (" 0151 12345678 ", "DE", "+4915112345678"),
    ];
    for (text, code, expected) in cases {
        assert_eq!(parsed(text, code), Ok(expected.to_owned()), "{text} in {code}");
    }
}

#[test]
fn addresses_lists_marks_and_markup_are_refused() {
    let hostile = [
        "sip:a@evil",
        "client:admin",
        "+1555,+1900",
        "+12025550143;ext=9",
        "+12025550143,,9",
        "٢٠٢٥٥٥٠١٤٣",
        "+1202555014３",
        "\u{202e}+12025550143",
        "+1202\u{200f}5550143",
        "+12025550143\0",
        "=+12025550143",
        "+1202+5550143",
        "12025550143 x9",
        "1-800-FLOWERS",
        "",
        "   ",
        "()",
        "+",
        "<b>",
        "+12025550143\n",
        "1234567890123456789012345678901234567890",
        "+1234567890123456789",
        "+1202555014;phone-context=+1",
    ];
    for text in hostile {
        assert!(PhoneNumber::parse(text, &CountryCode::US).is_err(), "{text:?}");
    }
}

#[test]
fn emergency_and_short_numbers_are_refused() {
    for text in ["911", "112", "999", "411", "611", "12345", "555-01"] {
        assert_eq!(parsed(text, "US"), Err(PhoneNumberError::TooShort), "{text}");
    }
    for text in ["+1911", "+19115550143", "+1911", "2025550", "+442"] {
        assert!(parsed(text, "US").is_err(), "{text}");
    }
}

#[test]
fn e164_is_taken_to_the_letter() {
    for good in ["+12025550143", "+6834002", "+123456789012345"] {
        assert_eq!(PhoneNumber::from_e164(good).map(|phone| phone.to_string()), Ok(good.to_owned()));
    }
    let wrong = [
        "",
        "+",
        "12025550143",
        "+02025550143",
        "+123456",
        "+1234567890123456",
        "+1 2025550143",
        "+1202555014a",
        "+1202555014３",
        " +12025550143",
        "+12025550143\n",
        "++12025550143",
    ];
    for bad in wrong {
        assert_eq!(PhoneNumber::from_e164(bad), Err(PhoneNumberError::NotE164), "{bad:?}");
    }
}

#[test]
fn only_lines_of_people_are_called() {
    use PhoneKind::*;
    let cases = [
        ("+12025550143", FixedLineOrMobile, true),
        ("+442071838750", FixedLine, true),
        ("+447400123456", Mobile, true),
        ("+445612345678", Voip, true),
        ("+19005550143", PremiumRate, false),
        ("+18005550143", TollFree, false),
        ("+80012345678", TollFree, false),
        ("+491801234567", SharedCost, false),
        ("+447640123456", Pager, false),
        ("+447012345678", PersonalNumber, false),
        ("+445512345678", UniversalAccess, false),
        ("+870773111632", Satellite, false),
        ("+881612345678", Satellite, false),
        ("+883510012345678", Satellite, false),
        ("+979123456789", PremiumRate, false),
        ("+15551234567", Unknown, false),
        ("+447700900123", Unknown, false),
    ];
    for (text, kind, callable) in cases {
        let phone = PhoneNumber::from_e164(text).expect("E.164");
        assert_eq!(phone.kind(), kind, "{text}");
        assert_eq!(phone.may_be_called().is_ok(), callable, "{text}");
    }
}

#[test]
fn the_refusal_says_what_sort_of_line_it_is() {
    let error = PhoneNumber::parse_callable("+1 900 555 0143", &CountryCode::US).expect_err("premium");
    assert_eq!(error.to_string(), "a premium-rate number is not called");
    assert!(PhoneNumber::parse("+1 900 555 0143", &CountryCode::US).is_ok(), "the do-not-call list may hold it");
}

#[test]
fn calling_code_one_is_told_apart_by_area_code() {
    let cases = [
        ("+12025550143", Some("US")),
        ("+14165550143", Some("CA")),
        ("+18765551234", Some("JM")),
        ("+17875551234", Some("PR")),
        ("+442071838750", Some("GB")),
        ("+15551234567", None),
        ("+999999999", None),
        ("+870773111632", None),
    ];
    for (text, expected) in cases {
        let phone = PhoneNumber::from_e164(text).expect("E.164");
        assert_eq!(phone.country().map(|code| code.to_string()).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_masked_number_shows_its_last_four_digits() {
    let phone = PhoneNumber::from_e164("+12025550143").expect("E.164");
    assert_eq!(phone.masked(), "+•••••••0143");
    assert_eq!(format!("{phone:?}"), "+•••••••0143");
    assert_eq!(format!("{phone}"), "+12025550143");
}

#[test]
fn a_number_is_a_string_in_json() {
    let phone: PhoneNumber = serde_json::from_str("\"+12025550143\"").expect("json");
    assert_eq!(serde_json::to_string(&phone).expect("json"), "\"+12025550143\"");
    assert!(serde_json::from_str::<PhoneNumber>("\"2025550143\"").is_err());
}

fn cell(text: &str, code: &str) -> Result<(String, Vec<CellNote>), PhoneNumberError> {
    parse_cell(text, &country(code)).map(|cell| (cell.phone.to_string(), cell.notes))
}

#[test]
fn damage_by_spreadsheets_is_mended_where_certain() {
    let us = || "+12025550143".to_owned();
    let cases = [
        ("1.2025550143E+10", "US", us(), vec![CellNote::ExponentUndone, CellNote::PlusRestored]),
        ("12025550143", "US", us(), vec![CellNote::PlusRestored]),
        ("447911123456", "GB", "+447911123456".to_owned(), vec![CellNote::PlusRestored]),
        ("7911123456", "GB", "+447911123456".to_owned(), vec![CellNote::LeadingZeroRestored]),
        ("'+12025550143", "US", us(), vec![]),
        ("=\"+12025550143\"", "US", us(), vec![]),
        ("\u{a0}+1\u{a0}202\u{200b}555\u{2011}0143 ", "US", us(), vec![]),
        ("＋１２０２５５５０１４３", "US", us(), vec![]),
        ("(202) 555-0143 x12", "US", us(), vec![CellNote::Extension("12".to_owned())]),
        ("202-555-0143, ext. 12", "US", us(), vec![CellNote::Extension("12".to_owned())]),
        ("+44 (0)20 7183 8750", "US", "+442071838750".to_owned(), vec![]),
        ("12025550143.0", "US", us(), vec![CellNote::PlusRestored]),
        ("tel:+1-202-555-0143", "US", us(), vec![]),
        ("030/1234567", "DE", "+49301234567".to_owned(), vec![]),
        ("2025550143", "US", us(), vec![]),
        ("01.23.45.67.89", "FR", "+33123456789".to_owned(), vec![]),
    ];
    for (text, code, phone, notes) in cases {
        assert_eq!(cell(text, code), Ok((phone, notes)), "{text} in {code}");
    }
}

#[test]
fn damage_that_cannot_be_mended_is_refused_with_the_reason() {
    use PhoneNumberError as E;
    let cases = [
        ("1.20256E+10", E::DigitsLost),
        ("4.47912E+11", E::DigitsLost),
        ("1.5551E+10", E::DigitsLost),
        ("1.202555014E+10", E::DigitsLost),
        ("202-555-0143 / 0144", E::MoreThanOne),
        ("2025550143;2025550144", E::MoreThanOne),
        ("+1555,+1900", E::MoreThanOne),
        ("2025550143 & 2025550144", E::MoreThanOne),
        ("1-800-FLOWERS", E::Letters),
        ("1-800-356-9377", E::NotCallable(NotCallable(PhoneKind::TollFree))),
        ("-12025550143", E::Negative),
        ("2026-11-22", E::Date),
        ("11/22/2026", E::Date),
        ("22.11.26", E::Date),
        ("2026-11-22 08:30:00", E::Date),
        ("#N/A", E::Formula),
        ("#REF!", E::Formula),
        ("=+12025550143", E::Formula),
        ("=A1", E::Formula),
        ("NULL", E::Empty),
        ("n/a", E::Empty),
        ("", E::Empty),
        ("0000000000", E::OnlyZeros),
        ("4915112345678", E::PlusMissing(country("DE"))),
        ("911", E::TooShort),
        ("+12025550143;ext=9", E::MoreThanOne),
        ("\u{202d}+12025550143\u{202c}", E::ForbiddenCharacter('\u{202d}')),
        ("٢٠٢٥٥٥٠١٤٣", E::ForbiddenCharacter('٢')),
        ("sip:a@evil", E::Letters),
        ("5551234567", E::NotInUse(CountryCode::US)),
    ];
    for (text, error) in cases {
        assert_eq!(cell(text, "US"), Err(error), "{text}");
    }
}

proptest! {
    /// Whatever comes in, what comes out is E.164, and is read again as itself everywhere.
    #[test]
    fn every_number_read_is_stable(text in "[+0-9()./ -]{1,24}", code in prop::sample::select(vec!["US", "GB", "DE", "IT", "AU"])) {
        let country = country(code);
        if let Ok(phone) = PhoneNumber::parse(&text, &country) {
            prop_assert_eq!(PhoneNumber::from_e164(phone.as_str()), Ok(phone));
            prop_assert_eq!(PhoneNumber::parse(phone.as_str(), &CountryCode::US), Ok(phone));
            prop_assert_eq!(phone.masked().bytes().filter(u8::is_ascii_digit).count(), UNMASKED_DIGITS);
        }
    }

    /// No text at all makes reading panic.
    #[test]
    fn no_text_brings_the_readers_down(text in any::<String>()) {
        let _ = PhoneNumber::parse(&text, &CountryCode::US);
        let _ = PhoneNumber::from_e164(&text);
        let _ = parse_cell(&text, &CountryCode::US);
    }

    /// What is no number at all is refused, however it is spelled.
    #[test]
    fn no_foreign_character_gets_through(text in "[+]1202555[0-9]{3}[^0-9+(). /-][0-9]") {
        prop_assert!(PhoneNumber::parse(&text, &CountryCode::US).is_err());
    }
}
