//! The same lists in PostgreSQL, a chunk a statement.
//!
//! Foreign keys are not looked at and nothing waits for the disk while it writes; afterwards the tables are vacuumed, so
//! that no worker in the background disturbs a measurement. Which rows they are is told in [`super`].

use anyhow::Result;
use postgres::{Client, NoTls};

use super::{BUCKET, CHUNK, FIRST_CALL_US, Length, Wording};
use crate::carrier::CALLER_ID;
use crate::rows::{FIRST_AREA, FIRST_NUMBER, NUMBERS_PER_AREA, Seeded, ZONE};

const BUCKETS: &str = "INSERT INTO buckets (run_id, bucket, zones, pending, completed, called, attempts, answered)
    VALUES ($1, $2, $3, $4, $5, $5, $5, $5)";
const RECIPIENTS: &str = "INSERT INTO recipients (id, run_id, phone, name, fields, bucket, state, outcome, attempts)
    SELECT lpad(to_hex(i + 1), 32, '0')::uuid, $1::uuid, '+1' || ($2::bigint + i / $3::bigint) || ($4::bigint + i % $3::bigint),
           replace($5, '#', i::text), replace($6, '#', i::text), $7::bigint,
           CASE WHEN i < $8 THEN 'completed' ELSE 'pending' END, CASE WHEN i < $8 THEN 'answered' END, (i < $8)::int
      FROM generate_series($9::bigint, $10::bigint - 1) AS n (i)";
const ATTEMPTS: &str =
    "INSERT INTO attempts (id, organization_id, campaign_id, run_id, recipient_id, bucket, number, phone,
        from_number, token, state, outcome, call_sid, epoch, owner, reserved_at, send_at, deadline_at, ended_at, facts)
    SELECT id, $1::uuid, $2::uuid, $3::uuid, id, $4::bigint, 1, phone, $5::text, substr(upper(replace(id::text, '-', '')), 11), 'ended', 'answered',
           'CA' || replace(id::text, '-', ''), 1, 'bench', at, at, at, at, $6::text
      FROM (SELECT lpad(to_hex(i + 1), 32, '0')::uuid AS n, $7::bigint + i * 1000 AS at
              FROM generate_series($8::bigint, $9::bigint - 1) AS s (i)) AS n JOIN recipients r ON r.id = n.n
     ORDER BY n.n";

/// A session that hurries.
pub fn connect(url: &str) -> Result<Client> {
    let mut client = Client::connect(url, NoTls)?;
    client.batch_execute("SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off")?;
    Ok(client)
}

/// Fills the prepared run of a campaign.
pub fn fill_with(url: &str, seeded: &Seeded, length: Length, wording: Wording) -> Result<()> {
    let mut client = connect(url)?;
    let (ended, due) = (i64::try_from(length.ended)?, i64::try_from(length.due)?);
    client.execute(BUCKETS, &[&seeded.run, &BUCKET, &ZONE, &due, &ended])?;
    let (area, number) = (i64::try_from(FIRST_AREA)?, i64::try_from(FIRST_NUMBER)?);
    let per_area = i64::try_from(NUMBERS_PER_AREA)?;
    for from in (0..ended + due).step_by(usize::try_from(CHUNK)?) {
        let until = (ended + due).min(from + i64::try_from(CHUNK)?);
        let Wording { name, fields, facts } = wording;
        client.execute(
            RECIPIENTS,
            &[&seeded.run, &area, &per_area, &number, &name, &fields, &BUCKET, &ended, &from, &until],
        )?;
        let (organization, campaign, until) = (seeded.organization, seeded.campaign, until.min(ended));
        client.execute(
            ATTEMPTS,
            &[&organization, &campaign, &seeded.run, &BUCKET, &CALLER_ID, &facts, &FIRST_CALL_US, &from, &until],
        )?;
    }
    for table in ["recipients", "attempts"] {
        client.batch_execute(&format!("VACUUM ANALYZE {table}"))?;
    }
    Ok(())
}
