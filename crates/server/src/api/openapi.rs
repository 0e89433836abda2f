//! The OpenAPI document: what utoipa reads from the handlers, plus what is true of all of them.
//!
//! Answers that the guard, the extractors and the envelope give are added here by what a route is, so that no
//! handler repeats them; so are the words that OpenAPI demands where a handler says none.

mod bounds;
mod members;

use axum::http::header;
use axum::response::IntoResponse;
use carillon_domain::roles::Role;
use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, InfoBuilder, Object, ObjectBuilder, OpenApi, OpenApiBuilder, PathItem,
    Ref, RefOr, Response, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::Access;

/// An error: RFC 9457.
#[derive(ToSchema)]
#[allow(dead_code, reason = "a schema; the answer is made in `error`")]
struct Problem {
    /// `/problems/NAME`
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// What is wrong with which field (invalid).
    errors: Option<Vec<ProblemField>>,
    /// The state it is in (state-conflict).
    state: Option<String>,
    /// What is possible in that state (state-conflict).
    actions: Option<Vec<String>>,
    /// The newer resource (version-conflict).
    #[schema(value_type = Option<Object>)]
    current: Option<Value>,
    /// The limit (limit-reached).
    limit: Option<u64>,
    /// How much of it is used (limit-reached).
    in_use: Option<u64>,
}

/// What is wrong with one field.
#[derive(ToSchema)]
#[allow(dead_code, reason = "a schema; the answer is made in `error`")]
struct ProblemField {
    /// Its path, for example `retry.max_attempts`.
    field: String,
    message: String,
}

/// The schema of an enum of words: a text that is one of them.
pub(super) fn one_of(words: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

/// The schema of a role.
pub(super) fn role() -> Object {
    one_of(Role::ALL.iter().map(|role| role.as_str()))
}

/// The document without its paths.
pub(super) fn empty_document() -> OpenApi {
    let answer = ResponseBuilder::new().description("A problem").content("application/problem+json", problem_content());
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("carillon_session")));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = ComponentsBuilder::new()
        .schema("Problem", Problem::schema())
        .schema("ProblemField", ProblemField::schema())
        .response("Problem", answer.build())
        .security_scheme("session", cookie)
        .security_scheme("token", bearer)
        .build();
    let info = InfoBuilder::new().title("Carillon").version(env!("CARGO_PKG_VERSION")).build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// Adds to each operation of a route the answers that its guard and extractors may give.
pub(super) fn add_answers(item: &mut PathItem, path: &str, access: Access) {
    let changing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    for operation in changing.into_iter().filter_map(Option::as_mut) {
        describe(operation, path, access);
        add(operation, "403");
    }
    for operation in [&mut item.put, &mut item.patch].into_iter().filter_map(Option::as_mut) {
        add(operation, "409");
    }
    if let Some(operation) = &mut item.get {
        describe(operation, path, access);
    }
}

fn describe(operation: &mut Operation, path: &str, access: Access) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter {
            describe_parameter(parameter);
        }
    }
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer {
            describe_answer(answer, status, path);
        }
    }
    if let (Some([tag, ..]), Some(name)) = (operation.tags.as_deref(), &operation.operation_id) {
        operation.operation_id = Some(format!("{}_{name}", tag.replace('-', "_")));
    }
    if access == Access::Public {
        operation.security = Some(Vec::new());
    } else {
        add(operation, "401");
        let none: [String; 0] = [];
        let by = |name: &str| SecurityRequirement::new(name.to_owned(), none.clone());
        operation.security = Some(vec![by("session"), by("token")]);
    }
    if matches!(access, Access::May(_)) {
        add(operation, "403");
    }
    if path.contains('{') {
        add(operation, "404");
    }
    let of_input: &[&str] = match (&operation.request_body, &operation.parameters) {
        (Some(_), _) => &["400", "413", "415", "422"],
        (None, Some(_)) => &["422"],
        (None, None) => &[],
    };
    of_input.iter().chain(&["500", "503"]).for_each(|status| add(operation, status));
}

/// What a path's parameters are; those of a query say it themselves.
fn describe_parameter(parameter: &mut Parameter) {
    if parameter.parameter_in != ParameterIn::Path || parameter.description.is_some() {
        return;
    }
    if parameter.name.ends_with("id") {
        let uuid = ObjectBuilder::new().schema_type(Type::String);
        parameter.schema = Some(uuid.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))).into());
        parameter.description = Some("The id, as lists and creations tell it".to_owned());
    } else {
        parameter.description = Some("As the server wrote it into the address".to_owned());
    }
}

/// Every answer needs words, and an error of the API has the body that all of them have.
fn describe_answer(answer: &mut Response, status: &str, path: &str) {
    if answer.description.is_empty() {
        answer.description = description(status).to_owned();
    }
    if status.starts_with('4') && path.starts_with("/api/") && answer.content.is_empty() {
        answer.content.insert("application/problem+json".to_owned(), RefOr::T(problem_content()));
    }
}

/// The words for an answer that its handler does not describe.
fn description(status: &str) -> &'static str {
    match status {
        "200" => "What was asked for, or as it is now",
        "201" => "Created",
        "202" => "Begun; it goes on after this answer",
        "204" => "Done; there is no more to say",
        "404" => "Not found, or not for the one who asks",
        "429" => "Too many",
        _ => "A problem",
    }
}

fn problem_content() -> Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build()
}

/// Adds a problem for a status that the handler has not described itself.
fn add(operation: &mut Operation, status: &str) {
    let problem = || RefOr::Ref(Ref::from_response_name("Problem"));
    operation.responses.responses.entry(status.to_owned()).or_insert_with(problem);
}

/// The document with the bounds of all that may be said.
pub(super) fn whole(document: &OpenApi) -> Value {
    let mut document = serde_json::to_value(document).expect("the document is made of JSON values");
    bounds::state(&mut document);
    document
}

/// The document as it is served.
pub(super) fn served(document: &OpenApi) -> impl IntoResponse + Clone + use<> {
    let text = whole(document).to_string();
    ([(header::CONTENT_TYPE, "application/json")], text)
}
