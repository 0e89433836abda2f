//! What a request may say, stated in the document by the name of the member: one list for every body and query.
//!
//! Documentation alone: the rules are the handlers' and the domain's. schemathesis (`make contract`) sends what lies at
//! each bound and beyond it, so one that stands here and is not obeyed is found, and one that is obeyed and not told.
//! A member at one door only is named with its schema before a dot.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::members::BOUNDS;

/// What the value of a member may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bound {
    /// Characters.
    Length(u32, u32),
    /// A whole number or a fraction.
    Number(f64, f64),
    /// How many there may be in a list.
    Items(u32, u32),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text of this shape.
    Pattern(&'static str),
    /// A text of a kind that has a name.
    Format(&'static str),
    /// What each item of a list may be.
    Each(&'static [Self]),
    /// What no other bound says: keywords of JSON Schema.
    Keywords(&'static str),
}

/// States the bounds of everything that requests may say.
pub(super) fn state(document: &mut Value) {
    let asked = asked_schemas(document);
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
            state_query(operation);
            state_body(operation);
        }
    }
    for name in asked {
        if let Some(schema) = document.pointer_mut(&format!("/components/schemas/{name}")) {
            state_members(&name, schema);
        }
    }
}

fn state_query(operation: &mut Value) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let is_of_query = parameter["in"] == "query";
        if let Some(schema) = parameter.get_mut("schema").filter(|_| is_of_query) {
            bind(schema, [&format!("{id}.{name}"), &format!("?.{name}")]);
        }
    }
}

/// A body that may be left out is no null when it is there.
fn state_body(operation: &mut Value) {
    let contents = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    for schema in contents.into_iter().flat_map(Map::values_mut).filter_map(|content| content.get_mut("schema")) {
        if let Some(body) = schema["oneOf"].as_array().and_then(|choices| choices.first()).cloned() {
            *schema = body;
        }
    }
}

/// The names of the schemas that bodies are made of.
fn asked_schemas(document: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let operations = document["paths"].as_object().into_iter().flat_map(Map::values);
    let bodies = operations.filter_map(Value::as_object).flat_map(Map::values).map(|it| &it["requestBody"]);
    let mut open: Vec<&Value> = bodies.collect();
    while let Some(part) = open.pop() {
        match part {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            Value::String(text) => {
                let name = text.strip_prefix("#/components/schemas/");
                if let Some(name) = name.filter(|name| names.insert((*name).to_owned())) {
                    open.push(&document["components"]["schemas"][name]);
                }
            }
            _ => {}
        }
    }
    names
}

/// Unknown members are refused everywhere, also by the readers that utoipa knows nothing of.
fn state_members(name: &str, schema: &mut Value) {
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (member, schema) in members {
        bind(schema, [&format!("{name}.{member}"), member]);
    }
    schema["additionalProperties"] = json!(false);
}

/// The bounds that are listed under the first of the names that is there.
fn bind(schema: &mut Value, names: [&str; 2]) {
    let of = |name: &&str| BOUNDS.iter().find(|(known, _)| known == name).map(|(_, bounds)| *bounds);
    for bound in names.iter().find_map(of).unwrap_or_default() {
        put(schema, bound);
    }
}

fn put(schema: &mut Value, bound: &Bound) {
    match *bound {
        Bound::Length(least, most) => set(schema, [("minLength", least), ("maxLength", most)]),
        Bound::Number(least, most) => set(schema, [("minimum", least), ("maximum", most)]),
        Bound::Items(least, most) => set(schema, [("minItems", least), ("maxItems", most)]),
        Bound::Pattern(pattern) => schema["pattern"] = json!(pattern),
        Bound::Format(format) => schema["format"] = json!(format),
        Bound::Word(words) => schema["pattern"] = json!(format!("^({})$", words.join("|"))),
        Bound::Each(bounds) => {
            let Some(items) = schema.get_mut("items") else { return };
            bounds.iter().for_each(|bound| put(items, bound));
        }
        Bound::Keywords(keywords) => {
            let keywords: Map<String, Value> = serde_json::from_str(keywords).expect("keywords are an object");
            schema.as_object_mut().into_iter().for_each(|schema| schema.extend(keywords.clone()));
        }
    }
}

fn set<T: Into<Value>>(schema: &mut Value, limits: [(&str, T); 2]) {
    for (keyword, limit) in limits {
        let limit: Value = limit.into();
        // A fraction without a part behind the point is a whole number in JSON.
        let whole = limit.as_f64().filter(|limit| limit.fract() == 0.0);
        #[allow(clippy::cast_possible_truncation, reason = "limits are small")]
        let limit = whole.map_or(limit.clone(), |limit| json!(limit as i64));
        schema[keyword] = limit;
    }
}
