//! Imports of lists: brought, looked at, committed, watched, taken back.
//!
//! A commit only says what is wished for; the importer does the work in the background and survives a restart
//! ([`crate::importer`]). Files are in [`crate::lists`]; how a sheet comes from the web, in [`sheet`].

mod body;
mod form;
mod look;
pub(super) mod outlook;
mod sheet;
mod workbook;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use body::{CommitRequest, ImportView, ImportsQuery, ListForm, LookRequest, SheetList};
use look::LookView;

use super::contacts::Rules;
use super::upload::{self, Upload};
use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, belongs};
use crate::importer::ImportError;
use crate::lists::{self, ListError, Shape};
use crate::store::campaigns::{self, Campaign, list_source};
use crate::store::imports::rows::open_run;
use crate::store::imports::{self, Fates, Import, ImportFilter, ImportState};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx};

/// A list that was brought, on our disk.
struct Brought {
    upload: Upload,
    /// The department that was named.
    department: Option<Uuid>,
    source: Source,
    /// Of a sheet.
    sheet_url: Option<String>,
    /// The sheet of a workbook that was named.
    sheet: Option<String>,
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    File,
    GoogleSheet,
}

impl Source {
    const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::GoogleSheet => "google_sheet",
        }
    }

    /// The field that a bad list is the fault of.
    const fn field(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::GoogleSheet => "google_sheet_url",
        }
    }
}

/// Brings a list: a file, or the link of a Google Sheet that is shared with anyone who has it. How many sheets a
/// person may fetch within an hour is configured (ten).
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports",
    request_body(content((ListForm = "multipart/form-data"), (SheetList = "application/json"))),
    responses((status = 201, body = ImportView), (status = 409, description = "Too many lists are kept"),
        (status = 422, description = "No list that can be read, or no sheet that can be fetched; in words"),
        (status = 429, description = "As many sheets as may be fetched within an hour")))]
pub async fn create(State(app): State<Arc<App>>, who: Who, request: Request) -> Result<Created<ImportView>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let brought = match upload::is_form(&request) {
        true => form::receive(&app, &who, request).await?,
        false => sheet::fetch(&app, &who, scope, request).await?,
    };
    let (brought, shape) = match workbook::is_it(&brought)? {
        true => workbook::read(&app, brought).await?,
        false => inspect(&app, brought).await?,
    };
    let (import, rules) = keep(&app, who, scope, (brought, shape)).await?;
    view(import, &rules, app.clock.now()).map(Created)
}

fn disk(error: &std::io::Error) -> ApiError {
    ApiError::Unavailable { cause: format!("lists: {error}") }
}

/// Reads the whole file once, away from the async workers.
async fn inspect(app: &App, brought: Brought) -> Result<(Brought, Shape), ApiError> {
    let source = brought.source;
    if brought.sheet.is_some() {
        return Err(ApiError::field("sheet", "only an Excel workbook has sheets"));
    }
    let rows_max = app.config.lists.rows_max;
    let looked = tokio::task::spawn_blocking(move || {
        let shape = lists::inspect(&mut brought.upload.file.reopen()?, rows_max)?;
        Ok::<_, ListError>((brought, shape))
    });
    let looked = looked.await.map_err(|_| ApiError::Internal { cause: "looking at a list panicked".to_owned() })?;
    looked.map_err(|error| refused(error, source))
}

fn refused(error: ListError, source: Source) -> ApiError {
    match error.is_the_files() {
        true => ApiError::field(source.field(), error.to_string()),
        false => disk(&std::io::Error::other(error)),
    }
}

/// Keeps a list as an import of the department named, or of the only one it can be.
async fn keep(
    app: &App,
    who: Who,
    scope: Scope,
    (Brought { upload, department: named, source, sheet_url, .. }, shape): (Brought, Shape),
) -> Result<(Import, Rules), ApiError> {
    let now = app.clock.now();
    let import = Import {
        id: app.chance.id(now),
        organization: who.organization(),
        department: Uuid::nil(),
        state: ImportState::Uploaded,
        source: source.as_str().to_owned(),
        file_name: upload.name,
        bytes: i64::try_from(upload.bytes).unwrap_or(i64::MAX),
        shape: serde_json::to_string(&shape).expect("a shape is plain data"),
        rows: i64::try_from(shape.rows).unwrap_or(i64::MAX),
        wish: None,
        habits: None,
        campaign: None,
        sheet_url,
        run: None,
        is_checked: false,
        fates: Fates::default(),
        note: None,
        undo: None,
        created_by: who.actor(),
        created_at: now,
        started_at: None,
        finished_at: None,
    };
    let id = import.id;
    // The file first: a row without one would be an import that nobody can do.
    app.importer.folder.keep(upload.file, id).map_err(|e| disk(&e))?;
    let kept = app.store.write(Lane::Pages, move |tx| {
        let department = belongs::department(tx, &who, scope, named)?;
        let import = Import { department, ..import.clone() };
        imports::insert(tx, &import)?;
        let after = json!({ "file_name": import.file_name, "rows": import.rows });
        who.audit(tx, Audited { action: "import.uploaded", subject: subject(id), before: Value::Null, after }, now)?;
        Ok::<_, ApiError>((import, Rules::load(tx, who.organization())?))
    });
    let kept = kept.await;
    if kept.is_err() {
        app.importer.folder.remove(id).map_err(|e| disk(&e))?;
    }
    kept
}

