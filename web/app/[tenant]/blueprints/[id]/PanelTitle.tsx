import type { ReactNode } from 'react'

export function PanelTitle({ children }: { children: ReactNode }) {
  return <h2 className="mb-2 font-medium text-faint text-xs uppercase tracking-wide">{children}</h2>
}
