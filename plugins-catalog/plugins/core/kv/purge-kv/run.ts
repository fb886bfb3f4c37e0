import picomatch from 'picomatch'
import type { Run } from '#language/define-plugin'
import { namespaceMatcher } from '../../shared/namespaces'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { keyPattern, behavior, expiredOnly, ...choice }) => {
  if (behavior.type === 'version') {
    ctx.log('INFO', 'Only the newest version of a KV entry is kept: there is nothing to purge')
    return { size: 0 }
  }
  const isNamespace = namespaceMatcher(choice)
  const isKey = keyPattern === undefined ? () => true : picomatch(keyPattern, { dot: true })
  const size = await ctx.kv.purge(({ namespace, key }) => isNamespace(namespace) && isKey(key), {
    expiredOnly: expiredOnly ?? behavior.expiredOnly,
  })
  ctx.log('INFO', `Deleted ${size} KV entries`)
  return { size }
}

export default run
