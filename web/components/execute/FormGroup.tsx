import type { ReactNode } from 'react'
import type { FormPlace } from '#language/inputs/input'

/** Fields that belong together; without a form around them they stand as they are. */
export function FormGroup({ place, children }: { place: FormPlace | undefined; children: ReactNode }) {
  if (place === undefined) return children
  return (
    <fieldset className="space-y-4 rounded-md border p-3">
      <legend className="px-1 font-medium text-[13px]">{place.displayName ?? place.id}</legend>
      {place.description && <p className="text-[13px] text-muted">{place.description}</p>}
      {children}
    </fieldset>
  )
}
