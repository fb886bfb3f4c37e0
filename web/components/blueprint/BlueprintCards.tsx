'use client'

import { Skeleton } from '#ui/ui/skeleton'
import type { BlueprintCard as Card } from '#web/server/blueprints/blueprint'
import { BlueprintCard } from './BlueprintCard'

const placeholders = 9

/** Cards side by side; grey ones while they load. */
export function BlueprintCards({ cards }: { cards: readonly Card[] | undefined }) {
  return (
    <ul
      className="grid gap-3 p-4 sm:grid-cols-2 sm:px-6 xl:grid-cols-3 2xl:grid-cols-4"
      aria-busy={cards === undefined}
    >
      {cards?.map(card => (
        <BlueprintCard key={card.id} card={card} />
      ))}
      {cards === undefined &&
        Array.from({ length: placeholders }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
          <li key={index} className="space-y-3 rounded-lg border p-4">
            <Skeleton className="h-7 w-24" />
            <Skeleton className="h-4 w-2/3" />
            <Skeleton className="h-10" />
          </li>
        ))}
    </ul>
  )
}
