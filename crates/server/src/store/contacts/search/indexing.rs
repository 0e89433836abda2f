//! Writing the index: what is pending becomes documents, a few hundred contacts a unit.
//!
//! Documents are numbered in the order of the ids, so that the newest hits are read first. A contact behind the newest
//! document belongs to the document of the range that its id falls into: its own when it was changed or deleted, its
//! neighbor's when it was written late. Each unit is one transaction; a death in between leaves the rest pending.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::tokens::{CHUNK_BITS, Indexed, Token};
use crate::store::{Engine, Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// A document and the contacts it stands for: ids from `low` up to, but without, `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doc {
    pub number: i64,
    pub low: Uuid,
    pub high: Uuid,
}

/// The number of a document, its first id, and the next one's.
pub(super) fn read_doc(row: &Row<'_>) -> Result<Doc, StoreError> {
    let low: Uuid = row.get(1)?;
    // The newest document is one contact's alone; whoever comes behind it gets documents of their own.
    let high = row.get::<Option<Uuid>>(2)?.unwrap_or_else(|| Uuid::from_u128(low.as_u128() + 1));
    Ok(Doc { number: row.get(0)?, low, high })
}

/// Indexes the oldest pending contacts whose ids are from before an instant. Returns how many they were; none as well
/// while another node does this.
///
/// # Errors
/// When the database fails.
pub fn step(tx: &mut Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, StoreError> {
    // The first document's row is the lock of all. Its number changes with what tokens mean, so that a node of an older
    // release, which looks for its own, leaves the index alone.
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT doc FROM search_docs WHERE doc = 2",
        postgres: "SELECT doc FROM search_docs WHERE doc = 2 FOR UPDATE SKIP LOCKED",
    };
    // Whoever changes a pending contact meanwhile is left for the next unit.
    const NEXT: Sql = Sql::Split {
        sqlite: "SELECT contact_id FROM search_pending WHERE contact_id < $1 ORDER BY contact_id LIMIT $2",
        postgres: "SELECT contact_id FROM search_pending WHERE contact_id < $1 ORDER BY contact_id LIMIT $2
            FOR UPDATE SKIP LOCKED",
    };
    const DONE: &str = "DELETE FROM search_pending WHERE contact_id = $1";
    const ALL_DONE: &str = "DELETE FROM search_pending WHERE contact_id = ANY($1::uuid[])";
    if tx.query_opt(LOCK, &[], |row| row.get::<i64>(0))?.is_none() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = tx.query(NEXT, params![first_id_of(before), limit], |row| row.get(0))?;
    if ids.is_empty() {
        return Ok(0);
    }
    let newest = newest(tx)?;
    let (ahead, behind): (Vec<Uuid>, Vec<Uuid>) = ids.iter().partition(|id| **id > newest.low);
    append(tx, &newest, &ahead)?;
    rewrite(tx, &behind)?;
    let rows: Vec<Vec<Value>> = ids.iter().map(|id| row![*id]).collect();
    tx.execute_many(DONE, ALL_DONE, &rows)?;
    Ok(ids.len())
}

/// Puts what was written last where searches find it quickest. PostgreSQL keeps it in a list at first, through which each
/// search has to go; its owner alone may end that early.
///
/// # Errors
/// When the database fails.
pub fn settle(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    const SETTLE: &str = "SELECT gin_clean_pending_list(oid) FROM pg_class
        WHERE oid = 'search_docs_tokens'::regclass AND pg_has_role(relowner, 'USAGE')";
    if tx.engine() == Engine::Postgres {
        tx.query(SETTLE, &[], |_| Ok(()))?;
    }
    Ok(())
}

/// The least id that can be drawn at an instant.
fn first_id_of(at: Timestamp) -> Uuid {
    let millis = u128::try_from(at.as_millisecond()).unwrap_or_default();
    Uuid::from_u128(millis << 80)
}

fn newest(tx: &mut Tx<'_>) -> Result<Doc, StoreError> {
    const NEWEST: &str = "SELECT doc, first_id, NULL FROM search_docs ORDER BY doc DESC LIMIT 1";
    tx.query_one(NEWEST, &[], |row| {
        let low: Uuid = row.get(1)?;
        Ok(Doc { number: row.get(0)?, low, high: Uuid::max() })
    })
}

