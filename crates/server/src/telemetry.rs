//! Logs and figures of the running program.
//!
//! Lines of text keep control characters escaped, so that no name that somebody chose can forge a line or color a
//! terminal. What is logged never holds a secret or a full phone number; that is each caller's duty.

mod one_line;

use std::sync::OnceLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;
use one_line::OneLine;

/// Why logging cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    #[error("the program logs already")]
    Twice,
}

/// Starts logging to standard error.
///
/// # Errors
/// When the filter cannot be read, or logging has been started before.
pub fn start_logging(filter: &str, format: LogFormat) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(filter)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| OneLine::new(std::io::stderr()));
    // When nobody reads the log any more, complaining there would panic in the middle of a request.
    let lines = lines.log_internal_errors(false);
    let started = match format {
        LogFormat::Text => lines.with_ansi(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    started.map_err(|_| TelemetryError::Twice)
}

/// The figures of this process, shared by every server in it.
#[must_use]
pub fn figures() -> PrometheusHandle {
    static FIGURES: OnceLock<PrometheusHandle> = OnceLock::new();
    let install = || PrometheusBuilder::new().install_recorder().expect("nothing else installs a recorder");
    FIGURES.get_or_init(install).clone()
}
