//! Reading the index: which documents have all tokens of a search, newest first.
//!
//! SQLite streams them in order out of its full-text index. PostgreSQL collects them; a search that has very many is
//! answered chunk after chunk instead, so that no answer costs more than a chunk does.

use uuid::Uuid;

use super::indexing::{Doc, docs_of, read_doc};
use super::tokens::Token;
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Engine, StoreError, Tx, Value};

/// Hits that PostgreSQL collects before it goes by chunks.
const COLLECTED_MAX: u32 = 5_000;

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
}

fn has_one_organization(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    const ORGANIZATIONS: &str = "SELECT count(*) FROM (SELECT 1 FROM organizations LIMIT 2) AS some";
    Ok(tx.query_one(ORGANIZATIONS, &[], |row| row.get::<i64>(0))? == 1)
}

/// The document that an id falls into.
///
/// # Errors
/// When the database fails.
pub fn doc_of(tx: &mut Tx<'_>, id: Uuid) -> Result<i64, StoreError> {
    Ok(docs_of(tx, &[id])?.first().map_or(0, |doc| doc.number))
}

/// The next documents up to a number, newest first.
///
/// # Errors
/// When the database fails.
pub fn docs(tx: &mut Tx<'_>, lookup: &Lookup, up_to: i64, limit: u32) -> Result<Vec<Doc>, StoreError> {
    // The order of the tables is the hits', whatever the planner thinks.
    const STREAM: &str = "SELECT d.doc, d.first_id,
            (SELECT n.first_id FROM search_docs n WHERE n.doc > d.doc ORDER BY n.doc LIMIT 1)
        FROM search_words w CROSS JOIN search_docs d ON d.doc = w.rowid
        WHERE search_words MATCH $1 AND w.rowid <= $2 ORDER BY w.rowid DESC LIMIT $3";
    match tx.engine() {
        Engine::Sqlite => tx.query(STREAM, params![lookup.for_sqlite(), up_to, limit], read_doc),
        Engine::Postgres => collected(tx, lookup, up_to, limit),
    }
}

fn collected(tx: &mut Tx<'_>, lookup: &Lookup, up_to: i64, limit: u32) -> Result<Vec<Doc>, StoreError> {
    const FEW: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
            WHERE tokens @> ($1::bigint[])::int[] AND tokens && ($2::bigint[])::int[] LIMIT $3)
        SELECT doc FROM hits";
    let few = tx.query(FEW, &parameters(lookup, None, [COLLECTED_MAX + 1]), |row| row.get::<i64>(0))?;
    if few.len() <= COLLECTED_MAX as usize {
        let mut numbers: Vec<i64> = few.into_iter().filter(|doc| *doc <= up_to).collect();
        numbers.sort_unstable_by_key(|doc| std::cmp::Reverse(*doc));
        numbers.truncate(limit as usize);
        return numbered(tx, numbers);
    }
    let (mut found, mut up_to) = (Vec::new(), up_to);
    while up_to > 0 && found.len() < limit as usize {
        found.extend(of_chunk(tx, lookup, up_to, limit)?);
        up_to = (up_to >> 16 << 16) - 1;
    }
    found.truncate(limit as usize);
    numbered(tx, found)
}

fn of_chunk(tx: &mut Tx<'_>, lookup: &Lookup, up_to: i64, limit: u32) -> Result<Vec<i64>, StoreError> {
    const OF_CHUNK: &str = "WITH hits AS MATERIALIZED (SELECT doc FROM search_docs
            WHERE tokens @> ($1::bigint[])::int[] AND tokens && ($2::bigint[])::int[])
        SELECT doc FROM hits WHERE doc <= $3 ORDER BY doc DESC LIMIT $4";
    let chunk = Some(Token::of_chunk(up_to));
    tx.query(OF_CHUNK, &parameters(lookup, chunk, [Value::from(up_to), limit.into()]), |row| row.get(0))
}

fn parameters<const N: usize>(lookup: &Lookup, chunk: Option<Token>, rest: [impl Into<Value>; N]) -> Vec<Value> {
    let numbers = |tokens: &[Token]| tokens.iter().map(|token| Some(token.number())).collect::<Vec<_>>();
    let mut all = numbers(&lookup.all);
    all.extend(chunk.map(|chunk| Some(chunk.number())));
    [Value::Ints(all), Value::Ints(numbers(&lookup.any))].into_iter().chain(rest.map(Into::into)).collect()
}

/// Documents by their numbers, newest first.
fn numbered(tx: &mut Tx<'_>, numbers: Vec<i64>) -> Result<Vec<Doc>, StoreError> {
    const DOCS: &str = "SELECT d.doc, d.first_id,
            (SELECT n.first_id FROM search_docs n WHERE n.doc > d.doc ORDER BY n.doc LIMIT 1)
        FROM unnest($1::bigint[]) AS k (doc) JOIN search_docs d ON d.doc = k.doc ORDER BY d.doc DESC";
    tx.query(DOCS, &[Value::Ints(numbers.into_iter().map(Some).collect())], read_doc)
}
