import { Prisma } from '#db/generated/client'

/** Whether a row was refused because another has its unique values. */
export function isTaken(error: unknown): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
