/** Text not saved yet. `page`: the open page that wrote it; `by`: the user, whom alone it is offered to. */
export type Draft = { source: string; revision?: number; savedAt: string; page: string; by?: string }

/** Two pages, and what earlier visits left behind. */
const maxDrafts = 5

/** What is kept under a key, the newest first; nothing where it is unreadable. */
export function parseDrafts(text: string | null): Draft[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter(isDraft) : []
  } catch {
    return []
  }
}

/** By hand: a schema's library would be loaded with every page. */
function isDraft(value: unknown): value is Draft {
  const texts = ['source', 'savedAt', 'page']
  return typeof value === 'object' && value !== null && texts.every(name => hasText(value, name))
}

function hasText(value: object, name: string): boolean {
  return typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'string'
}

/** With the draft of a page instead of its earlier one; those of other pages stay. */
export function withDraft(drafts: Draft[], draft: Draft): Draft[] {
  return [draft, ...withoutDraft(drafts, draft)].slice(0, maxDrafts)
}

/** Without the draft of a page, and without the same text by another. */
export function withoutDraft(drafts: Draft[], { page, source }: Pick<Draft, 'page' | 'source'>): Draft[] {
  return drafts.filter(one => one.page !== page && one.source !== source)
}
