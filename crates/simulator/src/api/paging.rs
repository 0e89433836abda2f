//! Pages of lists: the envelope, the size, the token that leads to the next page.
//!
//! The page's address keeps the filters it was asked with, so that following it needs no memory on either side. There
//! is no way backwards: `previous_page_uri` is null, as the carrier may have it.

use serde_json::{Value, json};

use super::{
    answer::Answer,
    errors::ApiError,
    request::{ApiRequest, Fields},
};

const PAGE_SIZE: usize = 50;
const PAGE_SIZE_MAX: usize = 1_000;

/// Which page is asked for.
pub(crate) struct Page {
    pub(crate) size: usize,
    /// What the token of the page before said.
    pub(crate) token: Option<u64>,
    number: u64,
    path: String,
    filters: String,
}

impl Page {
    pub(crate) fn of(request: &ApiRequest, fields: &Fields) -> Result<Page, ApiError> {
        let size = match fields.get("PageSize") {
            None => PAGE_SIZE,
            Some(size) => match size.parse() {
                Ok(size @ 1..=PAGE_SIZE_MAX) => size,
                _ => return Err(ApiError::new(20007, format!("Page size is not between 1 and {PAGE_SIZE_MAX}"))),
            },
        };
        let token = fields.get("PageToken").map(|token| token.strip_prefix("PA").unwrap_or(token).parse());
        let token = token.transpose().map_err(|_| ApiError::new(20422, "PageToken is invalid"))?;
        let kept = fields.0.iter().filter(|(name, _)| !matches!(&**name, "PageSize" | "PageToken" | "Page"));
        let mut filters = form_urlencoded::Serializer::new(String::new());
        filters.extend_pairs(kept);
        Ok(Page {
            size,
            token,
            number: fields.get("Page").and_then(|number| number.parse().ok()).unwrap_or(0),
            path: request.path.clone(),
            filters: filters.finish(),
        })
    }

    /// The answer with these items under `key`; `next` is the token of the page after.
    pub(crate) fn answer(&self, key: &str, items: Vec<Value>, next: Option<u64>) -> Answer {
        let start = self.number * self.size as u64;
        let mut body = json!({
            "page": self.number,
            "page_size": self.size,
            "start": start,
            "end": start + (items.len() as u64).saturating_sub(1),
            "uri": self.uri(self.number, self.token),
            "first_page_uri": self.uri(0, None),
            "next_page_uri": next.map(|token| self.uri(self.number + 1, Some(token))),
            // The carrier may leave it null; no client should walk backwards.
            "previous_page_uri": null,
        });
        body[key] = Value::Array(items);
        Answer::json(200, &body)
    }

    /// A page of a list that is all at hand; the token is a position in it.
    pub(crate) fn slice(&self, key: &str, all: Vec<Value>) -> Answer {
        let start = usize::try_from(self.token.unwrap_or(0)).unwrap_or(usize::MAX);
        let end = start.saturating_add(self.size);
        let next = (end < all.len()).then_some(end as u64);
        self.answer(key, all.into_iter().skip(start).take(self.size).collect(), next)
    }

    fn uri(&self, number: u64, token: Option<u64>) -> String {
        let sign = if self.filters.is_empty() { "" } else { "&" };
        let token = token.map_or(String::new(), |token| format!("&PageToken=PA{token}"));
        format!("{}?{}{sign}PageSize={}&Page={number}{token}", self.path, self.filters, self.size)
    }
}
