//! Reading the index: which documents have all tokens of a search, newest first.
//!
//! SQLite streams them in order out of its full-text index. PostgreSQL collects them; a search that has very many is
//! answered chunk after chunk instead, so that no answer costs more than a chunk does.

use uuid::Uuid;

use super::Ids;
use super::indexing::{Doc, docs_of, read_doc};
use super::tokens::Token;
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Engine, StoreError, Tx, Value};

/// Hits that PostgreSQL collects before it goes by chunks; it reads a page of the table for nearly each.
const COLLECTED_MAX: u32 = 2_000;
/// Documents that are shown at first, and at a time at the most: whoever finds nobody among the first is shown ever more.
const SHOWN_FIRST: usize = 256;
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
            // Of a token that all documents have, SQLite would read the whole list beside each rare one.
            let is_said = all.is_empty() || tx.engine() == Engine::Postgres || !has_one_organization(tx)?;
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

    fn for_postgres<const N: usize>(&self, chunk: Option<Token>, rest: [i64; N]) -> Vec<Value> {
        let numbers =
            |tokens: &mut dyn Iterator<Item = Token>| Value::Ints(tokens.map(|token| Some(token.number())).collect());
        let all = numbers(&mut self.all.iter().copied().chain(chunk));
        [all, numbers(&mut self.any.iter().copied())].into_iter().chain(rest.map(Value::from)).collect()
    }
}

fn has_one_organization(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    const ORGANIZATIONS: &str = "SELECT count(*) FROM (SELECT 1 FROM organizations LIMIT 2) AS some";
    Ok(tx.query_one(ORGANIZATIONS, &[], |row| row.get::<i64>(0))? == 1)
}

/// The documents of a lookup within a range of contacts, newest first.
pub struct Hits {
    lookup: Lookup,
    /// The numbers that are still to be shown.
    low: i64,
    up_to: i64,
    /// How many are shown next.
    size: usize,
    collected: Collected,
}

/// What PostgreSQL found.
enum Collected {
    NotYet,
    /// All that are still to be shown, the newest last.
    All(Vec<i64>),
    TooMany,
}

impl Hits {
    /// Nothing is looked up yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx<'_>, lookup: Lookup, ids: Ids) -> Result<Self, StoreError> {
        let (low, up_to) = (doc_of(tx, ids.low)?, doc_of(tx, ids.high)?);
        Ok(Self { lookup, low, up_to, size: SHOWN_FIRST, collected: Collected::NotYet })
    }

    /// The next documents, ever more at a time; none: there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next(&mut self, tx: &mut Tx<'_>) -> Result<Vec<Doc>, StoreError> {
        if self.up_to < self.low {
            return Ok(Vec::new());
        }
        let docs = match tx.engine() {
            Engine::Sqlite => self.streamed(tx)?,
            Engine::Postgres => {
                let numbers = self.numbers(tx)?;
                numbered(tx, numbers)?
            }
        };
        self.up_to = if docs.len() < self.size { self.low } else { docs.last().map_or(self.low, |doc| doc.number) } - 1;
        self.size = (self.size * 4).min(SHOWN_MAX);
        Ok(docs)
    }

    fn streamed(&self, tx: &mut Tx<'_>) -> Result<Vec<Doc>, StoreError> {
        // The order of the tables is the hits', whatever the planner thinks.
        const STREAM: &str = "SELECT d.doc, d.first_id,
                (SELECT n.first_id FROM search_docs n WHERE n.doc > d.doc ORDER BY n.doc LIMIT 1)
            FROM search_words w CROSS JOIN search_docs d ON d.doc = w.rowid
            WHERE search_words MATCH $1 AND w.rowid >= $2 AND w.rowid <= $3 ORDER BY w.rowid DESC LIMIT $4";
        let size = self.size as i64;
        tx.query(STREAM, params![self.lookup.for_sqlite(), self.low, self.up_to, size], read_doc)
    }

    fn numbers(&mut self, tx: &mut Tx<'_>) -> Result<Vec<i64>, StoreError> {
        if self.low == self.up_to {
            // Among contacts that are all newer than the index, as a rule: not worth a lookup.
            return Ok(vec![self.low]);
        }
        if matches!(self.collected, Collected::NotYet) {
            self.collected = self.collect(tx)?;
        }
        match &mut self.collected {
            Collected::All(numbers) => {
                let mut next = numbers.split_off(numbers.len().saturating_sub(self.size));
                next.reverse();
                Ok(next)
            }
            Collected::NotYet | Collected::TooMany => self.by_chunks(tx),
        }
    }

    fn collect(&self, tx: &mut Tx<'_>) -> Result<Collected, StoreError> {
        const FEW: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
                WHERE tokens @> ($1::bigint[])::int[] AND tokens && ($2::bigint[])::int[] LIMIT $3)
            SELECT doc FROM hits";
        let parameters = self.lookup.for_postgres(None, [i64::from(COLLECTED_MAX) + 1]);
        let mut few = tx.query(FEW, &parameters, |row| row.get::<i64>(0))?;
        if few.len() > COLLECTED_MAX as usize {
            return Ok(Collected::TooMany);
        }
        few.retain(|doc| (self.low..=self.up_to).contains(doc));
        few.sort_unstable();
        Ok(Collected::All(few))
    }

    fn by_chunks(&self, tx: &mut Tx<'_>) -> Result<Vec<i64>, StoreError> {
        const OF_CHUNK: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
                WHERE tokens @> ($1::bigint[])::int[] AND tokens && ($2::bigint[])::int[])
            SELECT doc FROM hits WHERE doc >= $3 AND doc <= $4 ORDER BY doc DESC LIMIT $5";
        let (mut found, mut up_to) = (Vec::new(), self.up_to);
        while up_to >= self.low && found.len() < self.size {
            let missing = (self.size - found.len()) as i64;
            let parameters = self.lookup.for_postgres(Some(Token::of_chunk(up_to)), [self.low, up_to, missing]);
            found.extend(tx.query(OF_CHUNK, &parameters, |row| row.get::<i64>(0))?);
            up_to = (up_to >> 16 << 16) - 1;
        }
        Ok(found)
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
