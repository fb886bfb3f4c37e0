/**
 * SQL that deletes what it returns, or marks it as done, changes two places: the database, and what we keep. Before the
 * transaction is committed its rows are noted along with its number. A poll that was cut off is made again; should the
 * database say then that the noted transaction was committed, its rows are taken from the note instead of being lost.
 */
import { json } from 'node:stream/consumers'
import type pg from 'pg'
import { z } from 'zod'
import { type PluginContext, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { type ConnectionProperties, connect } from '../shared/connect'

const fileName = 'poll.json'

const Note = z.object({ transaction: z.string(), result: z.record(z.string(), z.json()) })

/** Notes what a transaction that has changed something returned. Databases that only resemble PostgreSQL may not number. */
export async function noteResult(ctx: PluginContext, client: pg.Client, result: JsonObject): Promise<void> {
  if (!(Number(result.size ?? 0) > 0)) return
  const { rowCount } = await client.query(`SELECT FROM pg_proc WHERE proname = 'txid_current_if_assigned'`)
  if (!rowCount) return
  const { rows } = await client.query<{ id: string | null }>('SELECT txid_current_if_assigned()::text AS id')
  const transaction = rows[0]?.id
  if (transaction) await ctx.storage.put(fileName, JSON.stringify({ transaction, result }))
}

/** What a poll before this one returned, whose changes are committed but of which nothing was kept. */
export async function findCutOff(
  ctx: PluginContext,
  properties: ConnectionProperties,
): Promise<JsonObject | undefined> {
  const uri = (await ctx.storage.listExecutionFiles()).find(file => file.endsWith(`/${fileName}`))
  if (uri === undefined) return undefined
  const { transaction, result } = Note.parse(await json(await ctx.storage.open(uri)))
  const client = await connect(ctx, properties)
  try {
    const { rows } = await client.query<{ status: string | null }>('SELECT txid_status($1::bigint) AS status', [
      transaction,
    ])
    const status = rows[0]?.status
    if (status === 'in progress') throw new TaskError('The query of a poll that was cut off still runs')
    return status === 'aborted' ? undefined : result
  } finally {
    await client.end().catch(() => {})
  }
}
