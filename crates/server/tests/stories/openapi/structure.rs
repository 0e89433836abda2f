//! What OpenAPI 3.1 demands of a document's structure, as far as ours uses it.
//!
//! Not a validator for the whole specification: callbacks, links, webhooks, servers and examples are not looked at,
//! since the document has none. [`faults`] says everything that it finds, each with its place.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// The operations of a path that may be described.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// What JSON Schema knows.
const TYPES: [&str; 7] = ["null", "boolean", "object", "array", "number", "string", "integer"];
/// Members of a schema that hold one schema, a list of them, and named ones.
const ONE: [&str; 4] = ["items", "additionalProperties", "not", "propertyNames"];
const MANY: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Everything that is wrong with a document.
pub(super) fn faults(document: &Value) -> Vec<String> {
    let mut look = Look { document, faults: Vec::new(), ids: HashSet::new(), shapes: HashSet::new() };
    look.head();
    look.references("#", document);
    members(&document["paths"]).for_each(|(path, item)| look.path(path, item));
    for (kind, parts) in members(&document["components"]) {
        for (name, part) in members(parts) {
            look.expect(is_name(name), || format!("components/{kind}/{name}: not a name"));
            if kind == "schemas" {
                look.schema(name, part);
            }
        }
    }
    look.faults
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
}

fn has_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

/// The names in braces.
fn templates(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

struct Look<'d> {
    document: &'d Value,
    faults: Vec<String>,
    ids: HashSet<&'d str>,
    /// Paths without the names of their parameters.
    shapes: HashSet<String>,
}

impl<'d> Look<'d> {
    fn expect(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }

    fn head(&mut self) {
        let document = self.document;
        let version = document["openapi"].as_str().unwrap_or_default();
        self.expect(version.starts_with("3.1."), || format!("version {version:?}"));
        self.expect(has_text(&document["info"]["title"]), || "no title".to_owned());
        self.expect(has_text(&document["info"]["version"]), || "no version of the API".to_owned());
        self.expect(members(&document["paths"]).next().is_some(), || "no paths".to_owned());
    }

    /// Every reference in the whole document. None of our fields is called `$ref`.
    fn references(&mut self, place: &str, value: &Value) {
        if let Some(reference) = value.get("$ref") {
            let target = reference.as_str().and_then(|text| text.strip_prefix('#'));
            let is_there = target.is_some_and(|target| self.document.pointer(target).is_some());
            self.expect(is_there, || format!("{place}: {reference} leads nowhere"));
        }
        members(value).for_each(|(name, inner)| self.references(&format!("{place}/{name}"), inner));
        items(value).for_each(|inner| self.references(place, inner));
    }

    fn path(&mut self, path: &str, item: &'d Value) {
        self.expect(path.starts_with('/'), || format!("{path} does not begin with /"));
        let named = templates(path);
        let shape = named.iter().fold(path.to_owned(), |shape, name| shape.replace(&format!("{{{name}}}"), "{}"));
        let is_new = self.shapes.insert(shape);
        self.expect(is_new, || format!("{path} is the same path as another"));
        for (method, operation) in members(item) {
            let place = format!("{method} {path}");
            self.expect(METHODS.contains(&method.as_str()), || format!("{place}: no method"));
            self.operation(&place, operation);
            self.parameters((&place, &named), operation);
        }
    }

    fn operation(&mut self, place: &str, operation: &'d Value) {
        match operation["operationId"].as_str() {
            Some(id) if self.ids.insert(id) => {}
            Some(id) => self.faults.push(format!("{place}: {id} is the name of two operations")),
            None => self.faults.push(format!("{place}: no operationId")),
        }
        if let Some(body) = operation.get("requestBody") {
            self.content(&format!("{place}: body"), &body["content"]);
        }
        self.expect(members(&operation["responses"]).next().is_some(), || format!("{place}: no answers"));
        for (status, answer) in members(&operation["responses"]) {
            let is_status = status == "default" || status.parse().is_ok_and(|number: u16| (100..600).contains(&number));
            self.expect(is_status, || format!("{place}: {status:?} is no status"));
            self.answer(&format!("{place} {status}"), answer);
        }
        let document = self.document;
        for scheme in items(&operation["security"]).flat_map(members).map(|(scheme, _)| scheme) {
            let is_known = document["components"]["securitySchemes"].get(scheme).is_some();
            self.expect(is_known, || format!("{place}: {scheme} is no security scheme"));
        }
    }

    fn answer(&mut self, place: &str, answer: &Value) {
        if answer.get("$ref").is_some() {
            return;
        }
        self.expect(has_text(&answer["description"]), || format!("{place}: no description"));
        if let Some(content) = answer.get("content") {
            self.content(place, content);
        }
    }

    fn content(&mut self, place: &str, content: &Value) {
        self.expect(members(content).next().is_some(), || format!("{place}: no content"));
        for (kind, of_kind) in members(content) {
            self.expect(kind.contains('/'), || format!("{place}: {kind} is no media type"));
            self.schema(place, &of_kind["schema"]);
        }
    }

    fn parameters(&mut self, (place, named): (&str, &[&str]), operation: &Value) {
        let mut seen = HashSet::new();
        for parameter in items(&operation["parameters"]) {
            let (name, within) = (parameter["name"].as_str().unwrap_or_default(), &parameter["in"]);
            let place = format!("{place}: {name}");
            self.expect(seen.insert((name, within.to_string())), || format!("{place} is there twice"));
            let is_place = matches!(within.as_str(), Some("path" | "query" | "header" | "cookie"));
            self.expect(is_place, || format!("{place} is in {within}"));
            self.expect(parameter.get("schema").is_some(), || format!("{place} has no schema"));
            self.schema(&place, &parameter["schema"]);
            if within == "path" {
                self.expect(named.contains(&name), || format!("{place} is not in the path"));
                self.expect(parameter["required"] == true, || format!("{place} is not required"));
                self.expect(has_text(&parameter["description"]), || format!("{place}: no words for it"));
            }
        }
        for name in named {
            let is_described = seen.iter().any(|(known, within)| known == name && within == "\"path\"");
            self.expect(is_described, || format!("{place}: no parameter {{{name}}}"));
        }
    }

    fn schema(&mut self, place: &str, schema: &Value) {
        let Some(whole) = schema.as_object() else { return };
        let types = whole.get("type").map_or(Vec::new(), |kind| kind.as_array().cloned().unwrap_or(vec![kind.clone()]));
        for kind in types {
            let is_known = kind.as_str().is_some_and(|kind| TYPES.contains(&kind));
            self.expect(is_known, || format!("{place}: {kind} is no type"));
        }
        self.expect(!whole.contains_key("nullable"), || format!("{place}: nullable is of version 3.0"));
        self.required(place, whole);
        let inner = ONE.iter().filter_map(|name| whole.get(*name));
        let inner = inner.chain(MANY.iter().filter_map(|name| whole.get(*name)).flat_map(items));
        inner.for_each(|inner| self.schema(place, inner));
        for (name, property) in whole.get("properties").into_iter().flat_map(members) {
            self.schema(&format!("{place}.{name}"), property);
        }
    }

    fn required(&mut self, place: &str, schema: &Map<String, Value>) {
        for name in schema.get("required").into_iter().flat_map(items) {
            let property = name.as_str().and_then(|name| schema.get("properties")?.get(name));
            self.expect(property.is_some(), || format!("{place}: {name} is required and is not described"));
        }
    }
}
