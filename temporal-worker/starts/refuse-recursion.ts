/** A flow may call itself by way of others as often; one that fans out has long filled the queues by then. */
export const deepestRecursion = 25

/** How many names of the way are told. */
const shownCallers = 6

/**
 * Why a flow must not be called, if it must not: flows that call each other without an end would fill the installation.
 * A flow that starts itself directly isn't saved at all; by way of others it may be meant, and end by a condition.
 * `callers`: the flows that called each other up to here, outermost first, as `namespace.id`.
 */
export function refuseRecursion(callers: readonly string[], flow: string): string | undefined {
  const times = callers.filter(caller => caller === flow).length
  if (times < deepestRecursion) return undefined
  const way = [...callers.slice(-shownCallers), flow].join(' → ')
  return (
    `The flow ${flow} has called itself ${times} times by way of others (... ${way}), which is the most: ` +
    'let a condition (runIf, If) end it'
  )
}
