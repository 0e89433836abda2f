//! What is promised about the configuration: order of its sources, refusals, bounds, the key file.
//!
//! The command line around it is tested with the commands.

use super::*;

fn parsed(text: &str) -> Result<Config, String> {
    file::parse(text).and_then(|given| Config::try_new(given).map_err(|e| e.to_string()))
}

#[test]
fn what_a_flag_says_goes_before_the_file() {
    let file = file::parse("listen = \"127.0.0.1:1\"\nlog = \"debug\"").expect("a file");
    let flags = Given { listen: Some(SocketAddr::from(([127, 0, 0, 1], 2))), ..Given::default() };
    let config = Config::try_new(flags.over(file)).expect("a configuration");
    assert_eq!((config.listen.port(), config.log.as_str()), (2, "debug"));
}

#[test]
fn an_unknown_key_is_refused_by_name_and_line() {
    let error = parsed("log = \"info\"\ndata_base_url = \"x\"").expect_err("refused");
    assert!(error.contains("line 2") && error.contains("data_base_url"), "{error}");
}

#[test]
fn every_setting_has_a_flag_and_a_variable_of_its_name() {
    use clap::Args;
    let command = Given::augment_args(clap::Command::new("carillon"));
    for name in NAMES {
        let argument = command.get_arguments().find(|argument| argument.get_id().as_str() == *name).expect(name);
        assert_eq!(argument.get_long(), Some(name.replace('_', "-").as_str()));
        let variable = format!("CARILLON_{}", name.to_uppercase());
        assert_eq!(argument.get_env().and_then(|env| env.to_str()), Some(variable.as_str()));
    }
}

#[test]
fn a_variable_that_no_setting_has_is_noticed() {
    let names = ["CARILLON_LISTEN", "CARILLON_DATABSE_URL", "CARILLON_URL", "CARILLON_PORT_8080_TCP", "HOME"];
    assert_eq!(unknown_variables(names.iter().map(|name| (*name).to_owned())), ["CARILLON_DATABSE_URL"]);
}

#[test]
fn seconds_may_have_a_fraction_and_have_bounds() {
    let bounds = parsed("reconcile_after_s = 0.25\nmin_retry_delay_s = 1").expect("fine").bounds;
    assert_eq!(bounds.reconcile_after, SignedDuration::from_millis(250));
    assert_eq!(bounds.min_retry_delay, SignedDuration::from_secs(1));
    for bad in ["reconcile_after_s = -1", "reconcile_after_s = 3601", "reconcile_after_s = \"x\"", "listen = \"here\""]
    {
        assert!(parsed(bad).is_err(), "{bad}");
    }
}

#[test]
fn addresses_must_be_http_and_a_secret_key_a_key() {
    assert_eq!(
        parsed("public_url = \"https://h.example/\"").expect("fine").public_url.as_deref(),
        Some("https://h.example")
    );
    for bad in ["public_url = \"h.example\"", "twilio_base_url = \"file:///x\"", "secret_key = \"hunter2\""] {
        let error = parsed(bad).expect_err(bad);
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn the_secret_key_is_made_once_and_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let given = Given { data_dir: Some(folder.path().join("data")), ..Given::default() };
    let config = Config::try_new(given).expect("a configuration");
    let place = crate::secrets::Place { table: "t", row: uuid::Uuid::nil(), column: "c" };
    let chance = Chance::seeded(1);
    let secret = crate::secrets::Secret::new("s");
    let sealed = config.secret_key(&chance).expect("made").seal(&chance, &place, &secret);
    assert_eq!(config.secret_key(&chance).expect("the same").open(&place, &sealed), Ok(secret));
    let file = std::fs::metadata(folder.path().join("data/secret_key")).expect("the file");
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[test]
fn limits_of_lists_are_configured_and_never_nothing() {
    let config = parsed("import_bytes_max = 1000\nimport_rows_max = 7\nsheet_imports_per_hour_max = 2").expect("fine");
    assert_eq!(config.lists, ListLimits { bytes_max: 1_000, rows_max: 7 });
    assert_eq!(config.sheet_imports_per_hour_max, 2);
    let defaults = parsed("").expect("fine");
    assert_eq!(defaults.lists, ListLimits { bytes_max: 52_428_800, rows_max: 1_000_000 });
    for name in ["import_bytes_max", "import_rows_max", "sheet_imports_per_hour_max"] {
        let error = parsed(&format!("{name} = 0")).expect_err("a limit of nothing");
        assert!(error.contains(name) && error.contains("at least 1"), "{error}");
    }
}
