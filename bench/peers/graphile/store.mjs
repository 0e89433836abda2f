// Every statement of the dialer. The pool's connections commit durably (synchronous_commit is on).
import { readFile } from 'node:fs/promises'
import pg from 'pg'

const POOL_SIZE = 24
const ATTEMPTS_MAX = 3
const RETRY_DELAY = '1 hour'
const RETRIED = ['busy', 'no-answer', 'failed']
const FINAL = ['completed', 'busy', 'no-answer', 'failed', 'canceled']

export const isFinal = (status) => FINAL.includes(status)

export class Store {
  constructor(connectionString) {
    this.pool = new pg.Pool({ connectionString, max: POOL_SIZE })
  }

  async prepare(recipients) {
    await this.pool.query(await readFile(new URL('schema.sql', import.meta.url), 'utf8'))
    await this.pool.query(
      `INSERT INTO recipients (id, phone, name)
       SELECT n, '+1212' || (5560000 + n)::text, 'Person ' || n FROM generate_series(1, $1::int) n`,
      [recipients],
    )
    await this.pool.query('ANALYZE recipients')
  }

  /** Takes up to `limit` due recipients and queues a job for each, in one transaction. */
  async claim(limit) {
    const { rowCount } = await this.pool.query({
      name: 'claim',
      text: `WITH claimed AS (
               UPDATE recipients SET state = 'dialing', attempts = attempts + 1
               WHERE id IN (SELECT id FROM recipients WHERE state IN ('pending', 'retrying') AND due_at <= now()
                            ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
               RETURNING id, phone)
             SELECT graphile_worker.add_job('dial', json_build_object('recipient', id, 'phone', phone), max_attempts := 1)
             FROM claimed`,
      values: [limit],
    })
    return rowCount
  }

  async reserve(recipient, token) {
    await this.pool.query({
      name: 'reserve',
      text: 'INSERT INTO attempts (recipient_id, token) VALUES ($1, $2)',
      values: [recipient, token],
    })
  }

  async accepted(token, sid) {
    await this.pool.query({
      name: 'accepted',
      text: `UPDATE attempts SET sid = $2, status = CASE status WHEN 'reserved' THEN 'queued' ELSE status END WHERE token = $1`,
      values: [token, sid],
    })
  }

  async name(token) {
    const { rows } = await this.pool.query({
      name: 'name',
      text: 'SELECT r.name FROM attempts a JOIN recipients r ON r.id = a.recipient_id WHERE a.token = $1',
      values: [token],
    })
    return rows[0]?.name
  }

  /** Takes a status in and answers after the commit. True when it ended the attempt. */
  async heard(token, sid, status) {
    return isFinal(status) ? this.#ended(token, sid, status) : this.#moved(token, sid, status)
  }

  async #moved(token, sid, status) {
    await this.pool.query({
      name: 'moved',
      text: 'UPDATE attempts SET sid = $2, status = $3 WHERE token = $1 AND ended_at IS NULL',
      values: [token, sid, status],
    })
    return false
  }

  /** The end, what becomes of the recipient, and the count: one statement, so one round trip and one commit. */
  async #ended(token, sid, status) {
    const { rows } = await this.pool.query({
      name: 'ended',
      text: `WITH ended AS (
               UPDATE attempts SET sid = $2, status = $3, ended_at = now()
               WHERE token = $1 AND ended_at IS NULL RETURNING recipient_id),
             settled AS (
               UPDATE recipients r SET
                 state = CASE WHEN $3 = 'completed' THEN 'completed'
                              WHEN $3 = ANY($4) AND r.attempts < $5 THEN 'retrying' ELSE 'failed' END,
                 due_at = now() + $6::interval
               FROM ended WHERE r.id = ended.recipient_id),
             counted AS (UPDATE counters SET value = value + 1 WHERE name = $3 AND EXISTS (SELECT FROM ended))
             SELECT count(*)::int AS ended FROM ended`,
      values: [token, sid, status, RETRIED, ATTEMPTS_MAX, RETRY_DELAY],
    })
    return rows[0].ended > 0
  }

  /** Attempts that have ended, by the ledger; and what the counters say. */
  async ledger() {
    const { rows } = await this.pool.query(
      `SELECT (SELECT count(*) FROM attempts WHERE ended_at IS NOT NULL)::int AS ended, (SELECT sum(value) FROM counters)::int AS counted`,
    )
    return rows[0]
  }
}
