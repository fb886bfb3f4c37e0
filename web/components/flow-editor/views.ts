/** What a flow can be seen as, in the order in which they stand beside each other. */
export const viewNames = ['code', 'form', 'graph', 'docs'] as const
export type View = (typeof viewNames)[number]

export function isView(name: unknown): name is View {
  return viewNames.some(view => view === name)
}