/// Contacts newer than all documents get one each.
fn append(tx: &mut Tx<'_>, newest: &Doc, ids: &[Uuid]) -> Result<(), StoreError> {
    const CONTACTS: Sql = Sql::Split {
        sqlite: "SELECT id, organization_id, department_id, search, tags FROM contacts WHERE id = $1",
        postgres: "SELECT c.id, c.organization_id, c.department_id, c.search, c.tags
            FROM unnest($1::uuid[]) AS n (id) JOIN contacts c ON c.id = n.id ORDER BY c.id",
    };
    const ADD: &str = "INSERT INTO search_docs (doc, first_id) VALUES ($1, $2)";
    const ADD_ALL: &str = "INSERT INTO search_docs (doc, first_id, tokens) SELECT n.doc, n.first_id, n.tokens::int[]
        FROM unnest($1::bigint[], $2::uuid[], $3::text[]) AS n (doc, first_id, tokens)";
    let keys: Vec<Value> = ids.iter().map(|id| (*id).into()).collect();
    let contacts = tx.query_each(CONTACTS, &keys, |row| Ok((row.get::<Uuid>(0)?, read_contact(row)?)))?;
    let is_sqlite = tx.engine() == Engine::Sqlite;
    let (mut added, mut written) = (Vec::with_capacity(contacts.len()), Vec::new());
    for ((id, contact), doc) in contacts.iter().zip(newest.number + 1..) {
        let mut tokens = BTreeSet::new();
        contact.add_to(&mut tokens);
        if is_sqlite {
            added.push(row![doc, *id]);
            written.push((doc, tokens));
        } else {
            added.push(row![doc, *id, array(doc, &tokens)]);
        }
    }
    tx.execute_many(ADD, ADD_ALL, &added)?;
    write(tx, &written)
}

fn read_contact(row: &Row<'_>) -> Result<Indexed, StoreError> {
    Ok(Indexed { organization: row.get(1)?, department: row.get(2)?, search: row.get(3)?, tags: row.json(4)? })
}

/// The documents that these contacts belong to, written anew.
fn rewrite(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
    const OF_RANGE: &str = "SELECT id, organization_id, department_id, search, tags FROM contacts
        WHERE id >= $1 AND id < $2 ORDER BY id";
    const CLEAR: &str = "DELETE FROM search_words WHERE rowid = $1";
    let docs: BTreeSet<Doc> = docs_of(tx, ids)?.into_iter().collect();
    let mut written = Vec::with_capacity(docs.len());
    for doc in docs {
        let mut tokens = BTreeSet::new();
        tx.query(OF_RANGE, params![doc.low, doc.high], read_contact)?.iter().for_each(|c| c.add_to(&mut tokens));
        if tx.engine() == Engine::Sqlite {
            tx.execute(CLEAR, params![doc.number])?;
        }
        written.push((doc.number, tokens));
    }
    write(tx, &written)
}

/// The documents whose ranges these ids fall into.
pub(super) fn docs_of(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Doc>, StoreError> {
    const DOC: Sql = Sql::Split {
        sqlite: "SELECT d.doc, d.first_id,
                (SELECT n.first_id FROM search_docs n WHERE n.first_id > d.first_id ORDER BY n.first_id LIMIT 1)
            FROM search_docs d WHERE d.first_id <= $1 ORDER BY d.first_id DESC LIMIT 1",
        postgres: "SELECT f.doc, f.first_id,
                (SELECT n.first_id FROM search_docs n WHERE n.first_id > f.first_id ORDER BY n.first_id LIMIT 1)
            FROM unnest($1::uuid[]) AS k (id) CROSS JOIN LATERAL (SELECT d.doc, d.first_id FROM search_docs d
                WHERE d.first_id <= k.id ORDER BY d.first_id DESC LIMIT 1) AS f",
    };
    let keys: Vec<Value> = ids.iter().map(|id| (*id).into()).collect();
    tx.query_each(DOC, &keys, read_doc)
}

fn write(tx: &mut Tx<'_>, docs: &[(i64, BTreeSet<Token>)]) -> Result<(), StoreError> {
    const ONE: &str = "INSERT INTO search_words (rowid, tokens) VALUES ($1, $2)";
    const MANY: &str = "UPDATE search_docs d SET tokens = n.tokens::int[]
        FROM unnest($1::bigint[], $2::text[]) AS n (doc, tokens) WHERE d.doc = n.doc";
    let is_sqlite = tx.engine() == Engine::Sqlite;
    let row_of = |(doc, tokens): &(i64, BTreeSet<Token>)| {
        let text = if is_sqlite { words(tokens) } else { array(*doc, tokens) };
        row![*doc, text]
    };
    let rows: Vec<Vec<Value>> = docs.iter().filter(|(_, t)| !(is_sqlite && t.is_empty())).map(row_of).collect();
    tx.execute_many(ONE, MANY, &rows).map(drop)
}

/// Tokens as SQLite's full-text index takes them.
fn words(tokens: &BTreeSet<Token>) -> String {
    tokens.iter().map(|token| format!("{:x}", token.number())).collect::<Vec<_>>().join(" ")
}

/// Tokens as PostgreSQL reads an array, with the document's chunks where there are any.
fn array(doc: i64, tokens: &BTreeSet<Token>) -> String {
    let chunks = CHUNK_BITS.iter().filter(|_| !tokens.is_empty()).map(|bits| Token::of_chunk(*bits, doc));
    let all = tokens.iter().copied().chain(chunks).map(|token| token.number().to_string());
    format!("{{{}}}", all.collect::<Vec<_>>().join(","))
}
