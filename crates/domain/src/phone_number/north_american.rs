//! The short way to read numbers of the United States and Canada, which are most of most lists.
//!
//! Asking the numbering plan takes ten microseconds and more; a list of a million rows would wait for it half a minute.
//! Here the usual spellings are read by their shape, and only for area codes all of whose numbers are in use by the
//! plan and are people's lines. Whatever is not plain, the plan decides: a test asks it about every exchange of every
//! area code here, another about spellings of all sorts.

use super::PhoneNumber;
use crate::country_code::CountryCode;

/// Area codes in which any number whose exchange begins with 2 to 9 is in use, as a landline or a mobile phone.
#[rustfmt::skip]
const AREA_CODES: &[u16] = &[
    201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 220, 223,
    224, 225, 226, 227, 228, 229, 231, 234, 235, 236, 239, 240, 248, 249, 250, 251, 252, 253, 254, 256,
    257, 260, 262, 263, 267, 269, 270, 272, 273, 274, 276, 279, 281, 283, 289,
    301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321,
    323, 324, 325, 326, 327, 329, 330, 331, 332, 334, 336, 337, 339, 341, 343, 346, 347, 350, 351, 352,
    353, 354, 360, 361, 363, 364, 365, 367, 368, 369, 380, 382, 385, 386,
    401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 416, 417, 418, 419, 423, 424,
    425, 428, 430, 431, 432, 434, 435, 437, 438, 440, 442, 443, 445, 447, 448, 450, 458, 463, 464, 468,
    469, 470, 472, 474, 475, 478, 479, 480, 484,
    501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 512, 513, 514, 515, 516, 517, 518, 519, 520, 530,
    531, 534, 539, 540, 541, 548, 551, 557, 559, 561, 562, 563, 564, 567, 570, 571, 572, 573, 574, 575,
    579, 580, 581, 582, 584, 585, 586, 587,
    601, 602, 603, 604, 605, 606, 607, 608, 609, 610, 612, 613, 614, 615, 616, 617, 618, 619, 620, 623,
    626, 628, 629, 630, 631, 636, 639, 640, 641, 645, 646, 647, 650, 651, 656, 657, 659, 660, 661, 662,
    667, 669, 672, 678, 680, 681, 682, 683, 686, 689,
    701, 702, 703, 704, 705, 706, 707, 708, 709, 712, 713, 714, 715, 716, 717, 718, 719, 720, 724, 725,
    726, 727, 728, 730, 731, 732, 734, 737, 738, 740, 742, 743, 747, 748, 753, 754, 757, 760, 762, 763,
    765, 769, 770, 771, 772, 773, 774, 775, 778, 779, 780, 781, 782, 785, 786,
    801, 802, 803, 804, 805, 806, 807, 808, 810, 812, 813, 814, 815, 816, 817, 818, 819, 820, 821, 825,
    826, 828, 830, 831, 832, 835, 838, 839, 840, 843, 845, 847, 848, 850, 854, 856, 857, 858, 859, 860,
    862, 863, 864, 865, 867, 870, 872, 873, 878, 879,
    901, 902, 903, 904, 905, 906, 907, 908, 909, 910, 912, 913, 914, 915, 916, 917, 918, 919, 920, 925,
    928, 929, 930, 931, 934, 936, 937, 938, 940, 941, 942, 943, 945, 947, 948, 949, 951, 952, 954, 956,
    959, 970, 971, 972, 973, 975, 978, 979, 980, 984, 985, 986, 989,
];

const fn set_of(codes: &[u16]) -> [bool; 1_000] {
    let mut set = [false; 1_000];
    let mut at = 0;
    while at < codes.len() {
        set[codes[at] as usize] = true;
        at += 1;
    }
    set
}

static IS_AREA_CODE: [bool; 1_000] = set_of(AREA_CODES);

/// A number read the short way.
pub(super) struct ShortReading {
    pub phone: PhoneNumber,
    /// It was written as bare digits, the calling code among them: the plus sign is missing.
    pub lacks_plus: bool,
}

/// Reads `(202) 555-0143`, `1-202-555-0143`, `+1 202.555.0143` and their like. `None`: ask the plan.
pub(super) fn read(text: &str, default_country: CountryCode) -> Option<ShortReading> {
    let mut rest = Rest(text.trim_matches(' ').as_bytes());
    let written = rest.0.len();
    let has_plus = rest.take(b'+');
    if !has_plus && !matches!(default_country.as_str(), "US" | "CA") {
        return None;
    }
    let has_code = rest.take(b'1');
    if has_plus && !has_code {
        return None;
    }
    if has_code {
        rest.skip_separator();
    }
    let mut text = *b"+1__________";
    let is_in_brackets = rest.take(b'(');
    rest.digits(&mut text[2..5])?;
    if is_in_brackets && !rest.take(b')') {
        return None;
    }
    rest.skip_separator();
    rest.digits(&mut text[5..8])?;
    rest.skip_separator();
    rest.digits(&mut text[8..12])?;
    let area = text[2..5].iter().fold(0, |area, digit| area * 10 + usize::from(digit - b'0'));
    if !rest.0.is_empty() || text[5] < b'2' || !IS_AREA_CODE[area] {
        return None;
    }
    let phone = PhoneNumber::from_e164(std::str::from_utf8(&text).ok()?).ok()?;
    Some(ShortReading { phone, lacks_plus: !has_plus && has_code && written == text.len() - 1 })
}

