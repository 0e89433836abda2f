//! Reading the index: which documents have all tokens of a search, newest first.
//!
//! SQLite streams them in order out of its full-text index. PostgreSQL can only collect them, and reads a page of the
//! table for nearly each: it is asked for the newest chunk of documents first, and for larger ones while it finds few.

use uuid::Uuid;

use super::Ids;
use super::indexing::{Doc, docs_of, read_doc};
use super::tokens::{CHUNK_BITS, Token};
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Engine, Row, StoreError, Tx, Value};

/// Hits that PostgreSQL collects in a chunk, if it could be a smaller one.
const COLLECTED_MAX: usize = 2_000;
/// Documents that are shown at first, and at a time at the most: whoever finds nobody among the first is shown ever more.
const SHOWN_FIRST: usize = 64;
const SHOWN_MAX: usize = 8_192;

/// What documents must have: all of the one, any of the other if there are some.
#[derive(Debug, Clone)]
pub struct Lookup {
    pub all: Vec<Token>,
    pub any: Vec<Token>,
}

impl Lookup {
    /// A lookup within a scope; `None` when nothing is in scope.
    ///
    /// # Errors
    /// When the database fails.
    pub fn within(tx: &mut Tx<'_>, scope: Scope, all: Vec<Token>) -> Result<Option<Self>, StoreError> {
        const DEPARTMENTS: &str = "SELECT department_id FROM user_departments WHERE user_id = $1";
        if scope.is_whole() {
            // Of a token that all documents have, the whole list would be read beside each rare one.
            let is_said = all.is_empty() || !has_one_organization(tx)?;
            let any = is_said.then(|| Token::of_organization(scope.organization())).into_iter().collect();
            return Ok(Some(Self { all, any }));
        }
        let any: Vec<Token> =
            tx.query(DEPARTMENTS, &[scope.member()], |row| Ok(Token::of_department(row.get::<Uuid>(0)?)))?;
        Ok((!any.is_empty()).then_some(Self { all, any }))
    }

    fn for_sqlite(&self) -> String {
        let quoted = |token: &Token| format!("\"{:x}\"", token.number());
        let any: Vec<String> = self.any.iter().map(quoted).collect();
        let any = (!any.is_empty()).then(|| format!("({})", any.join(" OR ")));
        let all = self.all.iter().map(quoted).chain(any);
        all.collect::<Vec<_>>().join(" AND ")
    }
}

fn has_one_organization(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    const ORGANIZATIONS: &str = "SELECT count(*) FROM (SELECT 1 FROM organizations LIMIT 2) AS two";
    Ok(tx.query_one(ORGANIZATIONS, &[], |row| row.get::<i64>(0))? == 1)
}

/// The documents of a lookup within a range of contacts, newest first.
pub struct Hits {
    lookup: Lookup,
    /// The numbers that are still to be looked up.
    low: i64,
    up_to: i64,
    /// How many are shown next.
    size: usize,
    /// What PostgreSQL found and is still to be shown, the newest last.
    collected: Vec<i64>,
    /// Which of [`CHUNK_BITS`] PostgreSQL looks up next.
    level: usize,
}

