//! An organization's settings: defaults for campaigns, and the limits that all of them share.
//!
//! Bounds are those of the interface. Who may change settings is in [`crate::roles`]; the carrier's are
//! elsewhere, because they hold secrets.

use serde::{Deserialize, Serialize};

use crate::calling_hours::RecipientHours;
use crate::country_code::CountryCode;
use crate::field_error::FieldError;
use crate::time_zones::TimeZoneName;

const ATTEMPTS_PER_NUMBER_PER_DAY_MAX: u32 = 100;
const ALLOWED_COUNTRIES_MAX: usize = 250;
const RETRY_DELAY_S_MAX: u32 = 86_400;

/// What an organization has set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "SettingsDraft")]
pub struct Settings {
    /// The zone of schedules that name none.
    pub timezone: TimeZoneName,
    /// The country of numbers that are written without one.
    pub default_country: CountryCode,
    pub max_concurrent_campaigns: u32,
    pub max_concurrent_calls: u32,
    pub calls_per_second: f64,
    pub default_max_attempts: u8,
    pub default_retry_delay_s: u32,
    pub ring_timeout_s: u32,
    pub recipient_hours: RecipientHours,
    /// Calls a number may get on its own day, over all campaigns; `None`: no cap.
    pub attempts_per_number_per_day: Option<u32>,
    /// Countries whose numbers may be called.
    pub allowed_countries: Vec<CountryCode>,
}

/// Settings as sent: what is left out takes its default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsDraft {
    timezone: TimeZoneName,
    default_country: CountryCode,
    max_concurrent_campaigns: u32,
    max_concurrent_calls: u32,
    calls_per_second: f64,
    default_max_attempts: u8,
    default_retry_delay_s: u32,
    ring_timeout_s: u32,
    recipient_hours: RecipientHours,
    attempts_per_number_per_day: Option<u32>,
    allowed_countries: Option<Vec<CountryCode>>,
}

impl Default for SettingsDraft {
    fn default() -> Self {
        Self {
            timezone: TimeZoneName::parse("America/New_York").expect("the default zone exists"),
            default_country: CountryCode::US,
            max_concurrent_campaigns: 10,
            max_concurrent_calls: 100,
            calls_per_second: 1.0,
            default_max_attempts: 3,
            default_retry_delay_s: 3_600,
            ring_timeout_s: 30,
            recipient_hours: RecipientHours::default(),
            attempts_per_number_per_day: Some(3),
            allowed_countries: None,
        }
    }
}

impl From<SettingsDraft> for Settings {
    fn from(draft: SettingsDraft) -> Self {
        let allowed_countries = draft.allowed_countries.unwrap_or_else(|| vec![draft.default_country]);
        Self {
            timezone: draft.timezone,
            default_country: draft.default_country,
            max_concurrent_campaigns: draft.max_concurrent_campaigns,
            max_concurrent_calls: draft.max_concurrent_calls,
            calls_per_second: draft.calls_per_second,
            default_max_attempts: draft.default_max_attempts,
            default_retry_delay_s: draft.default_retry_delay_s,
            ring_timeout_s: draft.ring_timeout_s,
            recipient_hours: draft.recipient_hours,
            attempts_per_number_per_day: draft.attempts_per_number_per_day,
            allowed_countries,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        SettingsDraft::default().into()
    }
}

impl Settings {
    /// What is wrong with the settings; empty when nothing is. The shortest retry delay is the installation's.
    #[must_use]
    pub fn validate(&self, min_retry_delay_s: u32) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut within = |field: &str, value: f64, least: f64, most: f64| {
            // A value that is no number is within no bounds.
            if !(least..=most).contains(&value) {
                errors.push(FieldError::new(field, format!("must be between {least} and {most}")));
            }
        };
        within("max_concurrent_campaigns", f64::from(self.max_concurrent_campaigns), 1.0, 1_000.0);
        within("max_concurrent_calls", f64::from(self.max_concurrent_calls), 1.0, 100_000.0);
        within("calls_per_second", self.calls_per_second, 0.1, 10_000.0);
        within("default_max_attempts", f64::from(self.default_max_attempts), 1.0, 5.0);
        let (least, most) = (f64::from(min_retry_delay_s), f64::from(RETRY_DELAY_S_MAX));
        within("default_retry_delay_s", f64::from(self.default_retry_delay_s), least, most);
        within("ring_timeout_s", f64::from(self.ring_timeout_s), 5.0, 60.0);
        if let Some(cap) = self.attempts_per_number_per_day {
            within("attempts_per_number_per_day", f64::from(cap), 1.0, f64::from(ATTEMPTS_PER_NUMBER_PER_DAY_MAX));
        }
        if !(1..=ALLOWED_COUNTRIES_MAX).contains(&self.allowed_countries.len()) {
            errors.push(FieldError::new("allowed_countries", "must name 1 to 250 countries"));
        }
        errors.extend(self.recipient_hours.validate().into_iter().map(|error| error.within("recipient_hours")));
        errors
    }

