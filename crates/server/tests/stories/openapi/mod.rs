//! The description of the API: complete, valid, and the same wherever it is asked for.
//!
//! [`structure`] knows what OpenAPI 3.1 demands; here it is held against our document, and against broken ones.
//! Whether handlers do what the document says is for the stories of each door.

mod structure;

use std::collections::BTreeSet;
use std::process::Command;

use carillon::{api, store};
use serde_json::{Value, json};

use crate::support::World;
use structure::{METHODS, faults};

fn document() -> Value {
    serde_json::from_str(&api::document()).expect("JSON")
}

#[test]
fn the_document_is_valid() {
    assert_eq!(faults(&document()), Vec::<String>::new());
}

#[test]
fn the_document_names_every_route_of_the_table_and_no_other() {
    let doors = api::doors();
    let table = BTreeSet::from_iter(doors.table().iter().map(|door| format!("{} {}", door.method, door.path)));
    let mut described = BTreeSet::new();
    for (path, item) in document()["paths"].as_object().expect("paths") {
        let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        described.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    assert!(!table.is_empty());
    assert_eq!(table, described);
}

#[test]
fn every_operation_of_the_document_says_how_it_may_fail() {
    for (path, item) in document()["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let answers = operation["responses"].as_object().expect("answers");
            assert!(answers.contains_key("500"), "{method} {path}");
            assert!(answers.contains_key("404") || !path.contains('{'), "{method} {path}");
            let refused = answers.iter().filter(|(status, _)| status.starts_with('4') && path.starts_with("/api/"));
            for (status, answer) in refused {
                let is_problem = answer["$ref"] == "#/components/responses/Problem"
                    || !answer["content"]["application/problem+json"].is_null();
                assert!(is_problem, "{method} {path} {status}: {answer}");
            }
        }
    }
}

#[test]
fn the_document_says_what_a_request_may_hold() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["NewDepartment"]["properties"]["name"]["maxLength"], 120);
    assert_eq!(schemas["SettingsChange"]["properties"]["ring_timeout_s"]["maximum"], 60);
    assert_eq!(schemas["Message"]["properties"]["kind"]["pattern"], "^(tts|audio)$");
    let list = &document["paths"]["/api/v1/contacts"]["get"]["parameters"];
    let limit = list.as_array().into_iter().flatten().find(|parameter| parameter["name"] == "limit");
    assert_eq!(
        limit.map(|limit| (&limit["schema"]["minimum"], &limit["schema"]["maximum"])),
        Some((&json!(1), &json!(200)))
    );
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            for (_, content) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
                let name = content["schema"]["$ref"].as_str().unwrap_or_default();
                let schema = document.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
                assert_eq!(schema["additionalProperties"], false, "{method} {path}: unknown members are refused");
            }
        }
    }
}

#[tokio::test]
async fn the_server_and_the_command_tell_the_same_document() {
    let world = World::on(store::Engine::Sqlite).await;
    assert_eq!(world.nobody().get("/api/openapi.json").await.expect(200), document());
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_carillon"));
    let ran = command.arg("openapi").current_dir(folder.path()).env_clear().output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(serde_json::from_slice::<Value>(&ran.stdout).expect("JSON"), document());
    assert_eq!(folder.path().read_dir().expect("its folder").count(), 0, "it leaves no files");
}

#[test]
fn a_broken_document_is_found_out() {
    let show = "/paths/~1api~1v1~1campaigns~1{id}/get";
    let breaks = [
        ("", json!({"openapi": "3.0.3"}), "version"),
        ("/info", json!({"title": ""}), "title"),
        (show, json!({"parameters": []}), "no parameter {id}"),
        (show, json!({"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}]}), "not required"),
        (show, json!({"parameters": [{"name": "id", "in": "path", "required": true}]}), "no schema"),
        (show, json!({"parameters": [{"name": "x", "in": "path", "required": true, "schema": {}}]}), "not in the path"),
        (show, json!({"operationId": "campaigns_list"}), "two operations"),
        (show, json!({"operationId": null}), "no operationId"),
        (show, json!({"responses": {}}), "no answers"),
        (show, json!({"responses": {"200": {}}}), "no description"),
        (show, json!({"responses": {"OK": {"description": "all is well"}}}), "no status"),
        (show, json!({"responses": {"200": {"$ref": "#/components/responses/Nobody"}}}), "leads nowhere"),
        (show, json!({"security": [{"password": []}]}), "no security scheme"),
        (show, json!({"requestBody": {"content": {}}}), "no content"),
        ("/paths", json!({"/api/v1/campaigns/{key}": {}}), "the same path"),
        ("/paths", json!({"api": {}}), "does not begin with /"),
        ("/components/schemas", json!({"Odd": {"type": "text"}}), "no type"),
        ("/components/schemas", json!({"Odd": {"type": "object", "required": ["a"]}}), "is not described"),
        ("/components/schemas", json!({"Odd": {"type": "string", "nullable": true}}), "nullable"),
        ("/components/schemas", json!({"Odd": {"items": {"$ref": "#/components/schemas/Nobody"}}}), "leads nowhere"),
        ("/components/schemas", json!({"Odd one": {}}), "not a name"),
    ];
    for (place, members, wanted) in breaks {
        let mut broken = document();
        let whole = broken.pointer_mut(place).and_then(Value::as_object_mut).expect("a place in the document");
        whole.extend(members.as_object().expect("members").clone());
        let found = faults(&broken);
        assert!(found.iter().any(|fault| fault.contains(wanted)), "{place} {members}: {found:?}");
    }
}