impl Hits {
    /// Nothing is looked up yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx<'_>, lookup: Lookup, ids: Ids) -> Result<Self, StoreError> {
        let (low, up_to) = (doc_of(tx, ids.low)?, doc_of(tx, ids.high)?);
        Ok(Self { lookup, low, up_to, size: SHOWN_FIRST, collected: Vec::new(), level: 0 })
    }

    /// The next documents, ever more at a time; none: there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next(&mut self, tx: &mut Tx<'_>) -> Result<Vec<Doc>, StoreError> {
        let docs = match tx.engine() {
            Engine::Sqlite => self.streamed(tx)?,
            Engine::Postgres => {
                self.collect(tx)?;
                let mut next = self.collected.split_off(self.collected.len().saturating_sub(self.size));
                next.reverse();
                numbered(tx, next)?
            }
        };
        self.size = (self.size * 4).min(SHOWN_MAX);
        Ok(docs)
    }

    fn streamed(&mut self, tx: &mut Tx<'_>) -> Result<Vec<Doc>, StoreError> {
        // The order of the tables is the hits', whatever the planner thinks.
        const STREAM: &str = "SELECT d.doc, d.first_id,
                (SELECT n.first_id FROM search_docs n WHERE n.doc > d.doc ORDER BY n.doc LIMIT 1)
            FROM search_words w CROSS JOIN search_docs d ON d.doc = w.rowid
            WHERE search_words MATCH $1 AND w.rowid >= $2 AND w.rowid <= $3 ORDER BY w.rowid DESC LIMIT $4";
        if self.up_to < self.low {
            return Ok(Vec::new());
        }
        let parameters = params![self.lookup.for_sqlite(), self.low, self.up_to, self.size as i64];
        let docs = tx.query(STREAM, parameters, read_doc)?;
        let last = docs.last().filter(|_| docs.len() == self.size);
        self.up_to = last.map_or(self.low, |doc| doc.number) - 1;
        Ok(docs)
    }

    /// Looks up chunk after chunk until something was found or there are no more.
    fn collect(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        while self.collected.is_empty() && self.up_to >= self.low {
            if self.low == self.up_to {
                // Among contacts that are all newer than the index, as a rule: not worth a lookup.
                self.collected.push(self.low);
                self.up_to -= 1;
                return Ok(());
            }
            let mut found = self.of_chunk(tx)?;
            if self.level > 0 && found.len() > COLLECTED_MAX {
                self.level -= 1;
                continue;
            }
            found.retain(|doc| (self.low..=self.up_to).contains(doc));
            found.sort_unstable();
            let bits = CHUNK_BITS[self.level];
            self.up_to = (self.up_to >> bits << bits) - 1;
            if found.len() < SHOWN_FIRST {
                self.level = (self.level + 1).min(CHUNK_BITS.len() - 1);
            }
            self.collected = found;
        }
        Ok(())
    }

    /// What a chunk has, in any order: all of it in a smallest one, of others no more than says that it is too much.
    fn of_chunk(&self, tx: &mut Tx<'_>) -> Result<Vec<i64>, StoreError> {
        const ALL: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
                WHERE tokens @> ($1::bigint[])::int[] LIMIT $2)
            SELECT doc FROM hits";
        const ALL_AND_ANY: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
                WHERE tokens @> ($1::bigint[])::int[] AND tokens && ($3::bigint[])::int[] LIMIT $2)
            SELECT doc FROM hits";
        let numbers = |tokens: &[Token]| Value::Ints(tokens.iter().map(|token| Some(token.number())).collect());
        let bits = CHUNK_BITS[self.level];
        let limit = if self.level == 0 { 1 << bits } else { COLLECTED_MAX as i64 + 1 };
        let (mut all, any) = (self.lookup.all.clone(), &self.lookup.any);
        all.push(Token::of_chunk(bits, self.up_to));
        let read = |row: &Row<'_>| row.get::<i64>(0);
        if any.len() > 1 {
            return tx.query(ALL_AND_ANY, &[numbers(&all), limit.into(), numbers(any)], read);
        }
        all.extend(any);
        tx.query(ALL, &[numbers(&all), limit.into()], read)
    }
}

/// The number of the document that an id falls into.
fn doc_of(tx: &mut Tx<'_>, id: Uuid) -> Result<i64, StoreError> {
    Ok(docs_of(tx, &[id])?.first().map_or(0, |doc| doc.number))
}

/// Documents by their numbers, newest first.
fn numbered(tx: &mut Tx<'_>, numbers: Vec<i64>) -> Result<Vec<Doc>, StoreError> {
    const DOCS: &str = "SELECT d.doc, d.first_id,
            (SELECT n.first_id FROM search_docs n WHERE n.doc > d.doc ORDER BY n.doc LIMIT 1)
        FROM unnest($1::bigint[]) AS k (doc) JOIN search_docs d ON d.doc = k.doc ORDER BY d.doc DESC";
    tx.query(DOCS, &[Value::Ints(numbers.into_iter().map(Some).collect())], read_doc)
}
