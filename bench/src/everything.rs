//! All benchmarks in a row, with the sizes of the goals or, `--short`, so small that only the way is tried.
//!
//! The figures go to the terminal as a table and to `bench/results/latest.json`, with the machine's load before and
//! after. A figure that falls short is no failure of the run; a run that could not measure is.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use crate::figure::{self, Figure};
use crate::home::Engine;
use crate::{clock, contest, history, import, pacing, race, results, say, search, serving, usage};

#[derive(clap::Args)]
pub struct Options {
    /// Small sizes, without PostgreSQL and the peer: a smoke test whose figures mean nothing
    #[arg(long)]
    short: bool,
    /// Without the peer, which needs Node
    #[arg(long)]
    no_peer: bool,
    /// Rows of the longest history; 8 GB of disk at the default
    #[arg(long, default_value_t = 10_000_000)]
    history: u64,
}

/// The sizes of all benchmarks.
struct Sizes {
    race: race::Options,
    serving: serving::Options,
    pacing: pacing::Options,
    import: import::Options,
    history: history::Options,
    results: results::Options,
    search: search::Options,
}

impl Sizes {
    fn of(options: &Options) -> Self {
        let (short, contest) = (options.short, contest::Options { calls: 10_000, calls_at_once: 400 });
        if short {
            return Self {
                race: race::Options {
                    rounds: 1,
                    contest: contest::Options { calls: 300, ..contest },
                    no_peer: true,
                    no_postgres: true,
                },
                serving: serving::Options { recipients: 10_000, starts: 5, seconds: 3 },
                pacing: pacing::Options { seconds: 3 },
                import: import::Options { rows: 5_000, rounds: 1, only: Some(Engine::Sqlite) },
                history: history::Options { recipients: 20_000 },
                results: results::Options { recipients: 5_000, only: Some(Engine::Sqlite) },
                search: search::Options { contacts: 5_000, only: Some(Engine::Sqlite) },
            };
        }
        Self {
            race: race::Options { rounds: 5, contest, no_peer: options.no_peer, no_postgres: false },
            serving: serving::Options { recipients: 1_000_000, starts: 60, seconds: 30 },
            pacing: pacing::Options { seconds: 30 },
            import: import::Options { rows: 1_000_000, rounds: 5, only: None },
            history: history::Options { recipients: options.history },
            results: results::Options { recipients: 1_000_000, only: None },
            search: search::Options { contacts: 1_000_000, only: None },
        }
    }
}

#[expect(clippy::print_stdout, reason = "the answer of a command")]
pub async fn run(options: &Options) -> Result<()> {
    let sizes = Sizes::of(options);
    let before = usage::load_average();
    let mut figures = race::run(&sizes.race)?;
    say("race: done");
    figures.extend(serving::run(&sizes.serving).await?);
    say("serving: done");
    figures.extend(pacing::run(&sizes.pacing).await?);
    say("pacing: done");
    figures.extend(import::run(&sizes.import).await?);
    say("import: done");
    figures.extend(history::run(&sizes.history).await?);
    say("history: done");
    figures.extend(results::run(&sizes.results).await?);
    say("results: done");
    figures.extend(search::run(&sizes.search).await?);
    let after = usage::load_average();
    println!("{}\nload average before: {before}; after: {after}", figure::table(&figures));
    keep(options, &figures, &[before, after])
}

fn keep(options: &Options, figures: &[Figure], load_averages: &[String; 2]) -> Result<()> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    std::fs::create_dir_all(&folder)?;
    let results = json!({
        "measured_at_us": clock::wall_us(),
        "cores": std::thread::available_parallelism()?.get(),
        "is_short": options.short,
        "load_averages": load_averages,
        "figures": figures,
    });
    std::fs::write(folder.join("latest.json"), serde_json::to_string_pretty(&results)? + "\n")?;
    Ok(())
}
