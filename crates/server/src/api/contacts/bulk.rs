//! Many contacts in one request: the good ones are kept, each bad one is told by its place.
//!
//! Bodies that hold more than a list belongs in an import, which survives a restart and shows its progress.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NewContact, Rules, TAKEN, hold, new_entry};
use crate::api::who::Audited;
use crate::api::{ApiError, App, Json, Who, belongs};
use crate::store::scope::Scope;
use crate::store::{Lane, Tx, contacts, limiters};

/// Contacts in one request.
const CONTACTS_MAX: usize = 1_000;
/// Contacts in one transaction, so that dialing never waits for more.
const CONTACTS_PER_WRITE_MAX: usize = 250;

/// Contacts to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bulk {
    /// 1 to 1,000 contacts.
    contacts: Vec<Value>,
}

/// What became of them.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct BulkResult {
    created: usize,
    errors: Vec<BulkError>,
}

/// Why one of them was not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkError {
    /// Its place in the list, from 0.
    index: usize,
    message: String,
}

/// Adds contacts, as many as are right.
#[utoipa::path(post, path = "/api/v1/contacts/bulk", tag = "contacts", request_body = Bulk,
    responses((status = 200, body = BulkResult)))]
pub async fn bulk(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<Bulk>,
) -> Result<Json<BulkResult>, ApiError> {
    who.may(Action::EditContacts)?;
    if !(1..=CONTACTS_MAX).contains(&given.contacts.len()) {
        return Err(ApiError::field("contacts", format!("must be 1 to {CONTACTS_MAX} contacts")));
    }
    let mut result = BulkResult::default();
    let parsed: Vec<_> = given.contacts.into_iter().map(parse).collect();
    for (part, contacts) in parsed.chunks(CONTACTS_PER_WRITE_MAX).enumerate() {
        let outcomes = keep(&app, &who, contacts.to_vec()).await?;
        for (at, outcome) in outcomes.into_iter().enumerate() {
            match outcome {
                Ok(()) => result.created += 1,
                Err(message) => result.errors.push(BulkError { index: part * CONTACTS_PER_WRITE_MAX + at, message }),
            }
        }
    }
    Ok(Json(result))
}

type Parsed = Result<NewContact, String>;

fn parse(value: Value) -> Parsed {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let (path, message) = (error.path().to_string(), error.into_inner().to_string());
        in_words(&crate::api::strict::at_fault(&path, &message))
    })
}

/// The first field at fault, in one line.
fn in_words(error: &ApiError) -> String {
    match error {
        ApiError::Invalid(errors) => {
            errors.first().map_or_else(String::new, |error| format!("{}: {}", error.field, error.message))
        }
        other => format!("{other:?}"),
    }
}

/// Writes one part in one transaction.
async fn keep(app: &App, who: &Who, contacts: Vec<Parsed>) -> Result<Vec<Outcome>, ApiError> {
    let now = app.clock.now();
    let ids: Vec<Uuid> = contacts.iter().map(|_| app.chance.id(now)).collect();
    let who = who.clone();
    let kept = app.store.write(Lane::Pages, move |tx| {
        if contacts.iter().flatten().any(NewContact::is_do_not_call) {
            // The first in the lock order; claims wait for it, so it is not taken without need.
            limiters::lock(tx, &limiters::of_organization(who.organization()))?;
        }
        let mut keeper = Keeper::new(tx, &who, now)?;
        let outcomes: Result<Vec<Outcome>, ApiError> =
            contacts.iter().zip(&ids).map(|(contact, id)| keeper.keep(tx, *id, contact)).collect();
        let outcomes = outcomes?;
        let after = json!({ "contacts": outcomes.iter().filter(|outcome| outcome.is_ok()).count() });
        let what = Audited { action: "contacts.created", subject: "contacts".to_owned(), before: Value::Null, after };
        who.audit(tx, what, now)?;
        Ok(outcomes)
    });
    kept.await
}

/// Kept, or why not.
type Outcome = Result<(), String>;

/// What is the same for all contacts of a part.
struct Keeper<'a> {
    who: &'a Who,
    scope: Scope,
    rules: Rules,
    departments: BTreeMap<Option<Uuid>, Result<Uuid, ApiError>>,
    now: Timestamp,
}

impl<'a> Keeper<'a> {
    fn new(tx: &mut Tx<'_>, who: &'a Who, now: Timestamp) -> Result<Self, ApiError> {
        let (scope, rules) = (who.may(Action::EditContacts)?, Rules::load(tx, who.organization())?);
        Ok(Self { who, scope, rules, departments: BTreeMap::new(), now })
    }

    fn keep(&mut self, tx: &mut Tx<'_>, id: Uuid, given: &Parsed) -> Result<Outcome, ApiError> {
        let given = match given {
            Ok(given) => given,
            Err(message) => return Ok(Err(message.clone())),
        };
        let (who, scope) = (self.who, self.scope);
        let department = self.departments.entry(given.department_id);
        let department = department.or_insert_with(|| belongs::department(tx, who, scope, given.department_id));
        let checked = department.clone().and_then(|department| Ok((department, given.check(&self.rules)?)));
        let entry = match checked {
            Ok((department, contact)) => new_entry(who, department, id, contact, self.now),
            Err(error @ ApiError::Invalid(_)) => return Ok(Err(in_words(&error))),
            Err(error) => return Err(error),
        };
        if !contacts::insert(tx, &entry)? {
            return Ok(Err(format!("phone: {TAKEN}")));
        }
        hold(tx, &entry, &who.actor(), self.now)?;
        Ok(Ok(()))
    }
}
