type Label = { key: string; value: string }

/** Labels that people set; those of the system are not theirs to read. */
export function shownLabels(labels: Label[]): Label[] {
  return labels.filter(({ key }) => !key.startsWith('system.') && !key.startsWith('internal.'))
}

export function LabelList({ labels }: { labels: Label[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {shownLabels(labels).map(({ key, value }) => (
        <span key={`${key}:${value}`} className="max-w-48 truncate rounded border bg-subtle px-1.5 text-muted text-xs">
          {key}: {value}
        </span>
      ))}
    </span>
  )
}
