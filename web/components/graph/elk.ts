/** The layout engine in its worker. Heavy: only ever imported dynamically, in a browser. */
import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api'
import { fromElk } from './from-elk'
import type { Arranged, Level } from './level'
import { toElk } from './to-elk'

let elk: Elk | undefined

/** Arranges a level without holding up the page. */
export async function arrangeByElk(level: Level): Promise<Arranged> {
  elk ??= new ELK({
    workerFactory: () => new Worker(new URL('./elk.worker.ts', import.meta.url), { type: 'module' }),
  })
  return fromElk(await elk.layout(toElk(level)))
}