/// What is not yet read of a text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.0.first() == Some(&wanted);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn skip_separator(&mut self) {
        let _ = [b' ', b'-', b'.'].into_iter().any(|separator| self.take(separator));
    }

    fn digits(&mut self, into: &mut [u8]) -> Option<()> {
        let (digits, rest) = self.0.split_at_checked(into.len())?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        into.copy_from_slice(digits);
        self.0 = rest;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rlibphonenumber::PHONE_NUMBER_UTIL;

    use super::*;
    use crate::phone_number::cell::{parse_cell, parse_cell_by_plan};
    use crate::phone_number::{CellNote, PhoneKind, kind_of};

    fn country(code: &str) -> CountryCode {
        CountryCode::parse(code).expect("a country")
    }

    #[test]
    fn every_exchange_of_every_area_code_here_is_in_use_by_the_plan() {
        for area in AREA_CODES {
            for exchange in 200..1_000_u32 {
                let line = (u32::from(*area) * 7_919 + exchange * 104_729) % 10_000;
                let text = format!("+1{area}{exchange}{line:04}");
                let number = PHONE_NUMBER_UTIL.parse(&text, None).expect("a number");
                assert_eq!(kind_of(&number), PhoneKind::FixedLineOrMobile, "{text}");
                let region = PHONE_NUMBER_UTIL.get_region_for_number(&number).map(|region| region.to_string());
                assert!(matches!(region.as_deref(), Some("US" | "CA")), "{text} is of {region:?}");
            }
        }
    }

    #[test]
    fn the_usual_spellings_take_the_short_way() {
        for text in [
            "+12025550143",
            "+1 202 555 0143",
            "(202) 555-0143",
            "(202)555-0143",
            "202-555-0143",
            "202.555.0143",
            "2025550143",
            "1-202-555-0143",
            "1 (202) 555-0143",
            " 12025550143 ",
        ] {
            let read = read(text, CountryCode::US).unwrap_or_else(|| panic!("{text} took the long way"));
            assert_eq!(read.phone.as_str(), "+12025550143", "{text}");
            assert_eq!(read.lacks_plus, text == " 12025550143 ", "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_plan() {
        for (text, code) in [
            ("2025550143", "GB"),
            ("+442071838750", "US"),
            ("1202555014.0", "US"),
            ("12025550143.0", "US"),
            ("2021550143", "US"),
            ("8005550143", "US"),
            ("9005550143", "US"),
            ("2425550143", "US"),
            ("(202 555-0143", "US"),
            ("202) 555-0143", "US"),
            ("202--555-0143", "US"),
            ("2025550143 x9", "US"),
            ("202555014", "US"),
            ("20255501433", "US"),
            ("", "US"),
        ] {
            assert!(read(text, country(code)).is_none(), "{text} in {code}");
        }
    }

    /// Numbers in the shapes of lists, some of them damaged.
    fn spellings() -> impl Strategy<Value = String> {
        let part = "[ .\\-()+]{0,2}";
        let anything = proptest::string::string_regex(&format!(
            "{part}1?{part}[2-9][0-9]{{2}}{part}[0-9]{{3}}{part}[0-9]{{4}}{part}"
        ))
        .expect("a pattern");
        let known = (0..AREA_CODES.len(), "[0-9]{7}").prop_map(|(at, rest)| format!("{}{rest}", AREA_CODES[at]));
        let prefixed = (prop::sample::select(vec!["", "+1", "1", "+", "001", "0"]), known.clone())
            .prop_map(|(prefix, digits)| format!("{prefix}{digits}"));
        let grouped_known = (known, part, part, part, prop::sample::select(vec!["", "1", "+1"])).prop_map(
            |(digits, first, second, third, prefix)| {
                format!("{prefix}{first}{}{second}{}{third}{}", &digits[..3], &digits[3..6], &digits[6..])
            },
        );
        prop_oneof![anything, prefixed, grouped_known, "[0-9+(). \\-]{7,16}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_short_way_and_the_plan_agree_on_every_spelling(
            text in spellings(),
            code in prop::sample::select(vec!["US", "CA", "GB", "JM", "DE"]),
        ) {
            let country = country(code);
            let by_plan = parse_cell_by_plan(&text, &country);
            prop_assert_eq!(&parse_cell(&text, &country), &by_plan);
            if let Some(short) = read(&text, country) {
                let by_plan = by_plan.expect("the plan knows it, too");
                prop_assert_eq!(short.phone, by_plan.phone);
                prop_assert_eq!(short.lacks_plus, by_plan.notes == [CellNote::PlusRestored]);
            }
        }
    }
}
