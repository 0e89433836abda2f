//! When people answer, from the organization's own calls: by the hour of the week where they are, and by area.
//!
//! The sums are rolled up in the background, so a page of them costs the same however many calls there were. How sure a
//! rate is and which hours are proposed is `carillon_domain::best_hours`' business.

mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use carillon_domain::area::Area;
use carillon_domain::best_hours::{HourOfWeek, Tally};
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::roles::Action;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use super::{ApiError, App, Json, Query, Who};
use crate::export::{CellStyle, CsvLines};
use crate::store::answers::{self, AnswerFilter, UNKNOWN_HOUR, day_number};
use crate::store::{StoreError, campaigns, organizations};
use view::BestHoursView;

/// Days unless asked otherwise, and at the most.
const DAYS_DEFAULT: i64 = 90;
const DAYS_MAX: i64 = 366;

carillon_domain::words! {
    /// As what they leave.
    #[derive(Default)]
    pub enum Format {
        #[default]
        Json = "json",
        Csv = "csv",
    }
}

/// Which calls.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BestHoursQuery {
    /// The first day, by the recipients' calendars; 90 days in all when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-08-25")]
    from: Option<Date>,
    /// The last day; today when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-22")]
    to: Option<Date>,
    /// The calls of one campaign.
    campaign_id: Option<Uuid>,
    /// The calls of one department's campaigns.
    department_id: Option<Uuid>,
    /// Numbers of one area, as `areas` has it: a state or province as `US-CA`, or a country.
    area: Option<String>,
    /// `json` (default), or `csv`: the cells as lines.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "json")]
    format: Format,
    /// Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    style: CellStyle,
}

/// What the store has of them.
struct Found {
    hours: Vec<(i64, Tally)>,
    areas: Vec<(Area, Tally)>,
    legal: RecipientHours,
}

/// When people answer: answered ÷ attempts by the hour of the week where the recipient is, and by area. Calls that were
/// withdrawn, or of which nothing is known, are left out. The figures are a few minutes old.
#[utoipa::path(get, path = "/api/v1/analytics/best-hours", tag = "analytics", params(BestHoursQuery),
    responses((status = 200, content((BestHoursView = "application/json"), (String = "text/csv")))))]
pub async fn best_hours(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<BestHoursQuery>,
) -> Result<Response, ApiError> {
    let (scope, now) = (who.may(Action::ReadResults)?, app.clock.now());
    let area = query.area.as_deref().map(|code| Area::parse(code).ok_or_else(|| ApiError::field("area", "is no area")));
    let area = area.transpose()?;
    let (format, style, wanted) = (query.format, query.style, (query.from, query.to));
    let (found, days) = app
        .store
        .read(move |tx| {
            let settings = organizations::find(tx, who.organization())?;
            let settings =
                settings.ok_or_else(|| StoreError::Corrupt("a person without organization".to_owned()))?.settings;
            let days = days(wanted, settings.timezone.zone().to_datetime(now).date())?;
            if let Some(department) = query.department_id
                && !scope.has_department(tx, department)?
            {
                return Err(ApiError::field("department_id", "is no department of yours"));
            }
            let mut legal = settings.recipient_hours;
            if let Some(id) = query.campaign_id {
                let campaign = campaigns::find(tx, &scope, id)?;
                legal =
                    campaign.ok_or(ApiError::field("campaign_id", "is no campaign of yours"))?.settings.recipient_hours;
            }
            let numbers = (day_number(days.0), day_number(days.1));
            let (campaign, department) = (query.campaign_id, query.department_id);
            let filter = AnswerFilter { days: numbers, campaign, department, area: area.clone() };
            let (hours, areas) = (answers::by_hour(tx, scope, &filter)?, answers::by_area(tx, scope, &filter)?);
            Ok::<_, ApiError>((Found { hours, areas, legal }, days))
        })
        .await?;
    let view = found.view(days, now);
    Ok(match format {
        Format::Json => Json(view).into_response(),
        Format::Csv => csv(&view, style),
    })
}

/// The first and the last day.
fn days((from, to): (Option<Date>, Option<Date>), today: Date) -> Result<(Date, Date), ApiError> {
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| to.saturating_sub((DAYS_DEFAULT - 1).days()));
    if from > to {
        return Err(ApiError::field("from", "must not be after the last day"));
    }
    if day_number(to) - day_number(from) >= DAYS_MAX {
        return Err(ApiError::field("from", format!("must be at most {DAYS_MAX} days before the last day")));
    }
    Ok((from, to))
}

impl Found {
    fn view(self, days: (Date, Date), now: jiff::Timestamp) -> BestHoursView {
        let unknown = self.hours.iter().filter(|(hour, _)| *hour == UNKNOWN_HOUR);
        let unknown = unknown.fold(Tally::default(), |sum, (_, tally)| sum.plus(*tally));
        let known = |(hour, tally)| Some((HourOfWeek::new(u8::try_from(hour).ok()?)?, tally));
        let cells: BTreeMap<HourOfWeek, Tally> = self.hours.into_iter().filter_map(known).collect();
        BestHoursView::new((days, now), (&cells, unknown), self.areas, (self.legal.start, self.legal.end))
    }
}

fn csv(view: &BestHoursView, style: CellStyle) -> Response {
    let (header, lines) = view.table();
    let writer = CsvLines::new(style);
    let body = [writer.header(&header), writer.lines(&lines)].concat();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"best-hours.csv\""),
    ];
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ninety_days_unless_asked_otherwise_and_a_year_at_the_most() {
        let today = date(2026, 11, 22);
        assert_eq!(days((None, None), today), Ok((date(2026, 8, 25), today)));
        assert_eq!(days((Some(date(2026, 11, 1)), None), today), Ok((date(2026, 11, 1), today)));
        let to = date(2026, 3, 31);
        assert_eq!(days((None, Some(to)), today), Ok((date(2026, 1, 1), to)));
        assert!(days((Some(today), Some(to)), today).is_err());
        assert!(days((Some(date(2024, 1, 1)), Some(to)), today).is_err());
    }
}
