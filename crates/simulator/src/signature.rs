//! `X-Twilio-Signature`: what the carrier puts on every webhook.
//!
//! The key is the account's auth token; the message is the URL as requested, without fragment, followed by the decoded
//! form parameters sorted by name, each name with its distinct values. A GET signs the URL alone.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Form parameters in the order in which they are sent.
pub type Params = Vec<(Cow<'static, str>, String)>;

/// The signature of a request for `url` with these form parameters.
pub fn sign(auth_token: &str, url: &str, form: &[(Cow<'static, str>, String)]) -> String {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let mut sorted: Vec<&(Cow<'static, str>, String)> = form.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut hmac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes keys of any length");
    hmac.update(url.as_bytes());
    for (name, value) in sorted {
        hmac.update(name.as_bytes());
        hmac.update(value.as_bytes());
    }
    STANDARD.encode(hmac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "12345";
    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const HASH: &str = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    fn params(pairs: &[(&'static str, &str)]) -> Params {
        pairs.iter().map(|(name, value)| (Cow::Borrowed(*name), (*value).to_owned())).collect()
    }

    fn usual() -> Params {
        params(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ])
    }

    fn with_host(host: &str) -> String {
        URL.replace("mycompany.com", host)
    }

    #[test]
    fn the_published_vectors_of_plain_forms_and_ports_come_out_right() {
        let repeated = params(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ]);
        assert_eq!(sign(TOKEN, URL, &usual()), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assert_eq!(sign(TOKEN, URL, &repeated), "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
        assert_eq!(sign(TOKEN, &with_host("mycompany.com:443"), &usual()), "kvajT1Ptam85bY51eRf/AJRuM3w=");
        let plain = |port| with_host(&format!("mycompany.com:{port}")).replace("https", "http");
        assert_eq!(sign(TOKEN, &plain(80), &usual()), "0ZXoZLH/DfblKGATFgpif+LLRf4=");
        assert_eq!(sign(TOKEN, &plain(1234), &usual()), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=");
    }

    #[test]
    fn the_published_vectors_of_json_bodies_sign_the_url_alone() {
        assert_eq!(sign(TOKEN, &format!("{URL}&bodySHA256={HASH}"), &[]), "a9nBmqA0ju/hNViExpshrM61xv4=");
        let empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        let with_port = format!("{}&bodySHA256={empty}", with_host("mycompany.com:443"));
        assert_eq!(sign(TOKEN, &with_port, &[]), "Ldidvp12m26NI7eqEvxnEpkd9Hc=");
        let only = format!("https://mycompany.com/myapp.php?bodySHA256={HASH}");
        assert_eq!(sign(TOKEN, &only, &[]), "y77kIzt2vzLz71DgmJGsen2scGs=");
    }

    #[test]
    fn the_published_vectors_of_credentials_in_the_url_keep_them() {
        assert_eq!(sign(TOKEN, &with_host("user:pass@mycompany.com"), &usual()), "CukzLTc1tT5dXEDIHm/tKBanW10=");
        assert_eq!(sign(TOKEN, &with_host("user@mycompany.com"), &usual()), "2YRLlVAflCqxaNicjMpJcSTgzSs=");
        assert_eq!(sign(TOKEN, &with_host("user:pass@mycompany.com:443"), &usual()), "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=");
    }

    #[test]
    fn the_published_vectors_of_odd_values_come_out_right() {
        assert_eq!(sign(TOKEN, &format!("{URL}&Body=It%27s+amazing"), &usual()), "TfZzewPq8wqrGlMfyAud8+/IvJ0=");
        let addresses =
            params(&[("MessagingBinding.Address", "+1325xxxxxxx"), ("MessagingBinding.Address", "+1415xxxxxxx")]);
        assert_eq!(sign(TOKEN, URL, &addresses), "83O6e2vORAoJHUNzJjDWN1jz+BA=");
        let mut other = usual();
        for (name, value) in &mut other {
            if name == "Caller" || name == "From" {
                *value = "+14158675310".to_owned();
            }
        }
        let example = "https://example.com/myapp.php?foo=1&bar=2";
        assert_eq!(sign(TOKEN, example, &other), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
        let cases = params(&[("a", "x"), ("B", "y"), ("A", " sp "), ("Z", ""), ("é", "ü")]);
        assert_eq!(sign(TOKEN, "https://h.example/cb?x=1", &cases), "vjcVVNoHu86ODeH+j44xFRzCYdg=");
    }

    #[test]
    fn the_fragment_and_the_order_of_parameters_do_not_count() {
        let mut reversed = usual();
        reversed.reverse();
        assert_eq!(sign(TOKEN, &format!("{URL}#rc=2&rp=all"), &reversed), sign(TOKEN, URL, &usual()));
    }
}
