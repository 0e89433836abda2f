//! Google Sheets: fetches the rows of a shared sheet as CSV, from the host of sheets and from nowhere else.
//!
//! A link was taken apart by the domain (`SheetLink`), and only its ids are put behind the configured base. Each
//! address on the way is checked before it is asked ([`reach`]), and each name again when it is resolved
//! ([`connector`]). What came is counted while it comes and told from a page ([`answer`]); what its rows mean is
//! [`crate::lists`]' business.

mod addresses;
mod answer;
mod connector;
mod reach;

use std::time::Duration;

use bytes::Bytes;
use carillon_domain::import::SheetLink;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::{Method, Request, Response, Uri, header};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Semaphore;
use url::Url;

use answer::{Beginning, Next};
use connector::SheetClient;
use reach::Reach;

/// Sheets that one node fetches at once; the others wait.
const FETCHES_AT_ONCE_MAX: usize = 4;
/// Redirects on the way to a sheet; Google's export has one.
const REDIRECTS_MAX: usize = 3;
/// From the first request to the last byte.
const FETCH_TIMEOUT: Duration = Duration::from_secs(30);
const USER_AGENT: &str = concat!("carillon/", env!("CARGO_PKG_VERSION"));

/// Why a sheet was not fetched; in words for the person who gave the link.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("is not shared: in Google Sheets choose Share, then \"Anyone with the link\", and try again")]
    NotShared,
    #[error("leads to no sheet: it was deleted, or a part of the link is missing")]
    NotFound,
    #[error("leads to no such tab: open the tab and copy the link from the address bar")]
    NoSuchTab,
    #[error(
        "leads to a page instead of rows: share the sheet with \"Anyone with the link\", or bring it as a CSV file"
    )]
    Page,
    #[error("leads to something that is no CSV: share the sheet itself, or bring it as a CSV file")]
    NotCsv,
    #[error("leads to an empty sheet")]
    Empty,
    #[error("leads away from Google Sheets, and nothing else is fetched: copy the link of the sheet itself")]
    LeadsAway,
    #[error("leads from one address to the next without end")]
    TooManyRedirects,
    #[error("leads to a sheet of more than {} MB: cut it into several", bytes_max / 1_024 / 1_024)]
    TooLarge { bytes_max: usize },
    #[error("cannot be fetched now: Google Sheets asks for fewer requests; try again in a few minutes")]
    TooManyRequests,
    #[error("cannot be fetched now: Google Sheets does not answer as it should; try again in a few minutes")]
    Unreachable,
    #[error("did not come whole within {} seconds: try again, or bring the sheet as a CSV file", FETCH_TIMEOUT.as_secs())]
    TooSlow,
    #[error("was cut off on the way: try again")]
    CutOff,
    /// Our disk is at fault, and not the sheet.
    #[error("the sheet cannot be written: {0}")]
    Disk(#[from] std::io::Error),
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The sheet's name, when its host said it; as it came.
    pub name: Option<String>,
    pub bytes: usize,
}

/// How long and how large.
#[derive(Debug, Clone, Copy)]
struct Limits {
    timeout: Duration,
    bytes_max: usize,
}

/// Fetches sheets.
pub struct Sheets {
    reach: Reach,
    client: SheetClient,
    limits: Limits,
    places: Semaphore,
}

impl Sheets {
    /// Sheets of so many bytes at most below a base address; Google's own when there is none.
    ///
    /// # Panics
    /// Never: the configuration lets only addresses through.
    #[must_use]
    pub fn below(base: Option<&str>, bytes_max: usize) -> Self {
        Self::new(Reach::below(base), Limits { timeout: FETCH_TIMEOUT, bytes_max })
    }

    fn new(reach: Reach, limits: Limits) -> Self {
        let client = connector::client(reach.addresses());
        Self { reach, client, limits, places: Semaphore::new(FETCHES_AT_ONCE_MAX) }
    }

    /// Fetches a sheet into a file that is at its beginning.
    ///
    /// # Errors
    /// When there is no whole sheet; what was written then means nothing.
    pub async fn fetch(&self, link: &SheetLink, into: std::fs::File) -> Result<Fetched, SheetError> {
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        let fetching = self.follow(self.reach.export(link)?, File::from_std(into));
        tokio::time::timeout(self.limits.timeout, fetching).await.unwrap_or(Err(SheetError::TooSlow))
    }

    async fn follow(&self, mut url: Url, into: File) -> Result<Fetched, SheetError> {
        for _ in 0..=REDIRECTS_MAX {
            self.reach.check(&url)?;
            let response = self.ask(&url).await?;
            match answer::next(response.status(), response.headers(), &url)? {
                Next::Rows => return self.receive(response, into).await,
                Next::Redirect(to) => url = to,
            }
        }
        Err(SheetError::TooManyRedirects)
    }

    /// Asks without a cookie, a credential or a packed answer.
    async fn ask(&self, url: &Url) -> Result<Response<Incoming>, SheetError> {
        let uri: Uri = url.as_str().parse().map_err(|_| SheetError::LeadsAway)?;
        // What was checked must be what is asked.
        if uri.host() != url.host_str() {
            return Err(SheetError::LeadsAway);
        }
        let request = Request::builder()
            .method(Method::GET)
            .uri(uri)
            .header(header::ACCEPT, "text/csv")
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::USER_AGENT, USER_AGENT)
            .body(Empty::new())
            .expect("an address that was parsed makes a request");
        self.client.request(request).await.map_err(|error| {
            tracing::warn!(error = %with_sources(&error), "a sheet could not be asked for");
            SheetError::Unreachable
        })
    }

    async fn receive(&self, response: Response<Incoming>, mut into: File) -> Result<Fetched, SheetError> {
        let name = answer::name(response.headers());
        let (mut body, mut bytes, mut beginning) = (response.into_body(), 0, Beginning::default());
        while let Some(frame) = body.frame().await {
            let Ok(chunk) = frame.map_err(|_| SheetError::CutOff)?.into_data() else { continue };
            bytes += chunk.len();
            if bytes > self.limits.bytes_max {
                return Err(SheetError::TooLarge { bytes_max: self.limits.bytes_max });
            }
            beginning.check(&chunk)?;
            write(&mut into, &chunk).await?;
        }
        into.flush().await?;
        if beginning.is_blank() { Err(SheetError::Empty) } else { Ok(Fetched { name, bytes }) }
    }
}

async fn write(into: &mut File, chunk: &Bytes) -> Result<(), SheetError> {
    Ok(into.write_all(chunk).await?)
}

/// An error with the reasons behind it, since the outermost says little.
fn with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests;
