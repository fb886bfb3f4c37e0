'use client'

import { logsText } from '#text/logs'
import { NativeSelect } from '#ui/ui/input'
import { type Level, levels } from './log-lines'

/** The least level of the lines that are shown; `onChange` tells none where it is the usual one. */
export function LevelSelect({
  value,
  usual,
  onChange,
}: {
  value: Level
  usual: Level
  onChange: (level: string | undefined) => void
}) {
  return (
    <NativeSelect
      aria-label={logsText.level}
      className="w-auto"
      value={value}
      onChange={({ target }) => onChange(target.value === usual ? undefined : target.value)}
    >
      {levels.map(level => (
        <option key={level} value={level}>
          {level === 'TRACE' ? logsText.allLevels : level === 'ERROR' ? logsText.errorOnly : logsText.andAbove(level)}
        </option>
      ))}
    </NativeSelect>
  )
}
