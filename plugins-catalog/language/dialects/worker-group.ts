import { isJsonObject, type JsonObject } from '../json'
import type { Construct, Finding, Path } from './construct'
import { together } from './flow-text'
import { tasksIn, triggersIn } from './sites'

/** `workerGroup` with a key; Kestra 2 has `workerSelector` with tags. */
export const workerGroup: Construct = {
  name: 'worker-group',
  message: 'Kestra 2 has no "workerGroup"; it says "workerSelector"',
  toNew: flow => holders(flow, 'workerGroup').map(({ map, path }) => groupFinding(map, path)),
  toOld: flow => holders(flow, 'workerSelector').map(({ map, path }) => selectorFinding(map, path)),
}

function holders(flow: JsonObject, name: string): { map: JsonObject; path: Path }[] {
  const sites = [
    { map: flow, path: [] as Path },
    ...tasksIn(flow).map(({ task, path }) => ({ map: task, path })),
    ...triggersIn(flow).map(({ trigger, path }) => ({ map: trigger, path })),
  ]
  return sites.flatMap(({ map, path }) => {
    const held = map[name]
    return isJsonObject(held) ? [{ map: held, path: [...path, name] }] : []
  })
}

function groupFinding(group: JsonObject, path: Path): Finding {
  return {
    path,
    at: 'key',
    change: text => {
      if (group.fallback === undefined)
        return 'without "fallback" Kestra 1 waits where Kestra 2 fails; write it out first'
      const source = text.sourceOf([...path, 'key'])?.source
      if (source === undefined) return 'its key comes from an anchor or a merge'
      return together(text.renameKey(path, 'workerSelector'), text.replacePair([...path, 'key'], `tags: [${source}]`))
    },
  }
}

function selectorFinding(selector: JsonObject, path: Path): Finding {
  return {
    path,
    at: 'key',
    change: text => {
      const { tags, fallback, match } = selector
      if (!Array.isArray(tags) || tags.length !== 1 || match !== undefined) return 'a group has one key'
      if (fallback === undefined || fallback === 'IGNORE')
        return 'a group without "fallback" waits where a selector fails'
      const source = text.sourceOf([...path, 'tags', 0])?.source
      if (source === undefined) return 'its tags come from an anchor or a merge'
      return together(text.renameKey(path, 'workerGroup'), text.replacePair([...path, 'tags'], `key: ${source}`))
    },
  }
}
