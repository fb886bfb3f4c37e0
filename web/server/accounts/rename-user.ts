import { database } from '#db/client'

/** How lists name the user; empty for by their address. */
export async function renameUser(userId: string, name: string): Promise<void> {
  await database().user.update({ where: { id: userId }, data: { name } })
}
