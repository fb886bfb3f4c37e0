import { expect, it } from 'vitest'
import { inZone } from './in-zone'

it.each<[date: string, zone: string, text: string]>([
  ['2026-07-01T04:00:00Z', 'Europe/Berlin', '2026-07-01T06:00:00+02:00'],
  ['2026-01-01T04:00:00.250Z', 'UTC', '2026-01-01T04:00:00.250Z'],
  ['2026-01-01T04:00:00Z', 'Asia/Kolkata', '2026-01-01T09:30:00+05:30'],
  ['2026-01-01T04:00:00Z', 'America/New_York', '2025-12-31T23:00:00-05:00'],
  ['2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01T00:00:00-05:00'],
])('%s in %s', (date, zone, text) => expect(inZone(new Date(date), zone)).toBe(text))
