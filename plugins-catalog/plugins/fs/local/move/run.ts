import type { Run } from '#language/define-plugin'
import { move } from '../../shared/file-tree'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  await move(openLocal(ctx), properties)
  return {}
}

export default run
