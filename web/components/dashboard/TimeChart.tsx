'use client'

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { dashboardText } from '#text/dashboard'
import { cn } from '#web/components/class-names'
import { ChartTip, type TipRow } from './ChartTip'
import { barText, tickText } from './chart-time'
import { useWidth } from './use-width'

const [above, below, right] = [8, 24, 4]
/** Room for a time or a day and the space to the next. */
const tickRoom = 84

/** Where a chart draws, in pixels. */
export type Plot = {
  /** The width of the slot of one time. */
  slot: number
  /** The middle of the slot of a time. */
  x: (index: number) => number
  y: (value: number) => number
}

/** Axes and grid of slots of time, and what the pointer or the arrow keys point at; what is drawn are its children. */
export function TimeChart({
  label,
  height,
  bars,
  stepMs,
  ticks,
  tickWidth,
  tickLabel,
  tipRows,
  onOpen,
  children,
}: {
  label: string
  height: number
  bars: { at: string }[]
  stepMs: number
  ticks: number[]
  tickWidth: number
  tickLabel: (tick: number) => string
  tipRows: (index: number) => TipRow[]
  onOpen?: (index: number) => void
  children: (plot: Plot) => ReactNode
}) {
  const [box, width] = useWidth()
  const [chosen, setChosen] = useState<number>()
  const last = bars.length - 1
  const slot = Math.max(width - tickWidth - right, 0) / bars.length
  const base = height - below
  const plot: Plot = {
    slot,
    x: index => tickWidth + slot * (index + 0.5),
    y: value => base - (value / (ticks.at(-1) || 1)) * (base - above),
  }
  const bar = chosen === undefined ? undefined : bars[chosen]
  const rows = chosen === undefined ? [] : tipRows(chosen)
  const every = Math.max(Math.ceil(tickRoom / slot), 1)

  function point(event: PointerEvent) {
    const from = event.currentTarget.getBoundingClientRect().left + tickWidth
    const index = Math.floor((event.clientX - from) / slot)
    setChosen(index >= 0 && index <= last ? index : undefined)
  }
  function onKeyDown(event: KeyboardEvent) {
    const now = chosen ?? last
    const steps: Record<string, number> = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }
    const next = steps[event.key]
    if (event.key === 'Enter') onOpen?.(now)
    if (next === undefined) return
    event.preventDefault()
    setChosen(Math.min(Math.max(next, 0), last))
  }
  const open = onOpen && (() => chosen !== undefined && onOpen(chosen))

  return (
    <figure aria-label={label}>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={dashboardText.time}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={chosen ?? last}
        aria-valuetext={bar && [barText(bar.at, stepMs), ...rows.map(row => `${row.name} ${row.value}`)].join(', ')}
        className={cn('relative', onOpen && 'cursor-pointer')}
        style={{ height }}
        onPointerMove={point}
        onPointerLeave={() => setChosen(undefined)}
        onClick={open}
        onKeyDown={onKeyDown}
        onFocus={() => setChosen(old => old ?? last)}
        onBlur={() => setChosen(undefined)}
      >
        {width > 0 && (
          <svg width={width} height={height} className="block fill-faint text-[11px]" aria-hidden>
            {chosen !== undefined && (
              <rect x={plot.x(chosen) - slot / 2} y={above} width={slot} height={base - above} fill="var(--hover)" />
            )}
            {ticks.map(tick => (
              <g key={tick}>
                <line x1={tickWidth} x2={width - right} y1={plot.y(tick)} y2={plot.y(tick)} stroke="var(--line)" />
                <text x={tickWidth - 8} y={plot.y(tick)} dy="0.32em" textAnchor="end">
                  {tickLabel(tick)}
                </text>
              </g>
            ))}
            {bars.map(
              ({ at }, index) =>
                index % every === 0 &&
                plot.x(index) < width - tickRoom / 3 && (
                  <text key={at} x={plot.x(index)} y={height - 6} textAnchor="middle">
                    {tickText(at, bars.length * stepMs)}
                  </text>
                ),
            )}
            {children(plot)}
          </svg>
        )}
        {bar && chosen !== undefined && (
          <div
            className="pointer-events-none absolute top-2 z-10 whitespace-nowrap"
            style={chosen > last / 2 ? { right: width - plot.x(chosen) + 16 } : { left: plot.x(chosen) + 16 }}
          >
            <ChartTip title={barText(bar.at, stepMs)} rows={rows} />
          </div>
        )}
      </div>
    </figure>
  )
}
