//! A campaign as a file, for people and for Git: the members of the API, in TOML or JSON.
//!
//! Ids mean nothing elsewhere, so a department is named. What the server fills in by itself is not in the file, and
//! what a file leaves out stays as it is.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};

use super::{Format, text};
use crate::cli::remote::Remote;

const DEPARTMENTS: &str = "/api/v1/departments?limit=200";
/// What a file may say, in this order.
const MEMBERS: [&str; 15] = [
    "name",
    "description",
    "purpose",
    "message",
    "after_message",
    "caller_ids",
    "ring_timeout_s",
    "answering_machine",
    "opt_out",
    "recording",
    "retry",
    "schedule",
    "calling_hours",
    "recipient_hours",
    "limits",
];

/// What a file says, with the department's id for its name.
pub async fn read(remote: &Remote, path: &Path) -> anyhow::Result<Value> {
    let named = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(named)?;
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let mut wish: Map<String, Value> = if is_json {
        serde_json::from_str(&text).with_context(named)?
    } else {
        toml::from_str(&text).with_context(named)?
    };
    if !wish.get("name").is_some_and(Value::is_string) {
        bail!("{}: a campaign needs a name", path.display());
    }
    if let Some(department) = wish.remove("department") {
        wish.insert("department_id".to_owned(), department_id(remote, &department).await?);
    }
    Ok(Value::Object(wish))
}

async fn department_id(remote: &Remote, name: &Value) -> anyhow::Result<Value> {
    let known = remote.get(DEPARTMENTS).await?;
    let found = known["items"].as_array().into_iter().flatten().find(|department| department["name"] == *name);
    found.map(|department| department["id"].clone()).with_context(|| format!("there is no department {name}"))
}

/// A campaign as a file says it.
pub async fn write(remote: &Remote, campaign: &Value, format: Format) -> anyhow::Result<String> {
    let mut members: Vec<(String, Value)> = Vec::new();
    for name in MEMBERS {
        members.extend(without_nulls(&campaign[name]).map(|value| (name.to_owned(), value)));
    }
    let known = remote.get(DEPARTMENTS).await?;
    let departments: Vec<&Value> = known["items"].as_array().into_iter().flatten().collect();
    if departments.len() > 1 {
        let own = departments.into_iter().find(|department| department["id"] == campaign["department_id"]);
        members.extend(own.map(|department| ("department".to_owned(), json!(text(department, "name")))));
    }
    Ok(match format {
        Format::Json => format!("{:#}\n", Value::Object(members.into_iter().collect())),
        Format::Toml => toml_of(members)?,
    })
}

/// TOML has no null: what is null is left out.
fn without_nulls(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(name, member)| Some((name.clone(), without_nulls(member)?)));
            let kept: Map<String, Value> = kept.collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        other => Some(other.clone()),
    }
}

/// Plain members first: what follows a table's head belongs to the table.
fn toml_of(members: Vec<(String, Value)>) -> anyhow::Result<String> {
    let (tables, plain): (Vec<_>, Vec<_>) = members.into_iter().partition(|(_, value)| value.is_object());
    let mut text = String::new();
    for (name, value) in plain.into_iter().chain(tables) {
        let head = if value.is_object() { "\n" } else { "" };
        let member: Map<String, Value> = [(name, value)].into_iter().collect();
        text += head;
        text += &toml::to_string(&member)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_plain_members_first_and_leaves_out_what_is_null() {
        let members = json!({
            "name": "Q4", "message": {"kind": "tts", "text": "Hi"}, "limits": {"max_concurrent_calls": null},
            "caller_ids": ["+12025550100"], "calling_hours": null, "recipient_hours": {"enabled": true, "start": "08:00"}
        });
        let kept = members.as_object().expect("members").iter();
        let kept = kept.filter_map(|(name, value)| Some((name.clone(), without_nulls(value)?))).collect();
        let text = toml_of(kept).expect("TOML");
        let back: Value = toml::from_str(&text).expect("our own file");
        let expected = json!({
            "name": "Q4", "message": {"kind": "tts", "text": "Hi"}, "caller_ids": ["+12025550100"],
            "recipient_hours": {"enabled": true, "start": "08:00"}
        });
        assert_eq!(back, expected, "{text}");
    }
}
