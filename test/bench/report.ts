import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'

/** One measured figure beside the same thing done bare in the same run. */
export type Row = {
  group: string
  what: string
  unit: 'ms' | 's' | 'per s' | 'MB/s' | 'MiB' | 'kB' | 'fps'
  value: number
  /** The baseline's figure and what it is; a ratio is printed where there is one. */
  baseline?: { what: string; value: number }
}

export function printTable(rows: Row[]): void {
  const lines = rows.map(row => [
    row.group,
    row.what,
    `${round(row.value)} ${row.unit}`,
    row.baseline ? `${round(row.baseline.value)} ${row.unit} (${row.baseline.what})` : '',
    row.baseline ? `${(row.value / row.baseline.value).toFixed(2)} x` : '',
  ])
  const all = [['group', 'what', 'Millrace', 'baseline', 'ratio'], ...lines]
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...all.map(line => line[column]?.length ?? 0)))
  for (const line of all)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

export async function writeReport(file: string, rows: Row[]): Promise<void> {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`)
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
