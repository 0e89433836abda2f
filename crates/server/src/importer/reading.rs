//! Rows of a list as a stream of blocks: cut by one thread, made into contacts by a few, in the list's order.
//!
//! Only a few blocks are in memory at a time, however long the list is; who no longer listens ends the reading.

use std::fs::File;
use std::sync::Arc;

use carillon_domain::import::{SetAside, Treated};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc;

use super::treatment::Treatment;
use crate::lists::{self, ListError, Row, Shape};

/// Rows in a block; one block is one transaction, which must not keep dialing waiting.
pub(super) const ROWS_PER_BLOCK: usize = 2_000;
/// Blocks that are cut and not yet taken.
const BLOCKS_AHEAD: usize = 2;
/// Blocks that are being made into contacts.
const PARSERS: usize = 2;

/// A row as it came, and what it is.
pub(super) struct LookedAt {
    pub row: Row,
    pub result: Result<Treated, SetAside>,
}

/// The rows of a list behind the first `skipped`, in blocks.
pub(super) fn blocks(
    mut file: File,
    shape: Shape,
    treatment: Treatment,
    skipped: u64,
) -> impl Stream<Item = Result<Vec<LookedAt>, ListError>> + Send + Unpin {
    let (sender, receiver) = mpsc::channel(BLOCKS_AHEAD);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = cut(&mut file, &shape, skipped, &sender) {
            // Nobody listens any more, or they learn of it now.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let treatment = Arc::new(treatment);
    let cut = stream::unfold(receiver, |mut receiver| async { receiver.recv().await.map(|block| (block, receiver)) });
    let parsed = cut.map(move |block| parse(Arc::clone(&treatment), block)).buffered(PARSERS);
    Box::pin(parsed)
}

type Block = Result<Vec<Row>, ListError>;

fn cut(file: &mut File, shape: &Shape, skipped: u64, sender: &mpsc::Sender<Block>) -> Result<(), ListError> {
    let mut rows = lists::rows(file, shape)?;
    for _ in 0..skipped {
        rows.next_row()?;
    }
    loop {
        let mut block = Vec::with_capacity(ROWS_PER_BLOCK);
        while block.len() < ROWS_PER_BLOCK
            && let Some(row) = rows.next_row()?
        {
            block.push(row);
        }
        let is_last = block.len() < ROWS_PER_BLOCK;
        if (!block.is_empty() && sender.blocking_send(Ok(block)).is_err()) || is_last {
            return Ok(());
        }
    }
}

async fn parse(treatment: Arc<Treatment>, block: Block) -> Result<Vec<LookedAt>, ListError> {
    let rows = block?;
    let look = move |row: Row| {
        let result = treatment.treat(&row);
        LookedAt { row, result }
    };
    let parsed = tokio::task::spawn_blocking(move || rows.into_iter().map(look).collect()).await;
    parsed.map_err(|_| ListError::Panicked)
}
