//! `carillon import LIST`: brings a file or a Google Sheet into a running server and waits until its rows are written.
//!
//! It does what the page does: bring, look, commit, watch. A sheet is fetched by the server. Progress is drawn on a
//! terminal alone; rejected rows are saved beside the file. The exit status is 1 when the import failed.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use clap::Args;
use futures_util::{StreamExt as _, stream};
use http_body_util::StreamBody;
use hyper::body::Frame;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Map, Value, json};
use tokio_util::io::ReaderStream;

use super::remote::{Body, Remote, Server};
use super::runtime;

/// How often the server is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// Problems that are printed.
const PROBLEMS_SHOWN: usize = 10;
const BOUNDARY: &str = "carillon-import-of-a-list-e5d1c0a7";
const BYTES_TEMPLATE: &str = "{msg:12} {bar:40} {bytes}/{total_bytes}";
const ROWS_TEMPLATE: &str = "{msg:12} {bar:40} {pos}/{len} rows";

/// What to import, and how.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A CSV file, an Excel workbook (.xlsx), or the link of a Google Sheet that anyone with the link may read
    #[arg(value_name = "LIST")]
    list: List,
    /// Enroll everybody in this draft
    #[arg(long, value_name = "ID")]
    campaign: Option<String>,
    /// Which column is which field: phone=Phone, name=Name, custom.plan=Plan; what is left out is suggested
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapped)]
    maps: Vec<(String, String)>,
    /// The sheet of a workbook; the first one with rows when left out
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The country of numbers that are written without one
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Import nothing when one row is bad
    #[arg(long)]
    strict: bool,
    /// Let rows replace what is known of their number
    #[arg(long)]
    update: bool,
    /// Accept what the doctor proposes for one kind of damage: plus_lost, zero_lost, several_numbers, shifted_columns
    #[arg(long = "accept", value_name = "KIND")]
    accept: Vec<String>,
    /// Accept what is proposed for one row
    #[arg(long = "accept-row", value_name = "ROW")]
    accept_rows: Vec<u64>,
    /// A tag for every row
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The department, when there are several
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    #[command(flatten)]
    server: Server,
}

/// Where the list is.
#[derive(Debug, Clone)]
enum List {
    File(PathBuf),
    /// A link, as it was given: the server reads it.
    Sheet(String),
}

impl From<&str> for List {
    fn from(text: &str) -> Self {
        if text.contains("://") { Self::Sheet(text.to_owned()) } else { Self::File(text.into()) }
    }
}

impl From<OsString> for List {
    fn from(text: OsString) -> Self {
        text.to_str().map_or_else(|| Self::File(PathBuf::from(&text)), Self::from)
    }
}

impl List {
    /// Where its rejected rows are saved: beside the file, or in the current folder.
    fn rejects(&self) -> PathBuf {
        let file = match self {
            Self::File(file) => file,
            Self::Sheet(_) => Path::new("google-sheet.csv"),
        };
        let mut name = file.file_stem().unwrap_or_default().to_owned();
        name.push(".rejects.csv");
        file.with_file_name(name)
    }
}

fn mapped(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("FIELD=COLUMN is wanted, for example phone=Phone")?;
    Ok((field.trim().to_owned(), column.to_owned()))
}

/// Does it.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<()> {
    runtime()?.block_on(import(arguments))
}

