//! The commands of an operator, run as programs.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use carillon::store::Engine;
use serde_json::json;

use crate::support::{Client, Database, PASSWORD};

/// An installation that only commands have touched.
pub struct Installation {
    folder: tempfile::TempDir,
    database: Option<Database>,
}

impl Installation {
    pub fn on(engine: Engine) -> Self {
        let database = (engine == Engine::Postgres).then(Database::create);
        Self { folder: tempfile::tempdir().expect("a folder"), database }
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carillon"));
        command.args(words).current_dir(self.folder.path()).env_clear().env("CARILLON_DATA_DIR", "data");
        if let Some(database) = &self.database {
            command.env("CARILLON_DATABASE_URL", &database.url);
        }
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program runs")
    }

    /// What a command that succeeds prints.
    #[track_caller]
    pub fn prints(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What a command that fails says.
    #[track_caller]
    fn refuses(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?}: {}", text(&output.stdout));
        text(&output.stdout) + &text(&output.stderr)
    }

    pub fn add_user(&self, password: &str) -> Output {
        let words = ["user", "create", "--email", "Ann@acme.example", "--role", "admin", "--password-stdin"];
        let mut command = self.command(&words);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        writeln!(child.stdin.take().expect("its input"), "{password}").expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

/// A server that runs as a program; killed with the story.
pub struct Server {
    child: Child,
    pub base: String,
    /// What it prints beside its log.
    printed: BufReader<ChildStdout>,
}

impl Server {
    pub fn start(installation: &Installation) -> Self {
        Self::start_with(installation, &[])
    }

    /// With other settings.
    pub fn start_with(installation: &Installation, settings: &[(&str, &str)]) -> Self {
        let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]);
        command.envs(settings.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the server starts");
        let printed = BufReader::new(child.stdout.take().expect("its output"));
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines().map_while(Result::ok);
        let listening = lines.find(|line| line.contains("\"listening\"")).expect("it listens");
        let line: serde_json::Value = serde_json::from_str(&listening).expect("a line of JSON");
        let base = format!("http://{}", line["address"].as_str().expect("an address"));
        Self { child, base, printed }
    }

    /// The next lines that it prints.
    fn prints(&mut self, lines: usize) -> String {
        self.printed.by_ref().lines().take(lines).map_while(Result::ok).collect::<Vec<_>>().join("\n")
    }

    pub fn terminate(mut self) -> std::process::ExitStatus {
        let ended = Command::new("kill").arg(self.child.id().to_string()).status().expect("a signal");
        assert!(ended.success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn an_operator_makes_organization_user_and_token(engine: Engine) {
    let installation = Installation::on(engine);
    assert!(installation.refuses(&["token", "create", "--email", "ann@acme.example"]).contains("nobody logs in"));
    assert!(installation.refuses(&["user", "create", "--email", "a@b", "--role", "admin"]).contains("no organization"));
    installation.prints(&["organization", "create", "Acme"]);
    assert!(installation.refuses(&["organization", "create", "Acme"]).contains("already"));
    assert!(text(&installation.add_user("short").stderr).contains("at least 8 characters"));
    assert!(installation.add_user(PASSWORD).status.success());
    assert!(text(&installation.add_user(PASSWORD).stderr).contains("is taken"));
    let drawn = installation.prints(&["user", "create", "--email", "bob@acme.example", "--role", "agent"]);
    assert!(drawn.contains("the password is "), "{drawn}");
    assert!(
        installation
            .refuses(&["user", "create", "--email", "c@d", "--role", "king"])
            .contains("agent, manager or admin")
    );
    let token = installation.prints(&["token", "create", "--email", "ann@acme.example"]);
    assert!(token.starts_with("car_") && token.trim_end().lines().count() == 1, "{token}");

    let server = Server::start(&installation);
    let nobody = Client::new(&server.base);
    let session = nobody.with_token(token.trim()).get("/api/v1/session").await.expect(200);
    assert_eq!((&session["user"]["role"], &session["organization"]["name"]), (&json!("admin"), &json!("Acme")));
    assert_eq!(session["user"]["department_ids"].as_array().map(Vec::len), Some(1), "General");
    let log_in = json!({ "email": "ann@acme.example", "password": PASSWORD });
    nobody.post("/api/v1/session", log_in).await.expect(200);
    let password = drawn.trim().rsplit(' ').next().unwrap_or_default();
    let log_in = json!({ "email": "bob@acme.example", "password": password });
    nobody.post("/api/v1/session", log_in).await.expect(200);
    nobody.get("/readyz").await.expect(200);
    assert!(server.terminate().success(), "a server that is told to end ends well");

    installation.prints(&["organization", "create", "Umbrella"]);
    let ambiguous = installation.refuses(&["user", "create", "--email", "e@f", "--role", "agent"]);
    assert!(ambiguous.contains("--organization") && ambiguous.contains("Acme, Umbrella"), "{ambiguous}");
    installation.prints(&["user", "create", "--email", "e@f", "--role", "agent", "--organization", "Umbrella"]);
}

#[tokio::test]
async fn an_operator_makes_organization_user_and_token_on_sqlite() {
    an_operator_makes_organization_user_and_token(Engine::Sqlite).await;
}

#[tokio::test]
async fn an_operator_makes_organization_user_and_token_on_postgres() {
    an_operator_makes_organization_user_and_token(Engine::Postgres).await;
}

async fn a_server_without_an_organization_prints_the_code_that_sets_it_up(engine: Engine) {
    let installation = Installation::on(engine);
    let mut server = Server::start(&installation);
    let printed = server.prints(2);
    let code = printed.rsplit(' ').next().unwrap_or_default();
    assert!(printed.contains("There is no organization yet") && code.len() == 19, "{printed}");
    let elsewhere = Client::new(&server.base).with("x-forwarded-for", "198.51.100.7");
    let first_run = json!({
        "organization": "Acme", "name": "Ann", "email": "ann@acme.example", "password": PASSWORD,
        "timezone": "Europe/Berlin", "default_country": "DE", "code": code,
    });
    elsewhere.post("/api/v1/setup", first_run).await.expect(201);
    assert!(server.terminate().success(), "a server that is told to end ends well");
    let mut again = Server::start(&installation);
    again.child.kill().expect("it ends");
    assert_eq!(again.prints(1), "", "nothing is left to set up");
}

#[tokio::test]
async fn a_server_without_an_organization_prints_the_code_that_sets_it_up_on_sqlite() {
    a_server_without_an_organization_prints_the_code_that_sets_it_up(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_server_without_an_organization_prints_the_code_that_sets_it_up_on_postgres() {
    a_server_without_an_organization_prints_the_code_that_sets_it_up(Engine::Postgres).await;
}

#[tokio::test]
async fn servers_that_share_a_database_count_each_other() {
    /// Requests after which a node that lives must have been seen.
    const LOOKS_MAX: usize = 5_000;
    let installation = Installation::on(Engine::Postgres);
    installation.prints(&["organization", "create", "Acme"]);
    assert!(installation.add_user(PASSWORD).status.success());
    let token = installation.prints(&["token", "create", "--email", "ann@acme.example"]);
    let (one, _other) = (Server::start(&installation), Server::start(&installation));
    let admin = Client::new(&one.base).with_token(token.trim());
    for look in 1.. {
        let health = admin.get("/api/v1/health").await.expect(200);
        let loops = health["loops"].as_array().expect("loops").iter();
        let keeps_time = loops.clone().any(|one| one["name"] == "timekeeper" && one["level"] == "good");
        let mut figures = health["figures"].as_array().expect("figures").iter();
        let nodes = figures.find(|figure| figure["name"] == "nodes").expect("a figure");
        if keeps_time && nodes["value"] == json!(2.0) {
            break;
        }
        assert!(look < LOOKS_MAX, "{health}");
    }
}

#[test]
fn a_check_says_what_is_wrong_and_how_to_mend_it() {
    let installation = Installation::on(Engine::Sqlite);
    let fresh = installation.prints(&["check"]);
    assert!(fresh.contains("the first start makes it") && !installation.file("data").exists(), "{fresh}");
    installation.prints(&["organization", "create", "Acme"]);
    let unready = installation.refuses(&["check"]);
    assert!(unready.contains("credentials (Acme)") && unready.contains("→ enter the account SID"), "{unready}");

    std::fs::write(installation.file("carillon.toml"), "log = \"info\"\nlisten_on = \"x\"\n").expect("a file");
    let misspelled = installation.refuses(&["check"]);
    assert!(misspelled.contains("line 2") && misspelled.contains("listen_on"), "{misspelled}");
    let mut misspelled = installation.command(&["check", "--config", "/dev/null"]);
    let misspelled = text(&misspelled.env("CARILLON_LISTN", "x").output().expect("the program runs").stdout);
    assert!(misspelled.contains("warning  configuration: no setting is named CARILLON_LISTN"), "{misspelled}");
    let down = ["check", "--database-url", "postgres://postgres@127.0.0.1:1/x", "--config", "/dev/null"];
    let down = installation.refuses(&down);
    assert!(down.contains("failed   database") && down.contains("carillon migrate"), "{down}");
}

#[test]
fn what_the_program_makes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let installation = Installation::on(Engine::Sqlite);
    installation.prints(&["organization", "create", "Acme"]);
    Server::start(&installation).terminate();
    let mode = |path: &Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o077;
    assert_eq!(mode(&installation.file("data/carillon.db")), 0);
    assert_eq!(mode(&installation.file("data/secret_key")), 0);
}
