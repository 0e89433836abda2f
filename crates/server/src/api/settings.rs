//! The organization's settings: defaults for campaigns and the limits that all of them share.
//!
//! What a request leaves out stays as it is. Bounds are the domain's.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Action;
use carillon_domain::settings::Settings;
use carillon_domain::time_zones::TimeZoneName;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::who::Audited;
use super::{ApiError, App, Json, Who};
use crate::store::organizations::{self, Organization};
use crate::store::{Lane, StoreError};

/// The settings.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsView {
    version: i64,
    #[serde(flatten)]
    settings: Settings,
    /// The configuration's.
    min_retry_delay_s: u32,
}

impl SettingsView {
    fn of(organization: &Organization, min_retry_delay_s: u32) -> Self {
        Self { version: organization.version, settings: organization.settings.clone(), min_retry_delay_s }
    }
}

/// The shortest delay of a retry that the configuration allows.
fn min_retry_delay_s(app: &App) -> u32 {
    u32::try_from(app.config.bounds.min_retry_delay.as_secs()).unwrap_or(u32::MAX)
}

/// The settings to be; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    version: i64,
    #[schema(value_type = Option<String>, example = "America/New_York")]
    timezone: Option<TimeZoneName>,
    #[schema(value_type = Option<String>, example = "US")]
    default_country: Option<CountryCode>,
    #[schema(minimum = 1, maximum = 1000)]
    max_concurrent_campaigns: Option<u32>,
    #[schema(minimum = 1, maximum = 100_000)]
    max_concurrent_calls: Option<u32>,
    #[schema(minimum = 0.1, maximum = 10_000)]
    calls_per_second: Option<f64>,
    #[schema(minimum = 1, maximum = 5)]
    default_max_attempts: Option<u8>,
    #[schema(maximum = 86_400)]
    default_retry_delay_s: Option<u32>,
    #[schema(minimum = 5, maximum = 60)]
    ring_timeout_s: Option<u32>,
    #[schema(value_type = Option<RecipientHoursSchema>)]
    recipient_hours: Option<RecipientHours>,
    /// Null: no cap.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 100)]
    attempts_per_number_per_day: Option<Option<u32>>,
    #[schema(value_type = Option<Vec<String>>, example = json!(["US"]))]
    allowed_countries: Option<Vec<CountryCode>>,
    /// Not set here: taken, so that what was read may be sent back, when it is the value in force, and refused otherwise.
    min_retry_delay_s: Option<u32>,
}

/// Tells «left out» from null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl SettingsChange {
    fn over(self, now: Settings) -> Settings {
        let default_country = self.default_country.unwrap_or(now.default_country);
        // A list that only followed the default country goes on following it.
        let followed = now.allowed_countries == [now.default_country];
        let allowed = if followed { vec![default_country] } else { now.allowed_countries };
        Settings {
            timezone: self.timezone.unwrap_or(now.timezone),
            default_country,
            max_concurrent_campaigns: self.max_concurrent_campaigns.unwrap_or(now.max_concurrent_campaigns),
            max_concurrent_calls: self.max_concurrent_calls.unwrap_or(now.max_concurrent_calls),
            calls_per_second: self.calls_per_second.unwrap_or(now.calls_per_second),
            default_max_attempts: self.default_max_attempts.unwrap_or(now.default_max_attempts),
            default_retry_delay_s: self.default_retry_delay_s.unwrap_or(now.default_retry_delay_s),
            ring_timeout_s: self.ring_timeout_s.unwrap_or(now.ring_timeout_s),
            recipient_hours: self.recipient_hours.unwrap_or(now.recipient_hours),
            attempts_per_number_per_day: self.attempts_per_number_per_day.unwrap_or(now.attempts_per_number_per_day),
            allowed_countries: self.allowed_countries.unwrap_or(allowed),
        }
    }
}