async fn import(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        list,
        campaign,
        maps,
        sheet,
        country,
        strict,
        update,
        accept,
        accept_rows,
        tags,
        department,
        server,
    } = arguments;
    let remote = Remote::new(server)?;
    let import = match &list {
        List::File(file) => bring(&remote, file, &[("department_id", department), ("sheet", sheet)]).await?,
        List::Sheet(link) => {
            let sheet = json!({ "google_sheet_url": link, "department_id": department });
            remote.post("/api/v1/imports", &sheet).await?
        }
    };
    let path = format!("/api/v1/imports/{}", import["id"].as_str().context("the server gave no id")?);
    let mut wish = json!({
        "mapping": mapping(&import["suggested_mapping"], &maps)?, "duplicates": if update { "update" } else { "skip" },
        "accept": accept, "accept_rows": accept_rows,
    });
    if let Some(country) = country {
        wish["default_country"] = json!(country);
    }
    let look = remote.post(&format!("{path}/validate"), &wish).await?;
    print_look(&look);
    wish["mode"] = json!(if strict { "strict" } else { "lenient" });
    wish["tags"] = json!(tags);
    if let Some(campaign) = campaign {
        wish["campaign_id"] = json!(campaign);
    }
    remote.post(&format!("{path}/commit"), &wish).await?;
    let ended = watch(&remote, &path).await?;
    finish(&remote, &path, &list.rejects(), &ended).await
}

/// Brings the file as a form, streamed.
async fn bring(remote: &Remote, file: &Path, texts: &[(&str, Option<String>)]) -> anyhow::Result<Value> {
    let named = || file.display().to_string();
    let opened = tokio::fs::File::open(file).await.with_context(named)?;
    let bytes = opened.metadata().await.with_context(named)?.len();
    let name = file.file_name().map(|name| name.to_string_lossy().replace(['"', '\r', '\n'], "_")).unwrap_or_default();
    let mut head = String::new();
    for (name, text) in texts.iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
        head += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    }
    head += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    let length = head.len() as u64 + bytes + tail.len() as u64;
    let progress = bar(bytes, "bringing", BYTES_TEMPLATE);
    let counting = progress.clone();
    let middle = ReaderStream::new(opened).inspect(move |piece| {
        counting.inc(piece.as_ref().map_or(0, |piece| piece.len() as u64));
    });
    let edge = |text: String| stream::once(async move { Ok(Bytes::from(text)) });
    let frames = edge(head).chain(middle).chain(edge(tail)).map(|piece| piece.map(Frame::data));
    let form: Body = http_body_util::BodyExt::boxed(StreamBody::new(frames));
    let import = remote.post_form("/api/v1/imports", (BOUNDARY, length), form).await;
    progress.finish_and_clear();
    import
}

/// What was suggested, with what was given over it.
fn mapping(suggested: &Value, maps: &[(String, String)]) -> anyhow::Result<Value> {
    let mut mapping: Map<String, Value> = suggested.as_object().cloned().unwrap_or_default();
    for (field, column) in maps {
        // A column is one thing: what it was suggested for is not meant then.
        mapping.retain(|_, suggested| suggested != column);
        match field.strip_prefix("custom.") {
            None => drop(mapping.insert(field.clone(), json!(column))),
            Some(name) => {
                let custom = mapping.entry("custom").or_insert_with(|| json!({}));
                custom[name] = json!(column);
            }
        }
    }
    if mapping.get("phone").and_then(Value::as_str).is_none_or(str::is_empty) {
        bail!("which column holds the phone numbers? say it with --map phone=COLUMN");
    }
    Ok(Value::Object(mapping))
}

fn print_look(look: &Value) {
    let count = |name: &str| look[name].as_u64().unwrap_or_default();
    println!(
        "{} rows: {} new, {} known, {} twice in the list, {} do-not-call, {} bad",
        count("rows"),
        count("valid"),
        count("duplicates_existing"),
        count("duplicates_in_file"),
        count("do_not_call"),
        count("invalid")
    );
    print_repairs(look, count("repaired"));
    for problem in look["problems"].as_array().into_iter().flatten().take(PROBLEMS_SHOWN) {
        let text = |name: &str| problem[name].as_str().unwrap_or_default();
        println!("  row {}: {}: {} ({})", problem["row"], text("column"), text("problem"), text("value"));
    }
    for kind in look["kinds"].as_array().into_iter().flatten() {
        if let (Some(proposed @ 1..), Some(what)) = (kind["proposed"].as_u64(), kind["what"].as_str()) {
            println!("{} set aside can be mended as proposed: --accept {what}", rows_in_words(proposed));
        }
    }
}