fn subject(id: Uuid) -> String {
    format!("import:{id}")
}

fn shape(import: &Import) -> Result<Shape, ApiError> {
    serde_json::from_str(&import.shape)
        .map_err(|error| ApiError::Internal { cause: format!("the shape of a list: {error}") })
}

fn view(import: Import, rules: &Rules, now: Timestamp) -> Result<ImportView, ApiError> {
    let shape = shape(&import)?;
    Ok(ImportView::new(import, &shape, rules, now))
}

/// Imports, newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", params(ImportsQuery),
    responses((status = 200, body = Page<ImportView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ImportsQuery>,
) -> Result<Json<Page<ImportView>>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let paging = Paging::<Uuid>::parse(query.limit, query.cursor.as_deref())?;
    let filter = ImportFilter { campaign: query.campaign_id, before: paging.after, limit: paging.rows() };
    let now = app.clock.now();
    let views = app.store.read(move |tx| {
        let rules = Rules::load(tx, who.organization())?;
        let found = imports::page(tx, scope, &filter)?;
        found
            .into_iter()
            .map(|import| Ok((import.id, view(import, &rules, now)?)))
            .collect::<Result<Vec<_>, ApiError>>()
    });
    Ok(Json(Page::of(&paging, views.await?, |(id, _)| *id, |(_, view)| view)))
}

/// How far an import is.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<ImportView>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let (import, rules) = load(&app, &who, scope, id).await?;
    view(import, &rules, app.clock.now()).map(Json)
}

async fn load(app: &App, who: &Who, scope: Scope, id: Uuid) -> Result<(Import, Rules), ApiError> {
    let organization = who.organization();
    let found = app.store.read(move |tx| {
        let import = imports::find(tx, scope, id)?.ok_or(ApiError::NotFound("import"))?;
        Ok::<_, ApiError>((import, Rules::load(tx, organization)?))
    });
    found.await
}

/// What a 409 says of an import that is not where it should be.
fn conflict(import: &Import, detail: &str) -> ApiError {
    let actions = match import.state {
        ImportState::Uploaded | ImportState::Validated => vec!["validate", "commit"],
        ImportState::Done | ImportState::Failed if import.undo.is_none() => vec!["undo"],
        ImportState::Running | ImportState::Done | ImportState::Failed => Vec::new(),
    };
    ApiError::StateConflict { state: import.state.as_str(), actions, detail: detail.to_owned() }
}

fn check_waiting(import: &Import) -> Result<(), ApiError> {
    match import.state {
        ImportState::Uploaded | ImportState::Validated => Ok(()),
        _ => Err(conflict(import, "the list was committed before")),
    }
}

fn check_undo(import: &Import) -> Result<(), ApiError> {
    match (import.state, import.undo) {
        (ImportState::Done | ImportState::Failed, None) => Ok(()),
        _ => Err(conflict(import, "there is nothing to take back")),
    }
}

fn failed(import: &Import, error: ImportError) -> ApiError {
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::List(error) => refused(error, Source::File),
        ImportError::Gone => conflict(import, "the list is not here any more; bring it again"),
    }
}

/// Says what the rows of a list are, and what is wrong with the first bad ones. Changes nothing.
#[utoipa::path(post, path = "/api/v1/imports/{id}/validate", tag = "imports", params(("id" = String, Path)),
    request_body = LookRequest, responses((status = 200, body = LookView), (status = 409, description = "Committed before")))]
pub async fn validate(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<LookRequest>,
) -> Result<Json<LookView>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let (import, rules) = load(&app, &who, scope, id).await?;
    check_waiting(&import)?;
    let reader = given.reader(&shape(&import)?, rules)?;
    let look = app.importer.look(&import, reader, given.accepted()?).await.map_err(|error| failed(&import, error))?;
    app.store.write(Lane::Pages, move |tx| imports::set_validated(tx, id)).await.map_err(|e: StoreError| e)?;
    Ok(Json(look.into()))
}

