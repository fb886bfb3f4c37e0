import { z } from 'zod'
import { database } from '#db/client'

/** How far somebody has come in the first-run tour; whoever signs up begins at the first. */
export const tourSteps = ['CHOOSE', 'LOOK', 'RUN', 'WATCH', 'NEXT'] as const
export const Tour = z.enum([...tourSteps, 'DONE', 'SKIPPED'])
export type Tour = z.infer<typeof Tour>

/** Kept with the account, so that it is the same in every browser. */
export async function setTour(userId: string, tour: Tour): Promise<{ tour: Tour }> {
  await database().user.update({ where: { id: userId }, data: { tour } })
  return { tour }
}
