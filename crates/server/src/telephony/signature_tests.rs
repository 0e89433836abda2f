//! The published vectors, the acceptance cases of the official SDKs, attacks and junk.

use proptest::prelude::*;

use super::*;

const P: &[(&str, &str)] = &[
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
];
const P14: &[(&str, &str)] = &[
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
];
const U: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const TARGET: &str = "/myapp.php?foo=1&bar=2";
const H: &str = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
const EMPTY_OBJECT: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const FORM: &str = "application/x-www-form-urlencoded";
/// Signatures of vectors 1 and 3.
const PLAIN: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
const WITH_PORT: &str = "kvajT1Ptam85bY51eRf/AJRuM3w=";

fn key() -> Secret {
    Secret::new("12345")
}

fn form(pairs: &[(&str, &str)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
}

fn check(base: &str, target: &str, (content_type, body): (&str, &[u8]), signature: &str) -> bool {
    let public = PublicUrl::parse(base).unwrap();
    let content_type = Some(content_type);
    let request = SignedRequest { raw_target: target, content_type, body, signature: Some(signature) };
    verify(&[key()], &public, &request).is_ok()
}

/// What is signed, with what, and the signature expected.
type Vector = (String, &'static [(&'static str, &'static str)], &'static str);

fn assert_vectors(vectors: &[Vector]) {
    for (url, pairs, expected) in vectors {
        assert_eq!(sign(&key(), url, &form(pairs)), *expected, "{url}");
    }
}

fn with(from: &str, to: &str) -> String {
    U.replacen(from, to, 1)
}

#[test]
fn vectors_one_to_eight_come_out_as_published() {
    let v2: &[(&str, &str)] =
        &[("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")];
    let seventh = format!("{}&bodySHA256={EMPTY_OBJECT}", with(".com", ".com:443"));
    assert_vectors(&[
        (U.to_owned(), P, PLAIN),
        (U.to_owned(), v2, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        (with(".com", ".com:443"), P, WITH_PORT),
        (with("https://mycompany.com", "http://mycompany.com:80"), P, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (with("https://mycompany.com", "http://mycompany.com:1234"), P, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        (format!("{U}&bodySHA256={H}"), &[], "a9nBmqA0ju/hNViExpshrM61xv4="),
        (seventh, &[], "Ldidvp12m26NI7eqEvxnEpkd9Hc="),
        (format!("https://mycompany.com/myapp.php?bodySHA256={H}"), &[], "y77kIzt2vzLz71DgmJGsen2scGs="),
    ]);
}

#[test]
fn vectors_nine_to_fifteen_come_out_as_published() {
    let v13: &[(&str, &str)] =
        &[("MessagingBinding.Address", "+1325xxxxxxx"), ("MessagingBinding.Address", "+1415xxxxxxx")];
    let v15: &[(&str, &str)] = &[("a", "x"), ("B", "y"), ("A", " sp "), ("Z", ""), ("é", "ü")];
    assert_vectors(&[
        (with("//", "//user:pass@"), P, "CukzLTc1tT5dXEDIHm/tKBanW10="),
        (with("//", "//user@"), P, "2YRLlVAflCqxaNicjMpJcSTgzSs="),
        (with("//mycompany.com", "//user:pass@mycompany.com:443"), P, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="),
        (format!("{U}&Body=It%27s+amazing"), P, "TfZzewPq8wqrGlMfyAud8+/IvJ0="),
        (U.to_owned(), v13, "83O6e2vORAoJHUNzJjDWN1jz+BA="),
        (with("mycompany", "example"), P14, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://h.example/cb?x=1".to_owned(), v15, "vjcVVNoHu86ODeH+j44xFRzCYdg="),
    ]);
}

#[test]
fn a_port_may_be_there_or_not_on_either_side() {
    let body = form(P);
    let accepted = [
        ("https://mycompany.com", PLAIN),
        ("https://mycompany.com:1234", PLAIN),
        ("https://mycompany.com", WITH_PORT),
        ("http://mycompany.com", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:1234", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("https://user:pass@mycompany.com", "CukzLTc1tT5dXEDIHm/tKBanW10="),
        ("https://user:pass@mycompany.com", PLAIN),
        ("https://user@mycompany.com", "2YRLlVAflCqxaNicjMpJcSTgzSs="),
        ("https://user:pass@mycompany.com", "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="),
    ];
    for (base, signature) in accepted {
        assert!(check(base, TARGET, (FORM, &body), signature), "{base} {signature}");
    }
    assert!(!check("http://mycompany.com", TARGET, (FORM, &body), PLAIN), "another scheme");
    assert!(!check("https://mycompany.org", TARGET, (FORM, &body), PLAIN), "another host");
}

#[test]
fn a_json_body_is_signed_through_its_hash() {
    let base = "https://mycompany.com";
    let body = br#"{"property": "value", "boolean": true}"#;
    let target = format!("{TARGET}&bodySHA256={H}");
    let right = "a9nBmqA0ju/hNViExpshrM61xv4=";
    assert!(check(base, &target, ("application/json", body), right));
    assert!(!check(base, &target, ("application/json", b"{}"), right), "another body");
    assert!(!check(base, &target, ("application/json; charset=utf-8", b"{}"), right));
    let only = format!("/myapp.php?bodySHA256={H}");
    assert!(check(base, &only, ("application/json", body), "y77kIzt2vzLz71DgmJGsen2scGs="));
    let seventh = format!("{TARGET}&bodySHA256={EMPTY_OBJECT}");
    assert!(check(base, &seventh, ("application/json", b"{}"), "Ldidvp12m26NI7eqEvxnEpkd9Hc="));
}

#[test]
fn a_body_that_is_no_form_and_has_no_hash_is_not_covered_by_the_signature() {
    let signature = sign(&key(), U, b"");
    let base = "https://mycompany.com";
    assert!(check(base, TARGET, (FORM, b""), &signature));
    assert!(!check(base, TARGET, ("application/json", b"{}"), &signature));
}

#[test]
fn the_target_is_taken_as_it_came() {
    let base = "https://mycompany.com";
    let body = form(P);
    let raw = format!("{TARGET}&Body=It's+amazing");
    let encoded = format!("{TARGET}&Body=It%27s+amazing");
    let signed_raw = sign(&key(), &format!("{base}{raw}"), &body);
    let signed_encoded = sign(&key(), &format!("{base}{encoded}"), &body);
    assert!(check(base, &raw, (FORM, &body), &signed_raw));
    assert!(check(base, &encoded, (FORM, &body), &signed_encoded));
    assert!(check(base, &raw, (FORM, &body), &signed_encoded), "the SDKs accept both spellings");
    assert!(check(base, &format!("{TARGET}#rc=3&rp=all"), (FORM, &body), PLAIN), "a fragment is not signed");
}

#[test]
fn any_change_to_a_signed_request_is_refused() {
    let base = "https://mycompany.com";
    let body = form(P);
    assert!(check(base, TARGET, (FORM, &body), PLAIN));
    for target in
        ["/myapp.php?bar=2&foo=1", "/myapp.php?foo=1", "/Myapp.php?foo=1&bar=2", "/myapp.php?foo=1&bar=2&", ""]
    {
        assert!(!check(base, target, (FORM, &body), PLAIN), "{target}");
    }
    let more = [&body[..], b"&Extra=1"].concat();
    let less = form(&P[1..]);
    let padded = form(&[("CallSid", " CA1234567890ABCDE"), P[1], P[2], P[3], P[4]]);
    let doubled = [&body[..], b"&Digits=9"].concat();
    for changed in [more, less, padded, doubled] {
        assert!(!check(base, TARGET, (FORM, &changed), PLAIN));
    }
}

#[test]
fn two_tokens_are_accepted_during_a_change_and_an_empty_one_never() {
    let public = PublicUrl::parse("https://mycompany.com").unwrap();
    let body = form(P);
    let ask = |keys: &[Secret], signature: Option<&str>| {
        let content_type = Some(FORM);
        verify(keys, &public, &SignedRequest { raw_target: TARGET, content_type, body: &body, signature })
    };
    let next = Secret::new("next");
    assert_eq!(ask(&[next.clone(), key()], Some(PLAIN)), Ok(()));
    assert_eq!(ask(&[key(), next.clone()], Some(PLAIN)), Ok(()));
    assert_eq!(ask(&[next], Some(PLAIN)), Err(SignatureError::Wrong));
    assert_eq!(ask(&[], Some(PLAIN)), Err(SignatureError::Wrong));
    let empty = Secret::new("");
    let forged = sign(&empty, U, &body);
    assert_eq!(ask(&[empty], Some(&forged)), Err(SignatureError::Wrong));
    assert_eq!(ask(&[key()], None), Err(SignatureError::Missing));
    for wrong in ["", "=", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "RSOYDt4T1cUTdK1PDd93/VVr8A==", "é"] {
        assert_eq!(ask(&[key()], Some(wrong)), Err(SignatureError::Wrong), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn junk_is_refused_without_a_panic(
        target in any::<String>(), kind in any::<String>(), body in any::<Vec<u8>>(), signature in any::<String>(),
    ) {
        for content_type in [kind.as_str(), FORM] {
            prop_assert!(!check("https://mycompany.com", &target, (content_type, &body), &signature));
        }
    }

    #[test]
    fn what_we_sign_we_accept(path in "/[ -\"$-~]{0,40}", pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..6)) {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let body = form(&pairs);
        let signature = sign(&key(), &format!("https://h.example:8443/p{path}"), &body);
        prop_assert!(check("https://h.example:8443/p/", &path, (FORM, &body), &signature));
    }
}
