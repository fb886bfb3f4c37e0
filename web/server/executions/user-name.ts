import type { Scope } from '../access/tenant-scope'

/** How a log names whoever asks. */
export async function nameOfUser({ db, userId }: Scope): Promise<string> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { email: true } })
  return user?.email ?? userId
}
