//! The connection check: does the carrier know us, can it be paid, are the numbers its own, can it reach us.
//!
//! Each question gets a verdict in words and, when something is wrong, the mend. Asked by the page's *check*
//! button and by `carillon check`. It changes nothing anywhere.

mod reach;

use carillon_domain::phone_number::PhoneNumber;

use crate::lines::Lines;
use crate::store::accounts::Account;
use crate::telephony::account::Account as CarrierAccount;
use crate::telephony::{Carrier, CarrierError, PublicUrl};

/// The page that is asked from outside.
const ALIVE: &str = "/healthz";

carillon_domain::words! {
    /// How a question was answered.
    pub enum Verdict {
        Ok = "ok",
        Warning = "warning",
        Failed = "failed",
    }
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub check: &'static str,
    /// What was found, as a word that stays: for pages in other languages.
    pub code: &'static str,
    pub verdict: Verdict,
    pub message: String,
    pub mend: Option<String>,
}

impl Finding {
    pub(crate) fn ok((check, code): (&'static str, &'static str), message: impl Into<String>) -> Self {
        Self { check, code, verdict: Verdict::Ok, message: message.into(), mend: None }
    }

    pub(crate) fn warning((check, code): (&'static str, &'static str), message: impl Into<String>, mend: &str) -> Self {
        Self { check, code, verdict: Verdict::Warning, message: message.into(), mend: Some(mend.to_owned()) }
    }

    pub(crate) fn failed((check, code): (&'static str, &'static str), message: impl Into<String>, mend: &str) -> Self {
        Self { check, code, verdict: Verdict::Failed, message: message.into(), mend: Some(mend.to_owned()) }
    }
}

/// What is wrong with a public address; nothing when it is right.
#[must_use]
pub fn public_url_complaint(text: &str) -> Option<String> {
    PublicUrl::parse(text).err().map(|error| error.to_string())
}

/// Asks everything of an account.
pub async fn run(lines: &Lines, account: Option<&Account>) -> Vec<Finding> {
    const ENTER: &str = "enter the account SID, the auth token and the caller numbers";
    let Some(account) = account else {
        return vec![Finding::failed(("credentials", "account_missing"), "no carrier account has been entered", ENTER)];
    };
    let line = match lines.line(account) {
        Ok(line) => line,
        Err(message) => {
            return vec![Finding::failed(
                ("credentials", "account_incomplete"),
                message,
                "complete the carrier's account",
            )];
        }
    };
    let carrier = line.carrier.as_ref();
    vec![
        credentials(carrier).await,
        balance(carrier).await,
        numbers(carrier, &account.caller_ids).await,
        webhooks(&line.public_url).await,
    ]
}

async fn credentials(carrier: &dyn Carrier) -> Finding {
    const CHECK: &str = "credentials";
    const PAY: &str = "look at the account in the carrier's console";
    match carrier.account().await {
        Ok(CarrierAccount::Hidden) => {
            Finding::ok((CHECK, "account_hidden"), "the key may place calls; it may not read the account")
        }
        Ok(CarrierAccount::Known { status: Some(status), .. }) if status != "active" => {
            Finding::failed((CHECK, "account_not_active"), format!("the carrier has set the account to {status}"), PAY)
        }
        Ok(CarrierAccount::Known { trial: true, .. }) => Finding::warning(
            (CHECK, "trial_account"),
            "it is a trial account: only verified numbers can be called, and few at once",
            "upgrade the account at the carrier",
        ),
        Ok(CarrierAccount::Known { .. }) => {
            Finding::ok((CHECK, "account_active"), "the carrier knows the account and it is active")
        }
        Err(error @ CarrierError::CredentialsRefused { .. }) => Finding::failed(
            (CHECK, "credentials_refused"),
            error.to_string(),
            "copy account SID and auth token from the carrier's console again",
        ),
        Err(error) => Finding::failed(
            (CHECK, "carrier_unreachable"),
            error.to_string(),
            "try again; is the carrier's address right?",
        ),
    }
}

async fn balance(carrier: &dyn Carrier) -> Finding {
    const CHECK: &str = "balance";
    match carrier.balance().await {
        Ok(Some(balance)) if is_spent(&balance.amount) => Finding::failed(
            (CHECK, "balance_spent"),
            format!("the balance is {} {}", balance.amount, balance.currency),
            "pay into the account at the carrier",
        ),
        Ok(Some(balance)) => {
            Finding::ok((CHECK, "balance_known"), format!("the balance is {} {}", balance.amount, balance.currency))
        }
        Ok(None) => Finding::ok((CHECK, "balance_hidden"), "the carrier does not tell this account's balance"),
        Err(error) => Finding::warning(
            (CHECK, "balance_unknown"),
            error.to_string(),
            "look at the balance in the carrier's console",
        ),
    }
}

/// The carrier's decimal text is zero or less.
fn is_spent(amount: &str) -> bool {
    amount.starts_with('-') || !amount.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}

async fn numbers(carrier: &dyn Carrier, caller_ids: &[String]) -> Finding {
    const CHECK: &str = "numbers";
    if caller_ids.is_empty() {
        return Finding::failed(
            (CHECK, "numbers_missing"),
            "no caller number has been entered",
            "enter one of the account's numbers",
        );
    }
    let owned = match carrier.numbers().await {
        Ok(owned) => owned,
        Err(error) => return Finding::warning((CHECK, "numbers_unknown"), error.to_string(), "try again"),
    };
    let verified = carrier.verified_caller_ids().await.unwrap_or_default();
    let may_show = |id: &&String| {
        owned.iter().any(|number| number.number == **id && number.voice != Some(false)) || verified.contains(id)
    };
    let foreign: Vec<&String> = caller_ids.iter().filter(|id| !may_show(id)).collect();
    match foreign[..] {
        [] => Finding::ok((CHECK, "numbers_fine"), format!("all {} caller numbers may be shown", caller_ids.len())),
        [first, ..] => Finding::failed(
            (CHECK, "numbers_foreign"),
            format!(
                "{} of {} caller numbers may not be shown, for example {}",
                foreign.len(),
                caller_ids.len(),
                masked(first)
            ),
            "buy or verify them at the carrier, or take them out",
        ),
    }
}

fn masked(number: &str) -> String {
    PhoneNumber::from_e164(number).map_or_else(|_| "one that is no number".to_owned(), |number| number.masked())
}

async fn webhooks(public_url: &PublicUrl) -> Finding {
    const CHECK: &str = "webhooks";
    const MEND: &str =
        "public_url must be the address at which the carrier reaches this server, and the server must run";
    match reach::health(&public_url.join(ALIVE)).await {
        Ok(()) => Finding::ok((CHECK, "webhooks_reachable"), format!("{public_url} leads to this server")),
        Err(message) => Finding::failed((CHECK, "webhooks_unreachable"), format!("{public_url}: {message}"), MEND),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_of_nothing_is_spent() {
        for spent in ["0", "0.00", "-3.20", ""] {
            assert!(is_spent(spent), "{spent}");
        }
        assert!(!is_spent("0.01") && !is_spent("12.3400"));
    }
}