    /// Whether numbers of a country may be called. A number of no country never may.
    #[must_use]
    pub fn allows(&self, country: Option<CountryCode>) -> bool {
        country.is_some_and(|country| self.allowed_countries.contains(&country))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Settings {
        serde_json::from_str(json).expect("settings")
    }

    fn wrong(json: &str) -> Vec<String> {
        read(json).validate(900).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn defaults_are_the_interfaces_and_valid() {
        let settings = Settings::default();
        assert!(settings.validate(900).is_empty());
        assert_eq!(read("{}"), settings);
        let json = serde_json::to_value(&settings).expect("json");
        assert_eq!(json["max_concurrent_campaigns"], 10);
        assert_eq!(json["max_concurrent_calls"], 100);
        assert_eq!(json["calls_per_second"], 1.0);
        assert_eq!(json["recipient_hours"]["end"], "21:00");
        assert_eq!(json["attempts_per_number_per_day"], 3);
        assert_eq!(serde_json::from_value::<Settings>(json).expect("settings"), settings);
    }

    #[test]
    fn the_allowed_countries_default_to_the_default_country() {
        let germany = read(r#"{"default_country":"DE"}"#);
        assert_eq!(germany.allowed_countries, [germany.default_country]);
        assert!(germany.allows(Some(germany.default_country)));
        assert!(!germany.allows(Some(CountryCode::US)) && !germany.allows(None));
    }

    #[test]
    fn no_cap_is_null() {
        assert_eq!(read(r#"{"attempts_per_number_per_day":null}"#).attempts_per_number_per_day, None);
        assert!(wrong(r#"{"attempts_per_number_per_day":null}"#).is_empty());
    }

    #[test]
    fn each_bound_is_kept() {
        let cases = [
            ("max_concurrent_campaigns", ["1", "1000"], ["0", "1001"]),
            ("max_concurrent_calls", ["1", "100000"], ["0", "100001"]),
            ("calls_per_second", ["0.1", "10000"], ["0.09", "10000.5"]),
            ("default_max_attempts", ["1", "5"], ["0", "6"]),
            ("default_retry_delay_s", ["900", "86400"], ["899", "86401"]),
            ("ring_timeout_s", ["5", "60"], ["4", "61"]),
            ("attempts_per_number_per_day", ["1", "100"], ["0", "101"]),
            ("allowed_countries", [r#"["US"]"#, r#"["US","CA"]"#], ["[]", "[]"]),
        ];
        for (field, good, bad) in cases {
            for value in good {
                assert!(wrong(&format!("{{\"{field}\":{value}}}")).is_empty(), "{field} {value}");
            }
            for value in bad {
                assert_eq!(wrong(&format!("{{\"{field}\":{value}}}")), [field], "{value}");
            }
        }
        let hours = r#"{"recipient_hours":{"enabled":true,"start":"21:00","end":"08:00"}}"#;
        assert_eq!(wrong(hours), ["recipient_hours.end"]);
    }

    #[test]
    fn what_is_not_a_setting_is_refused() {
        for json in [r#"{"shade":"red"}"#, r#"{"timezone":"Mars"}"#, r#"{"default_country":"us"}"#] {
            assert!(serde_json::from_str::<Settings>(json).is_err(), "{json}");
        }
    }
}
