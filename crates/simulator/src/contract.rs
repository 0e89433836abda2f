//! Which parameters the carrier knows, by its published document.
//!
//! The carrier ignores what it does not know; the simulator ignores it too and complains in the ledger, so that a
//! misspelled parameter is found. Values are judged by the resources themselves.

use std::{collections::HashSet, sync::LazyLock};

use serde_json::Value;

use crate::api::{ApiRequest, Fields};

const DOCUMENT: &str = include_str!("../contract/twilio_voice_openapi.json");

/// What the document says of every operation.
pub(crate) struct Contract(Vec<Operation>);

struct Operation {
    method: String,
    segments: Vec<Segment>,
    known: HashSet<String>,
    required: Vec<String>,
}

enum Segment {
    Fixed(String),
    /// A parameter, and what follows it.
    Any(String),
}

impl Segment {
    fn of(text: &str) -> Segment {
        match text.split_once('}') {
            Some((_, suffix)) => Segment::Any(suffix.to_owned()),
            None => Segment::Fixed(text.to_owned()),
        }
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Segment::Fixed(fixed) => fixed == text,
            Segment::Any(suffix) => text.ends_with(suffix.as_str()),
        }
    }
}

impl Contract {
    /// Read once for the whole program.
    pub(crate) fn published() -> &'static Contract {
        static PUBLISHED: LazyLock<Contract> = LazyLock::new(Contract::read);
        &PUBLISHED
    }

    fn read() -> Contract {
        let document: Value = serde_json::from_str(DOCUMENT).expect("the embedded document is JSON");
        let paths = document["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let verbs = item.as_object().into_iter().flatten();
            verbs.map(|(verb, operation)| Operation::of(path, verb, operation))
        });
        let mut operations: Vec<Operation> = operations.collect();
        // Fixed segments before parameters: `Calls.json` before `{Sid}.json`.
        operations.sort_by_key(|operation| {
            operation.segments.iter().filter(|segment| matches!(segment, Segment::Any(_))).count()
        });
        Contract(operations)
    }

    /// What is wrong with a request's parameters, a sentence each.
    pub(crate) fn complaints(&self, request: &ApiRequest, fields: &Fields) -> Vec<String> {
        let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        let found = self.0.iter().find(|operation| operation.fits(&request.method, &segments));
        let Some(operation) = found else {
            let is_media = request.path.contains("/Recordings/RE") && !request.path.ends_with(".json");
            return if is_media { Vec::new() } else { vec!["no such operation".to_owned()] };
        };
        let mut complaints: Vec<String> = fields
            .0
            .iter()
            .filter(|(name, _)| !operation.known.contains(&**name))
            .map(|(name, _)| format!("unknown parameter {name}"))
            .collect();
        if request.method == "POST" && !request.is_form && !request.body.is_empty() {
            complaints.push("the body is not a form".to_owned());
        }
        if request.method == "POST" && request.query.contains('=') {
            complaints.push("parameters in the query of a POST".to_owned());
        }
        let missing = operation.required.iter().filter(|name| fields.get(name).is_none());
        complaints.extend(missing.map(|name| format!("required parameter {name} is missing")));
        complaints
    }
}

impl Operation {
    fn of(path: &str, verb: &str, operation: &Value) -> Operation {
        let schema = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
        let form = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let query = parameters.filter(|parameter| parameter["in"] == "query");
        let query = query.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned));
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Operation {
            method: verb.to_ascii_uppercase(),
            segments: path.trim_matches('/').split('/').map(Segment::of).collect(),
            known: form.chain(query).collect(),
            required: required.map(str::to_owned).collect(),
        }
    }

    fn fits(&self, method: &str, segments: &[&str]) -> bool {
        self.method == method
            && self.segments.len() == segments.len()
            && self.segments.iter().zip(segments).all(|(known, given)| known.fits(given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(method: &str, path: &str, query: &str, form: &str) -> Vec<String> {
        let request = ApiRequest {
            method: method.to_owned(),
            path: format!("/2010-04-01/Accounts/AC1/{path}"),
            query: query.to_owned(),
            authorization: None,
            is_form: true,
            body: form.to_owned().into(),
        };
        Contract::published().complaints(&request, &request.params())
    }

    #[test]
    fn misspelled_and_missing_parameters_are_found() {
        assert!(complaints("POST", "Calls.json", "", "To=1&From=2&StatusCallbackEvent=ringing").is_empty());
        assert_eq!(
            complaints("POST", "Calls.json", "", "To=1&From=2&Statuscallback=x"),
            ["unknown parameter Statuscallback"]
        );
        assert_eq!(complaints("POST", "Calls.json", "", "To=1"), ["required parameter From is missing"]);
        assert!(complaints("GET", "Calls.json", "StartTime%3E=2026-03-02&PageSize=5", "").is_empty());
        assert_eq!(complaints("GET", "Calls/CA1.json", "a=b", ""), ["unknown parameter a"]);
        assert_eq!(complaints("PUT", "Calls.json", "", ""), ["no such operation"]);
    }
}
