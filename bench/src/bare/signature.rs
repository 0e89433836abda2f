//! Checks the carrier's signature of a webhook: HMAC-SHA1 over the address and the sorted form.
//!
//! The bare loop's own, so that it shares no code with the carrier that signs. The address is the configured one with
//! the raw target, as the carrier called it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Decoded form fields.
pub type Form = Vec<(String, String)>;

pub fn is_right(auth_token: &str, url: &str, form: &Form, signature: &str) -> bool {
    let mut fields: Vec<&(String, String)> = form.iter().collect();
    fields.sort_unstable();
    fields.dedup();
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    let expected = STANDARD.encode(mac.finalize().into_bytes());
    expected.as_bytes().ct_eq(signature.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_vendors_published_vector_is_right_and_a_changed_field_is_not() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let fields = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ];
        assert!(is_right("12345", url, &form(&fields), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        assert!(!is_right("12345", url, &form(&fields[1..]), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        assert!(!is_right("12346", url, &form(&fields), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
    }
}