/// As the document shows them: the domain's types know nothing of documents.
#[derive(ToSchema)]
#[schema(as = Settings)]
#[allow(dead_code, reason = "a schema")]
pub struct SettingsSchema {
    version: i64,
    #[schema(example = "America/New_York")]
    timezone: String,
    #[schema(example = "US")]
    default_country: String,
    #[schema(minimum = 1, maximum = 1000, default = 10)]
    max_concurrent_campaigns: u32,
    #[schema(minimum = 1, maximum = 100_000, default = 100)]
    max_concurrent_calls: u32,
    #[schema(minimum = 0.1, maximum = 10_000, default = 1.0)]
    calls_per_second: f64,
    #[schema(minimum = 1, maximum = 5, default = 3)]
    default_max_attempts: u8,
    #[schema(maximum = 86_400, default = 3600)]
    default_retry_delay_s: u32,
    #[schema(minimum = 5, maximum = 60, default = 30)]
    ring_timeout_s: u32,
    recipient_hours: RecipientHoursSchema,
    /// Null: no cap.
    #[schema(minimum = 1, maximum = 100, default = 3)]
    attempts_per_number_per_day: Option<u32>,
    #[schema(example = json!(["US"]))]
    allowed_countries: Vec<String>,
    /// The shortest delay of a retry, by the configuration of the server; it can't be changed here.
    #[schema(read_only, example = 900)]
    min_retry_delay_s: u32,
}

/// The hours in which a recipient may be called, by their own clock.
#[derive(ToSchema)]
#[schema(as = RecipientHours)]
#[allow(dead_code, reason = "a schema")]
pub struct RecipientHoursSchema {
    enabled: bool,
    #[schema(example = "08:00")]
    start: String,
    #[schema(example = "21:00")]
    end: String,
}

/// The settings.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", responses((status = 200, body = SettingsSchema)))]
pub async fn show(State(app): State<Arc<App>>, who: Who) -> Result<Json<SettingsView>, ApiError> {
    let found = app.store.read(move |tx| organizations::find(tx, who.organization())).await;
    let organization = found.map_err(ApiError::from)?.ok_or_else(absent)?;
    Ok(Json(SettingsView::of(&organization, min_retry_delay_s(&app))))
}

/// Changes the settings.
#[utoipa::path(put, path = "/api/v1/settings", tag = "settings", request_body = SettingsChange,
    responses((status = 200, body = SettingsSchema)))]
pub async fn replace(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<SettingsChange>,
) -> Result<Json<SettingsView>, ApiError> {
    let now = app.clock.now();
    let shortest = min_retry_delay_s(&app);
    if given.min_retry_delay_s.is_some_and(|delay| delay != shortest) {
        return Err(ApiError::field(
            "min_retry_delay_s",
            format!("is {shortest} by the server's configuration, not set here"),
        ));
    }
    let view = app.store.write(Lane::Pages, move |tx| {
        let found = organizations::lock(tx, who.organization())?.ok_or_else(absent)?;
        let before = SettingsView::of(&found, shortest);
        if given.version != found.version {
            return Err(ApiError::stale(&before));
        }
        let settings = given.clone().over(found.settings.clone());
        ApiError::unless_valid(settings.validate(shortest))?;
        if before.settings.recipient_hours.enabled && !settings.recipient_hours.enabled {
            who.may(Action::RelaxRecipientHours)?;
        }
        let changed = Organization { version: found.version + 1, settings, ..found };
        organizations::save(tx, &changed)?;
        let after = SettingsView::of(&changed, shortest);
        let subject = format!("organization:{}", changed.id);
        let what = Audited { action: "settings.changed", subject, before: json!(before), after: json!(after) };
        who.audit(tx, what, now)?;
        Ok(after)
    });
    let view = view.await?;
    app.nudge();
    Ok(Json(view))
}

fn absent() -> ApiError {
    StoreError::Corrupt("a person without organization".to_owned()).into()
}
