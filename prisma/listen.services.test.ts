import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshEmptyDatabase } from '../test/harness/database'
import { type Listener, listen } from './listen'

let fresh: Awaited<ReturnType<typeof freshEmptyDatabase>>
let owner: pg.Client
let listener: Listener

beforeAll(async () => {
  fresh = await freshEmptyDatabase()
  owner = new pg.Client({ connectionString: fresh.url })
  await owner.connect()
})

afterAll(async () => {
  await listener?.close()
  await owner.end()
  await fresh.drop()
})

test('hears what is sent, also after its connection was cut, and says that it was', async () => {
  const heard = queue()
  listener = listen('some_channel', {
    notify: payload => heard.push(payload),
    reconnected: () => heard.push('<reconnected>'),
  })
  await listener.ready
  await owner.query("select pg_notify('some_channel', 'one')")
  expect(await heard.next()).toBe('one')

  // Of this database alone: tests of other files listen on the same server.
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`,
  )
  expect(await heard.next()).toBe('<reconnected>')
  await owner.query("select pg_notify('some_channel', 'two')")
  expect(await heard.next()).toBe('two')
})

/** What comes is taken in order; `next` waits for it. */
function queue() {
  const items: string[] = []
  const waiting: ((item: string) => void)[] = []
  return {
    push(item: string) {
      const taker = waiting.shift()
      if (taker) taker(item)
      else items.push(item)
    },
    next(): Promise<string> {
      const item = items.shift()
      return item === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(item)
    },
  }
}
