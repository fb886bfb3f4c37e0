import { type Run, TaskError } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { uri, errorOnMissing }) => {
  const deleted = await ctx.storage.delete(uri)
  if (!deleted && errorOnMissing) throw new TaskError(`There is no file ${uri} to delete`)
  return { uri, deleted }
}

export default run
