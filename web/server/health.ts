import { database } from '#db/client'
import { log } from './log'
import { temporal } from './temporal'

export type Health = { web: 'up'; database: 'up' | 'down'; temporal: 'up' | 'down' }

const timeoutMs = 3_000

/** Whether what we stand on answers; details go to the log, since anyone may ask. */
export async function checkHealth(): Promise<Health> {
  const [databaseHealth, temporalHealth] = await Promise.all([
    probe('database', () => database().$queryRaw`select 1`),
    probe('temporal', () => temporal().workflowService.getSystemInfo({})),
  ])
  return { web: 'up', database: databaseHealth, temporal: temporalHealth }
}

async function probe(name: string, ask: () => PromiseLike<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([ask(), timeout])
    return 'up'
  } catch (error) {
    log.warn({ err: error, part: name }, 'health check failed')
    return 'down'
  } finally {
    clearTimeout(timer)
  }
}
