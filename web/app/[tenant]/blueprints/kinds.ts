import { blueprintText } from '#text/blueprint'
import type { BlueprintCard } from '#web/server/blueprints/blueprint'

type Kind = BlueprintCard['kind']

/** What the switch above the cards offers. */
export const kinds: readonly { kind: Kind | undefined; label: string }[] = [
  { kind: undefined, label: blueprintText.all },
  { kind: 'MILLRACE', label: blueprintText.millrace },
  { kind: 'OWN', label: blueprintText.ourOwn },
]

/** Of an address; anything else shows all. */
export function kindOf(value: string | null): Kind | undefined {
  return kinds.find(({ kind }) => kind !== undefined && kind === value)?.kind
}