/// What was mended, in words.
fn print_repairs(look: &Value, repaired: u64) {
    if repaired == 0 {
        return;
    }
    println!("{} mended:", rows_in_words(repaired));
    let applied = look["repairs"].as_array().into_iter().flatten().filter(|repair| repair["is_applied"] == true);
    for repair in applied.take(PROBLEMS_SHOWN) {
        let text = |name: &str| repair[name].as_str().unwrap_or_default();
        let (column, before, after, reason) = (text("column"), text("before"), text("after"), text("reason"));
        println!("  row {}: {column}: {before} -> {after} ({reason})", repair["row"]);
    }
}

fn rows_in_words(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// Waits for the end of an import.
async fn watch(remote: &Remote, path: &str) -> anyhow::Result<Value> {
    let mut progress: Option<ProgressBar> = None;
    loop {
        let import = remote.get(path).await?;
        let (rows, done) = (import["rows"].as_u64().unwrap_or_default(), import["done"].as_u64().unwrap_or_default());
        let bar = progress.get_or_insert_with(|| bar(rows, "importing", ROWS_TEMPLATE));
        bar.set_position(done);
        if let Some(pace) = pace_in_words(&import) {
            bar.set_message(pace);
        }
        if import["state"] != "running" {
            progress.iter().for_each(ProgressBar::finish_and_clear);
            return Ok(import);
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
}

/// How quickly the rows are written, and how long it will take from now.
fn pace_in_words(import: &Value) -> Option<String> {
    let count = |name: &str| import[name].as_f64();
    let rate = count("rows_per_second").filter(|rate| *rate > 0.0)?;
    let seconds = (count("rows")? - count("done")?) / rate;
    Some(format!("importing, {rate:.0} rows/s, {seconds:.0} s left"))
}

async fn finish(remote: &Remote, path: &str, beside: &Path, import: &Value) -> anyhow::Result<()> {
    let count = |name: &str| import[name].as_u64().unwrap_or_default();
    println!(
        "{} imported, {} updated, {} skipped, {} rejected",
        count("imported"),
        count("updated"),
        count("skipped"),
        count("rejected")
    );
    if count("repaired") > 0 {
        println!("{} of them mended", rows_in_words(count("repaired")));
    }
    if count("rejected") > 0 {
        tokio::fs::write(beside, remote.bytes(&format!("{path}/rejects")).await?).await?;
        println!("the rejected rows, each with its problem: {}", beside.display());
    }
    if import["state"] == "failed" {
        bail!("the import failed: {}", import["note"].as_str().unwrap_or("the server's log says more"));
    }
    Ok(())
}

/// A bar that is drawn on a terminal alone.
fn bar(length: u64, message: &'static str, template: &str) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template(template).expect("the template is a constant");
    ProgressBar::with_draw_target(Some(length), target).with_style(style).with_message(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_told_as_soon_as_there_is_one() {
        let import = |rate: Value| json!({"rows": 1_000, "done": 400, "rows_per_second": rate});
        assert_eq!(pace_in_words(&import(json!(40.04))).as_deref(), Some("importing, 40 rows/s, 15 s left"));
        assert_eq!(pace_in_words(&import(Value::Null)), None);
        assert_eq!(pace_in_words(&import(json!(0.0))), None);
    }

    #[test]
    fn what_is_given_goes_over_what_is_suggested() {
        let suggested = json!({"phone": "Phone", "name": "Name", "notes": "Plan"});
        let given =
            [("custom.plan", "Plan"), ("phone", "Mobile")].map(|(field, column)| (field.to_owned(), column.to_owned()));
        let mapping = mapping(&suggested, &given).expect("a mapping");
        assert_eq!(mapping, json!({"phone": "Mobile", "name": "Name", "custom": {"plan": "Plan"}}));
        assert!(super::mapping(&json!({"phone": ""}), &[]).is_err());
    }
}
