import type { Run } from '#language/define-plugin'
import { upload } from '../../shared/file-tree'
import { chooseSources } from '../../shared/sources'
import { sftpUri } from '../shared/properties'
import { withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const sources = chooseSources(ctx, properties)
  const files = await withSftp(ctx, properties, async tree => {
    const paths: string[] = []
    for (const { name, uri } of sources) {
      const path = tree.resolve(`${properties.to}/${name}`)
      await upload(ctx, tree, { uri, path, overwrite: true })
      paths.push(sftpUri(properties, path))
    }
    return paths
  })
  return { files }
}

export default run
