//! A request as the API reads it: method, path, decoded parameters.
//!
//! Leniently: what is empty counts as absent, of a repeated parameter the last counts. What is allowed is not known
//! here; see [`contract`](crate::contract) for the published description and [`create`](super::create) for a call's
//! parameters.

use std::borrow::Cow;

use bytes::Bytes;

use crate::signature::Params;

/// A request, read whole.
pub(crate) struct ApiRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) authorization: Option<String>,
    pub(crate) is_form: bool,
    pub(crate) body: Bytes,
}

impl ApiRequest {
    /// The path's segments, the extension of the last one taken off.
    pub(crate) fn segments(&self) -> Vec<&str> {
        let path = self.path.trim_matches('/');
        let mut segments: Vec<&str> = path.split('/').collect();
        if let Some(last) = segments.last_mut() {
            *last = last.strip_suffix(".json").unwrap_or(last);
        }
        segments
    }

    /// The parameters: of the form for a POST, of the query otherwise.
    pub(crate) fn params(&self) -> Fields {
        let source = if self.method == "POST" { &self.body[..] } else { self.query.as_bytes() };
        if self.method == "POST" && !self.is_form {
            return Fields(Params::new());
        }
        let owned = |text: Cow<'_, str>| text.into_owned();
        Fields(form_urlencoded::parse(source).map(|(name, value)| (Cow::Owned(owned(name)), owned(value))).collect())
    }
}

/// Decoded parameters.
pub(crate) struct Fields(pub(crate) Params);

impl Fields {
    /// A parameter's value; the last one if it is repeated, none if it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every value of a repeated parameter.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}
