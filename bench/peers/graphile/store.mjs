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

  async #ended(token, sid, status) {
    const client = await this.pool.connect()
    try {
      await client.query('BEGIN')
      const { rows } = await client.query({
        name: 'ended',
        text: `UPDATE attempts SET sid = $2, status = $3, ended_at = now() WHERE token = $1 AND ended_at IS NULL RETURNING recipient_id`,
        values: [token, sid, status],
      })
      if (rows.length > 0) await this.#settle(client, rows[0].recipient_id, status)
      await client.query('COMMIT')
      return rows.length > 0
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  async #settle(client, recipient, status) {
    await client.query({
      name: 'settle',
      text: `UPDATE recipients SET
               state = CASE WHEN $2 = 'completed' THEN 'completed'
                            WHEN $2 = ANY($3) AND attempts < $4 THEN 'retrying' ELSE 'failed' END,
               due_at = now() + $5::interval
             WHERE id = $1`,
      values: [recipient, status, RETRIED, ATTEMPTS_MAX, RETRY_DELAY],
    })
    await client.query({ name: 'count', text: 'UPDATE counters SET value = value + 1 WHERE name = $1', values: [status] })
  }

  /** Attempts that have ended, by the ledger; and what the counters say. */
  async ledger() {
    const { rows } = await this.pool.query(
      `SELECT (SELECT count(*) FROM attempts WHERE ended_at IS NOT NULL)::int AS ended, (SELECT sum(value) FROM counters)::int AS counted`,
    )
    return rows[0]
  }
}