/// Begins to write the rows of a list; how far it is, the import itself says.
#[utoipa::path(post, path = "/api/v1/imports/{id}/commit", tag = "imports", params(("id" = String, Path)),
    request_body = CommitRequest, responses((status = 202, body = ImportView), (status = 409, description = "Committed before")))]
pub async fn commit(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<CommitRequest>,
) -> Result<(StatusCode, Json<ImportView>), ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let now = app.clock.now();
    let (import, rules) = load(&app, &who, scope, id).await?;
    check_waiting(&import)?;
    if app.importer.folder.open(id).map_err(|e| disk(&e))?.is_none() {
        return Err(failed(&import, ImportError::Gone));
    }
    let shape = shape(&import)?;
    let begun = app.store.write(Lane::Pages, move |tx| {
        let import = imports::lock(tx, scope, id)?.ok_or(ApiError::NotFound("import"))?;
        check_waiting(&import)?;
        // Read in the transaction that begins: a field that is defined at the same time sees the import, or is seen.
        let wish = given.wish(&shape, Rules::load(tx, who.organization())?)?;
        if let Some(campaign) = given.campaign_id {
            let mut campaign = check_campaign(tx, scope, campaign, &import)?;
            if let Some(source) = sheet::source(&import, &wish, now) {
                campaign.list_source = Some(source);
                list_source::keep(tx, &campaign)?;
            }
        }
        imports::begin(tx, id, &wish, given.campaign_id, now)?;
        let after = json!({ "wish": wish, "campaign_id": given.campaign_id });
        who.audit(tx, Audited { action: "import.committed", subject: subject(id), before: Value::Null, after }, now)?;
        imports::find(tx, scope, id)?.ok_or(ApiError::NotFound("import"))
    });
    let import = begun.await?;
    app.importer.nudge();
    Ok((StatusCode::ACCEPTED, Json(view(import, &rules, now)?)))
}

/// Whether a campaign takes the rows of a list: a draft of the same department that has not begun.
fn check_campaign(tx: &mut Tx<'_>, scope: Scope, campaign: Uuid, import: &Import) -> Result<Campaign, ApiError> {
    let refused = |message: String| ApiError::field("campaign_id", message);
    let campaign = campaigns::lock_in(tx, &scope, campaign)?;
    let campaign = campaign.ok_or_else(|| refused("is no campaign of yours".to_owned()))?;
    if campaign.department != import.department {
        return Err(refused("is a campaign of another department".to_owned()));
    }
    if !campaign.status.is_editable() || open_run(tx, campaign.id)?.is_none() {
        return Err(refused(format!("takes no list any more: the campaign is {}", campaign.status)));
    }
    Ok(campaign)
}

/// The rejected rows as a CSV file with a column that says why; mended, it can be imported again.
#[utoipa::path(get, path = "/api/v1/imports/{id}/rejects", tag = "imports",
    params(("id" = String, Path), body::RejectsQuery),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 409, description = "Not ended yet")))]
pub async fn rejects(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<body::RejectsQuery>,
) -> Result<Response, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let (import, _) = load(&app, &who, scope, id).await?;
    let wish = match (&import.wish, import.state) {
        (Some(wish), ImportState::Done | ImportState::Failed) => wish,
        _ => return Err(conflict(&import, "the import has not ended yet")),
    };
    let reader = body::reader(&wish.mapping, &shape(&import)?, wish.default_country)?;
    let reader = reader.with_fields(wish.fields.clone());
    let rejects = app.importer.rejects(&import, (reader, wish.accepted.clone()), query.style).await;
    let lines = rejects.map_err(|error| failed(&import, error))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejects.csv\""),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

/// Takes an import back: recipients not yet called leave, then contacts that it made and nobody uses.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportView), (status = 409, description = "Not ended, or taken back before")))]
pub async fn undo(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<ImportView>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let now = app.clock.now();
    let asks = who.clone();
    let begun = app.store.write(Lane::Pages, move |tx| {
        let import = imports::lock(tx, scope, id)?.ok_or(ApiError::NotFound("import"))?;
        check_undo(&import)?;
        imports::undo::begin(tx, id)?;
        let what = Audited { action: "import.undone", subject: subject(id), before: Value::Null, after: Value::Null };
        Ok::<_, ApiError>(asks.audit(tx, what, now)?)
    });
    begun.await?;
    // Should this be cut off, the importer goes on.
    app.importer.undo(id).await?;
    app.nudge();
    let (import, rules) = load(&app, &who, scope, id).await?;
    view(import, &rules, app.clock.now()).map(Json)
}
