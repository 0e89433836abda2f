//! Lists in pages: `limit`, an opaque `cursor`, and what comes back.
//!
//! A page is read as `limit + 1` rows by key, so it costs the same at the end of a long list as at its start.
//! The cursor is the key of the last row shown; it gives no access to anything, scopes are applied each time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::ApiError;
use super::json::refuse_nul;

/// Items in a page unless asked otherwise, and at the most.
const LIMIT_DEFAULT: u16 = 50;
const LIMIT_MAX: u16 = 200;
/// A cursor longer than this is not ours.
const CURSOR_CHARS_MAX: usize = 512;

/// Where in a list to read, and how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging<K> {
    pub limit: u16,
    /// The key after which the page begins.
    pub after: Option<K>,
}

impl<K: DeserializeOwned> Paging<K> {
    /// Reads the two parameters of a list.
    ///
    /// # Errors
    /// When the limit is out of bounds or the cursor is not one of ours.
    pub fn parse(limit: Option<u16>, cursor: Option<&str>) -> Result<Self, ApiError> {
        let limit = limit.unwrap_or(LIMIT_DEFAULT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(ApiError::field("limit", format!("must be between 1 and {LIMIT_MAX}")));
        }
        let after = cursor.map(|text| decode(text).ok_or_else(|| ApiError::field("cursor", "is not one of ours")));
        Ok(Self { limit, after: after.transpose()? })
    }
}

impl<K> Paging<K> {
    /// How many rows to read: one more than shown, to know whether there are more.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.limit as u32 + 1
    }
}

fn decode<K: DeserializeOwned>(text: &str) -> Option<K> {
    if text.len() > CURSOR_CHARS_MAX {
        return None;
    }
    let key = URL_SAFE_NO_PAD.decode(text).ok()?;
    refuse_nul(&key).ok()?;
    serde_json::from_slice(&key).ok()
}

fn encode<K: Serialize>(key: K) -> Option<String> {
    serde_json::to_vec(&key).ok().map(|json| URL_SAFE_NO_PAD.encode(json))
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Hand it back as `cursor` to read on; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page of the rows read, [`Paging::rows`] at the most.
    pub fn of<R, K: Serialize>(
        paging: &Paging<K>,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> K,
        show: impl FnMut(R) -> T,
    ) -> Self {
        let limit = usize::from(paging.limit);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more).map(key);
        Self { items: rows.into_iter().map(show).collect(), next_cursor: last.and_then(encode) }
    }

    /// A page that may be short although there is more: then it says where to read on.
    pub fn or_from<K: Serialize>(self, next: Option<K>) -> Self {
        Self { next_cursor: self.next_cursor.or_else(|| next.and_then(encode)), ..self }
    }
}

impl<T> Page<T> {
    /// A page that was read up to a place.
    pub fn up_to<K: Serialize>(items: Vec<T>, place: Option<K>) -> Self {
        let json = place.and_then(|key| serde_json::to_vec(&key).ok());
        Self { items, next_cursor: json.map(|json| URL_SAFE_NO_PAD.encode(json)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(after: Option<i64>) -> Page<i64> {
        let paging = Paging { limit: 2, after };
        let rows = (after.unwrap_or(0) + 1..=5).take(paging.rows() as usize).collect();
        Page::of(&paging, rows, |row| *row, |row| row)
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let first = page(None);
        assert_eq!(first.items, [1, 2]);
        let next = Paging::<i64>::parse(Some(2), first.next_cursor.as_deref()).expect("our own cursor");
        assert_eq!(page(next.after).items, [3, 4]);
        let last = page(Some(4));
        assert_eq!((last.items, last.next_cursor), (vec![5], None));
    }

    #[test]
    fn limits_have_bounds_and_cursors_are_ours() {
        assert_eq!(Paging::<i64>::parse(None, None), Ok(Paging { limit: 50, after: None }));
        assert!(Paging::<i64>::parse(Some(0), None).is_err() && Paging::<i64>::parse(Some(201), None).is_err());
        assert!(Paging::<i64>::parse(None, Some("!")).is_err());
        assert!(Paging::<i64>::parse(None, Some("eHg")).is_err());
    }
}
