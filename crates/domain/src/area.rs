//! Where a number is from: a state or province of North America by its area code, else its country.
//!
//! Numbers move with people, so this is where a number was given out and no more. Toll-free and other numbers without a
//! place have their country. Names of countries are the user interface's business.

use std::fmt;

use crate::phone_number::PhoneNumber;

/// A place, as `US-CA` or `DE`; `ZZ` when no numbering plan tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(String);

const UNKNOWN: &str = "ZZ";
const CODE_LENGTH_MAX: usize = 8;

/// State or province, its name, and its area codes.
#[rustfmt::skip]
const STATES: &[(&str, &str, &[u16])] = &[
    ("US-AL", "Alabama", &[205, 251, 256, 334, 659, 938]),
    ("US-AK", "Alaska", &[907]),
    ("US-AZ", "Arizona", &[480, 520, 602, 623, 928]),
    ("US-AR", "Arkansas", &[327, 479, 501, 870]),
    ("US-CA", "California", &[209, 213, 279, 310, 323, 341, 350, 357, 369, 408, 415, 424, 442, 510, 530, 559, 562, 619, 626,
        628, 650, 657, 661, 669, 707, 714, 738, 747, 760, 805, 818, 820, 831, 837, 840, 858, 909, 916, 925, 949, 951]),
    ("US-CO", "Colorado", &[303, 719, 720, 748, 970, 983]),
    ("US-CT", "Connecticut", &[203, 475, 860, 959]),
    ("US-DE", "Delaware", &[302]),
    ("US-DC", "District of Columbia", &[202, 771]),
    ("US-FL", "Florida", &[239, 305, 321, 324, 352, 386, 407, 448, 561, 645, 656, 689, 727, 728, 754, 772, 786, 813, 850, 863,
        904, 941, 954]),
    ("US-GA", "Georgia", &[229, 404, 470, 478, 678, 706, 762, 770, 912, 943]),
    ("US-HI", "Hawaii", &[808]),
    ("US-ID", "Idaho", &[208, 986]),
    ("US-IL", "Illinois", &[217, 224, 309, 312, 331, 447, 464, 618, 630, 708, 730, 773, 779, 815, 847, 861, 872]),
    ("US-IN", "Indiana", &[219, 260, 317, 463, 574, 765, 812, 930]),
    ("US-IA", "Iowa", &[319, 515, 563, 641, 712]),
    ("US-KS", "Kansas", &[316, 620, 785, 913]),
    ("US-KY", "Kentucky", &[270, 364, 502, 606, 859]),
    ("US-LA", "Louisiana", &[225, 318, 337, 457, 504, 985]),
    ("US-ME", "Maine", &[207]),
    ("US-MD", "Maryland", &[227, 240, 301, 410, 443, 667]),
    ("US-MA", "Massachusetts", &[339, 351, 413, 508, 617, 774, 781, 857, 978]),
    ("US-MI", "Michigan", &[231, 248, 269, 313, 517, 586, 616, 679, 734, 810, 906, 947, 989]),
    ("US-MN", "Minnesota", &[218, 320, 507, 612, 651, 763, 924, 952]),
    ("US-MS", "Mississippi", &[228, 471, 601, 662, 769]),
    ("US-MO", "Missouri", &[235, 314, 417, 557, 573, 636, 660, 816, 975]),
    ("US-MT", "Montana", &[406]),
    ("US-NE", "Nebraska", &[308, 402, 531]),
    ("US-NV", "Nevada", &[702, 725, 775]),
    ("US-NH", "New Hampshire", &[603]),
    ("US-NJ", "New Jersey", &[201, 551, 609, 640, 732, 848, 856, 862, 908, 973]),
    ("US-NM", "New Mexico", &[505, 575]),
    ("US-NY", "New York", &[212, 315, 329, 332, 347, 363, 516, 518, 585, 607, 624, 631, 646, 680, 716, 718, 838, 845, 914, 917,
        929, 934]),
    ("US-NC", "North Carolina", &[252, 336, 472, 704, 743, 828, 910, 919, 980, 984]),
    ("US-ND", "North Dakota", &[701]),
    ("US-OH", "Ohio", &[216, 220, 234, 283, 326, 330, 380, 419, 436, 440, 513, 567, 614, 740, 937]),
    ("US-OK", "Oklahoma", &[405, 539, 572, 580, 918]),
    ("US-OR", "Oregon", &[458, 503, 541, 971]),
    ("US-PA", "Pennsylvania", &[215, 223, 267, 272, 412, 445, 484, 570, 582, 610, 717, 724, 814, 835, 878]),
    ("US-RI", "Rhode Island", &[401]),
    ("US-SC", "South Carolina", &[803, 821, 839, 843, 854, 864]),
    ("US-SD", "South Dakota", &[605]),
    ("US-TN", "Tennessee", &[423, 615, 629, 731, 865, 901, 931]),
    ("US-TX", "Texas", &[210, 214, 254, 281, 325, 346, 361, 409, 430, 432, 469, 512, 621, 682, 713, 726, 737, 806, 817, 830,
        832, 903, 915, 936, 940, 945, 956, 972, 979]),
    ("US-UT", "Utah", &[385, 435, 801]),
    ("US-VT", "Vermont", &[802]),
    ("US-VA", "Virginia", &[276, 434, 540, 571, 686, 703, 757, 804, 826, 948]),
    ("US-WA", "Washington", &[206, 253, 360, 425, 509, 564]),
    ("US-WV", "West Virginia", &[304, 681]),
    ("US-WI", "Wisconsin", &[262, 274, 353, 414, 534, 608, 715, 920]),
    ("US-WY", "Wyoming", &[307]),
    ("CA-AB", "Alberta", &[368, 403, 587, 780, 825]),
    ("CA-BC", "British Columbia", &[236, 250, 257, 604, 672, 778]),
    ("CA-MB", "Manitoba", &[204, 431, 584]),
    ("CA-NB", "New Brunswick", &[428, 506]),
    ("CA-NL", "Newfoundland and Labrador", &[709, 879]),
    ("CA-NS", "Nova Scotia and Prince Edward Island", &[782, 902]),
    ("CA-ON", "Ontario", &[226, 249, 289, 343, 365, 382, 416, 437, 519, 548, 613, 647, 683, 705, 742, 753, 807, 905, 942]),
    ("CA-QC", "Quebec", &[263, 354, 367, 418, 438, 450, 468, 514, 579, 581, 819, 873]),
    ("CA-SK", "Saskatchewan", &[306, 474, 639]),
    ("CA-YT", "Yukon, Northwest Territories and Nunavut", &[867]),
];

