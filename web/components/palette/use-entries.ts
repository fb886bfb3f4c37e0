'use client'

import { Boxes, type LucideIcon, Play, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { commonText } from '#text/common'
import { paletteText } from '#text/palette'
import { useMay, useTenant } from '#web/components/tenant'
import { matches, readTyped } from './matches'
import { usePalette } from './palette-context'
import { useActions } from './use-actions'
import { useFound } from './use-found'
import { usePages } from './use-pages'

export type Entry = { value: string; label: string; detail?: string; icon: LucideIcon; run(): void }
export type EntryGroup = { heading: string; entries: Entry[] }

const shownRecent = 5

/** What the palette offers for a text, best first. `onGo` is told before a page is left. */
export function useEntries(typed: string, onGo: () => void): { groups: EntryGroup[]; isBusy: boolean } {
  const tenant = useTenant()
  const router = useRouter()
  const may = useMay()
  const show = usePalette()
  const { wanted, isToRun } = readTyped(typed)
  const found = useFound(wanted)
  const pages = usePages()
  const actions = useActions(onGo)
  function go(path: string) {
    onGo()
    router.push(`/${tenant}/${path}`)
  }
  const opening = found.flows.map(({ namespace, id }) => ({
    value: `flow ${namespace}.${id}`,
    label: id,
    detail: namespace,
    icon: Workflow,
    run: () => go(`flows/${namespace}/${id}`),
  }))
  const running = found.flows
    .filter(({ namespace, disabled }) => !disabled && may('FLOW:EXECUTE', namespace))
    .map(({ namespace, id }) => ({
      value: `execute ${namespace}.${id}`,
      label: paletteText.execute(id),
      detail: namespace,
      icon: Play,
      run: () => show({ kind: 'execute', namespace, id }),
    }))
  const executions = found.executions
    .filter(({ id, namespace, flowId, state }) =>
      matches(`${id} ${namespace}.${flowId} ${state.current}`, typed.trim()),
    )
    .slice(0, shownRecent)
  const groups = [
    ...(isToRun ? [] : [{ heading: commonText.flows, entries: opening }]),
    { heading: commonText.execute, entries: running },
    {
      heading: commonText.namespaces,
      entries: found.namespaces.map(({ id }) => ({
        value: `namespace ${id}`,
        label: id,
        icon: Boxes,
        run: () => go(`namespaces/${id}`),
      })),
    },
    {
      heading: paletteText.pages,
      entries: pages
        .filter(({ label }) => matches(label, typed.trim()))
        .map(({ label, path, icon }) => ({ value: `page ${path}`, label, icon, run: () => go(path) })),
    },
    {
      heading: paletteText.recentExecutions,
      entries: executions.map(({ id, flowId, state }) => ({
        value: `execution ${id}`,
        label: flowId,
        detail: `${state.current} · ${id}`,
        icon: Play,
        run: () => go(`executions/${id}`),
      })),
    },
    {
      heading: commonText.actions,
      entries: actions
        .filter(({ label, keywords = [] }) => matches([label, ...keywords].join(' '), typed.trim()))
        .map(({ label, icon, run }) => ({ value: `do ${label}`, label, icon, run })),
    },
  ]
  return { groups: groups.filter(({ entries }) => entries.length > 0), isBusy: found.isBusy }
}
