import type { ReactNode } from 'react'

/** Fields inside a field. */
export function Nested({ children }: { children: ReactNode }) {
  return <div className="space-y-3.5 border-line border-l-2 pl-3">{children}</div>
}
