//! Whether a callback comes from the carrier.
//!
//! The carrier signs the exact URL it requested and the form it sent. The URL is rebuilt from our
//! public address and the *raw* request target: a parsed and rewritten query is another text (an
//! apostrophe is enough). A right signature does not prevent replay; what a callback does must bear
//! repetition. Which account a callback names, and whether it is ours, is the caller's to check.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use super::{PublicUrl, Secret};

/// The query parameter in which the hash of a body that is not a form is signed.
const BODY_HASH: &str = "bodySHA256";

/// A callback as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct SignedRequest<'a> {
    /// Path and query, byte for byte as on the request line.
    pub raw_target: &'a str,
    pub content_type: Option<&'a str>,
    /// Byte for byte; empty for a GET.
    pub body: &'a [u8],
    /// The value of the profile's signature header.
    pub signature: Option<&'a str>,
}

/// Why a callback is refused. Both are a 403 and neither tells the sender more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the callback carries no signature")]
    Missing,
    #[error("the callback's signature is wrong")]
    Wrong,
}

/// Checks a callback. Several keys are accepted while a token is being changed; an empty one never is.
pub fn verify(keys: &[Secret], public: &PublicUrl, request: &SignedRequest<'_>) -> Result<(), SignatureError> {
    let signature = request.signature.ok_or(SignatureError::Missing)?;
    let signature = STANDARD.decode(signature.trim()).map_err(|_| SignatureError::Wrong)?;
    let form = Content::of(request).form_to_sign()?;
    let keys: Vec<&Secret> = keys.iter().filter(|key| !key.is_empty()).collect();
    let mut right = Choice::from(0);
    for target in spellings(without_fragment(request.raw_target)) {
        for url in public.signed_forms(&target) {
            for key in &keys {
                right |= digest(key, &url, &form).as_slice().ct_eq(&signature);
            }
        }
    }
    bool::from(right).then_some(()).ok_or(SignatureError::Wrong)
}

/// The signature of a request: what the header must hold.
#[must_use]
pub fn sign(key: &Secret, url: &str, form: &[u8]) -> String {
    STANDARD.encode(digest(key, without_fragment(url), &SortedForm::read(form)))
}

fn digest(key: &Secret, url: &str, form: &SortedForm<'_>) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.reveal().as_bytes()).expect("an HMAC key may have any length");
    mac.update(url.as_bytes());
    for (name, values) in &form.0 {
        for value in values {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
    }
    mac.finalize().into_bytes().to_vec()
}

/// The target as it came, and as a sender spells it who escapes the apostrophe before it signs.
fn spellings(target: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let escaped = target.contains('\'').then(|| Cow::Owned(target.replace('\'', "%27")));
    std::iter::once(Cow::Borrowed(target)).chain(escaped)
}

/// Connection overrides stand in the fragment; they are neither sent nor signed.
fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

/// What the body is, for the rule by which it is signed.
enum Content<'a> {
    Form(&'a [u8]),
    /// Anything else is signed through its hash in the query.
    Hashed {
        body: &'a [u8],
        hash: Option<Cow<'a, str>>,
    },
}

impl<'a> Content<'a> {
    fn of(request: &SignedRequest<'a>) -> Self {
        let kind = request.content_type.unwrap_or_default().split(';').next().unwrap_or_default();
        let form = kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded");
        if form || request.body.is_empty() {
            return Self::Form(request.body);
        }
        Self::Hashed { body: request.body, hash: body_hash(request.raw_target) }
    }

    /// The parameters that are signed, after a hashed body has been compared with its hash.
    fn form_to_sign(&self) -> Result<SortedForm<'a>, SignatureError> {
        match self {
            Self::Form(body) => Ok(SortedForm::read(body)),
            Self::Hashed { body, hash } => {
                let told = hash.as_deref().ok_or(SignatureError::Wrong)?;
                let right = hex(&Sha256::digest(body)).as_bytes().ct_eq(told.as_bytes());
                bool::from(right).then(SortedForm::default).ok_or(SignatureError::Wrong)
            }
        }
    }
}

fn body_hash(target: &str) -> Option<Cow<'_, str>> {
    let (_, query) = without_fragment(target).split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == BODY_HASH).map(|(_, hash)| hash)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Parameters as they are signed: names by their bytes, the distinct values of a name by theirs.
#[derive(Default)]
struct SortedForm<'a>(BTreeMap<Cow<'a, str>, BTreeSet<Cow<'a, str>>>);

impl<'a> SortedForm<'a> {
    fn read(body: &'a [u8]) -> Self {
        let mut sorted = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            sorted.0.entry(name).or_default().insert(value);
        }
        sorted
    }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
