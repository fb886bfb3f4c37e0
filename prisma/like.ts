/** A text for `startsWith` and its like, where Prisma takes `_` and `%` as wildcards: with it they mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
