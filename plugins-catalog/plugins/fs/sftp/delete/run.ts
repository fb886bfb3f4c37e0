import type { Run } from '#language/define-plugin'
import { remove } from '../../shared/file-tree'
import { sftpUri } from '../shared/properties'
import { withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = (ctx, properties) =>
  withSftp(ctx, properties, async tree => {
    const path = tree.resolve(properties.uri)
    const deleted = await remove(tree, { path, errorOnMissing: properties.errorOnMissing, recursive: false })
    return { uri: sftpUri(properties, path), deleted }
  })

export default run
