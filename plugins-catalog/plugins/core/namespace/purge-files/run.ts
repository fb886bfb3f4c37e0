import type { Run } from '#language/define-plugin'
import { namespaceMatcher } from '../../shared/namespaces'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, choice) => {
  namespaceMatcher(choice)
  ctx.log('INFO', 'Only the newest version of a namespace file is kept: there is nothing to purge')
  return { size: 0 }
}

export default run
