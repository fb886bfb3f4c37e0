import type { Run } from '#language/define-plugin'
import { upload } from '../../shared/file-tree'
import { storedUri } from '../../shared/sources'
import { sftpUri } from '../shared/properties'
import { withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { name, uri } = storedUri(properties.from)
  const path = await withSftp(ctx, properties, async tree => {
    const { to = '/' } = properties
    const target = tree.resolve(to.endsWith('/') ? `${to}${name}` : to)
    await upload(ctx, tree, { uri, path: target, overwrite: properties.overwrite })
    return target
  })
  return { from: uri, to: sftpUri(properties, path) }
}

export default run
