import type { Run } from '#language/define-plugin'
import { download } from '../../shared/file-tree'
import { storedName } from '../../shared/stored-name'
import { sftpUri } from '../shared/properties'
import { withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = (ctx, properties) =>
  withSftp(ctx, properties, async tree => {
    const path = tree.resolve(properties.from)
    const { uri } = await download(ctx, tree, { path, name: storedName(path), checksum: properties })
    return { from: sftpUri(properties, path), to: uri }
  })

export default run
