import type { Run } from '#language/define-plugin'
import { move } from '../../shared/file-tree'
import { sftpUri } from '../shared/properties'
import { withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { from, to } = await withSftp(ctx, properties, tree => move(tree, properties))
  return { from: sftpUri(properties, from), to: sftpUri(properties, to) }
}

export default run