impl Area {
    /// The area of a number.
    #[must_use]
    pub fn of(phone: &PhoneNumber) -> Self {
        let state = phone.as_str().strip_prefix("+1").and_then(|digits| state_of(digits.get(..3)?));
        let country = || phone.country().map_or(UNKNOWN.to_owned(), |country| country.to_string());
        Self(state.map_or_else(country, str::to_owned))
    }

    /// Reads what [`Area::as_str`] gives; `None`: it is the code of no area.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_shaped = (2..=CODE_LENGTH_MAX).contains(&text.len());
        let is_shaped = is_shaped && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        is_shaped.then(|| Self(text.to_owned()))
    }

    /// Its code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of a state or province; countries have theirs in the user interface.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        STATES.iter().find(|(code, _, _)| *code == self.0).map(|(_, name, _)| *name)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn state_of(area_code: &str) -> Option<&'static str> {
    let area_code: u16 = area_code.parse().ok()?;
    STATES.iter().find(|(_, _, codes)| codes.contains(&area_code)).map(|(code, _, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(phone: &str) -> String {
        Area::of(&PhoneNumber::from_e164(phone).expect("a number")).to_string()
    }

    #[test]
    fn a_number_of_north_america_has_its_state_and_others_their_country() {
        for (phone, expected) in [
            ("+12125550143", "US-NY"),
            ("+14165550143", "CA-ON"),
            ("+18765550143", "JM"),
            ("+4915112345678", "DE"),
            ("+442079460000", "GB"),
        ] {
            assert_eq!(area(phone), expected, "{phone}");
        }
    }

    #[test]
    fn every_area_code_has_one_state_of_the_country_that_the_numbering_plan_says() {
        let mut seen = std::collections::HashSet::new();
        for (code, name, area_codes) in STATES {
            for area_code in *area_codes {
                assert!(seen.insert(area_code), "{area_code} twice");
                let phone = PhoneNumber::from_e164(&format!("+1{area_code}2345678"));
                let country = phone.ok().and_then(|phone| phone.country());
                // Codes that came into service lately may be unknown to the plan.
                assert!(
                    country.is_none_or(|country| code.starts_with(country.as_str())),
                    "{area_code} in {name}: {country:?}"
                );
            }
        }
    }

    #[test]
    fn a_code_comes_back_and_states_have_names() {
        assert_eq!(Area::parse("US-CA").and_then(|area| area.name()), Some("California"));
        assert_eq!(Area::parse("DE").map(|area| area.name()), Some(None));
        for bad in ["", "d", "us-ca", "US-CA-TOO-LONG", "' OR 1"] {
            assert_eq!(Area::parse(bad), None, "{bad}");
        }
    }
}
