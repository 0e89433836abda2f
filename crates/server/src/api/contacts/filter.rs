//! A filter of contacts as it comes in: as parameters of a list, or as an object in a body.
//!
//! There is one type, `carillon_domain::contact_filter`, and one reader: parameters become the object first. What of it a
//! list may leave open, and what somebody must say who changes or enrolls whoever is found, is the domain's rule.

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::custom_field::{CustomFields, Notation};
use carillon_domain::field_error::FieldError;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Rules;
use crate::api::campaigns::schema;
use crate::api::query::{self, refuse_nul};
use crate::api::strict::at_fault;
use crate::api::{ApiError, Query};
use crate::store::{StoreError, Tx};

/// Parameters that are conditions, beside those of custom fields.
const CONDITIONS: [&str; 10] = [
    "q",
    "tag",
    "added_from",
    "added_to",
    "last_called_from",
    "last_called_to",
    "never_called",
    "outcome",
    "department_id",
    "language",
];
/// Before the key of a custom field.
const CUSTOM: &str = "custom.";

/// The conditions of a list's parameters, and its other parameters.
pub struct Filtered<T> {
    pub filter: ContactFilter,
    pub rest: T,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Filtered<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        refuse_nul(text)?;
        let pairs = form_urlencoded::parse(text.as_bytes());
        let is_condition = |name: &str| CONDITIONS.contains(&name) || name.starts_with(CUSTOM);
        let (own, rest): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| is_condition(name));
        let rest = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
        let Query(rest) = query::parse(&rest).map(Query)?;
        Ok(Self { filter: of_parameters(own.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))?, rest })
    }
}

fn of_parameters<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<ContactFilter, ApiError> {
    let (mut object, mut custom, mut seen) = (Map::new(), Map::new(), BTreeSet::new());
    for (name, value) in pairs {
        if !seen.insert(name) {
            return Err(ApiError::field(name, "is given twice"));
        }
        let value = match (name, value) {
            ("never_called", "true") => Value::Bool(true),
            ("never_called", "false") => Value::Bool(false),
            ("never_called", _) => return Err(ApiError::field(name, "must be true or false")),
            _ => Value::from(value),
        };
        match name.strip_prefix(CUSTOM) {
            Some(key) => custom.insert(key.to_owned(), value),
            None => object.insert(name.to_owned(), value),
        };
    }
    object.insert("custom".to_owned(), Value::Object(custom));
    serde_path_to_error::deserialize(Value::Object(object))
        .map_err(|error| at_fault(&error.path().to_string(), &error.inner().to_string()))
}

/// The filter of a list, tidied.
pub(in crate::api) fn of_list(
    tx: &mut Tx<'_>,
    organization: Uuid,
    filter: ContactFilter,
) -> Result<ContactFilter, ApiError> {
    let (fields, notation) = definitions(tx, organization, &filter)?;
    filter.check(&fields, notation).map_err(ApiError::Invalid)
}

/// The filter of whoever something is done to, given as the member `filter` of a body.
pub(in crate::api) fn of_choice(
    tx: &mut Tx<'_>,
    organization: Uuid,
    filter: ContactFilter,
) -> Result<ContactFilter, ApiError> {
    let (fields, notation) = definitions(tx, organization, &filter)?;
    let below = |error: FieldError| match error.field.as_str() {
        "filter" => error,
        field => FieldError::new(format!("filter.{field}"), error.message),
    };
    let wrong = |errors: Vec<FieldError>| ApiError::Invalid(errors.into_iter().map(below).collect());
    filter.check_choice(&fields, notation).map_err(wrong)
}

fn definitions(
    tx: &mut Tx<'_>,
    organization: Uuid,
    filter: &ContactFilter,
) -> Result<(CustomFields, Notation), StoreError> {
    let rules = Rules::load(tx, organization)?;
    // Who asks of no field need not wait for their definitions to be compared.
    let fields = if filter.custom.is_empty() { CustomFields::default() } else { rules.fields.clone() };
    Ok((fields, rules.notation()))
}

/// Which contacts; all conditions hold. Up to three custom fields may be asked of as `custom.KEY=VALUE`.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "a schema; parameters are read in `Filtered`")]
pub struct FilterParams {
    /// Parts of a name, number, e-mail address or company.
    q: Option<String>,
    /// A tag they all have.
    tag: Option<String>,
    /// Added at this instant or later.
    #[param(value_type = Option<String>, format = DateTime)]
    added_from: Option<Timestamp>,
    /// Added before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    added_to: Option<Timestamp>,
    /// Last called at this instant or later.
    #[param(value_type = Option<String>, format = DateTime)]
    last_called_from: Option<Timestamp>,
    /// Last called before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    last_called_to: Option<Timestamp>,
    /// `true`: those who were never called.
    never_called: Option<bool>,
    /// How their last call ended.
    #[param(value_type = Option<schema::Outcome>)]
    outcome: Option<String>,
    department_id: Option<Uuid>,
    /// As in the contact, for example `en-US`.
    language: Option<String>,
}

/// Which contacts: all conditions hold. `all` stands alone, where everybody is meant.
#[derive(ToSchema)]
#[schema(as = ContactFilter)]
#[allow(dead_code, reason = "a schema; the type is the domain's")]
pub struct FilterSchema {
    /// Parts of a name, number, e-mail address or company.
    q: Option<String>,
    tag: Option<String>,
    /// Added at this instant or later.
    #[schema(value_type = Option<String>, format = DateTime)]
    added_from: Option<Timestamp>,
    /// Added before this instant.
    #[schema(value_type = Option<String>, format = DateTime)]
    added_to: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_called_from: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_called_to: Option<Timestamp>,
    never_called: Option<bool>,
    /// How their last call ended.
    outcome: Option<schema::Outcome>,
    /// Up to three values by key, as they are written out.
    #[schema(value_type = Option<Object>)]
    custom: Option<Map<String, Value>>,
    department_id: Option<Uuid>,
    language: Option<String>,
    all: Option<bool>,
}
