//! What one durable write costs on the disk that holds the databases: 4 KiB written and synced, again and again.
//!
//! The limit beside which a webhook's answer is set. It says nothing of throughput, where writes share a sync.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use anyhow::Result;

use crate::clock;
use crate::contest::data_folder;

const BLOCK: usize = 4_096;

/// Milliseconds of so many syncs.
pub fn syncs_ms(count: usize) -> Result<Vec<f64>> {
    let mut file: File = tempfile::tempfile_in(data_folder()?)?;
    let block = vec![1_u8; BLOCK];
    let mut taken = Vec::with_capacity(count);
    for _ in 0..count {
        let began = clock::monotonic();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&block)?;
        file.sync_data()?;
        taken.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(taken)
}
