import { constructs } from '../dialects/constructs'
import type { Check } from './subject'

/** What Kestra 2 says otherwise: it runs all the same, and `rewriteFlow` can say it in the new words. */
export const checkDialects: Check = ({ flow }) =>
  constructs
    .filter(({ isWarnedElsewhere }) => !isWarnedElsewhere)
    .flatMap(({ message, toNew }) =>
      (toNew?.(flow) ?? []).map(({ path, at, within }) => ({
        code: 'OLDER_DIALECT' as const,
        severity: 'warning' as const,
        message,
        path,
        ...(at === undefined ? {} : { at }),
        ...(within === undefined ? {} : { within }),
      })),
    )
