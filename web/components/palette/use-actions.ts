'use client'

import { Building2, Keyboard, LogOut, type LucideIcon, Monitor, Moon, Plus, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { paletteText } from '#text/palette'
import { signOut } from '#web/components/session'
import { useAccount, useMay, useTenant } from '#web/components/tenant'
import { setTheme } from '#web/components/theme'
import { usePalette } from './palette-context'

export type Action = {
  label: string
  icon: LucideIcon
  /** Other words for it. */
  keywords?: string[]
  run(): void
}

const { otherWords } = paletteText

/** What can be done from anywhere. `onDone` is told before it is. */
export function useActions(onDone: () => void): Action[] {
  const router = useRouter()
  const tenant = useTenant()
  const may = useMay()
  const show = usePalette()
  const others = useAccount().data?.tenants.filter(({ slug }) => slug !== tenant) ?? []
  const created: Action[] = may('FLOW:CREATE')
    ? [
        {
          label: paletteText.newFlow,
          icon: Plus,
          keywords: otherWords.newFlow,
          run: () => router.push(`/${tenant}/flows/new`),
        },
      ]
    : []
  const switches = others.map(({ slug, name }) => ({
    label: paletteText.switchTo(name),
    icon: Building2,
    keywords: [...otherWords.switchTo, slug],
    run: () => router.push(`/${slug}/flows`),
  }))
  const actions: Action[] = [
    ...created,
    ...switches,
    { label: paletteText.lightTheme, icon: Sun, keywords: otherWords.theme, run: () => setTheme('light') },
    { label: paletteText.darkTheme, icon: Moon, keywords: otherWords.theme, run: () => setTheme('dark') },
    {
      label: paletteText.themeOfTheSystem,
      icon: Monitor,
      keywords: otherWords.theme,
      run: () => setTheme('system'),
    },
    {
      label: paletteText.showTheKeys,
      icon: Keyboard,
      keywords: otherWords.keys,
      run: () => show({ kind: 'keys' }),
    },
    { label: paletteText.signOut, icon: LogOut, keywords: otherWords.signOut, run: () => void signOut() },
  ]
  return actions.map(({ run, ...action }) => ({
    ...action,
    run() {
      onDone()
      run()
    },
  }))
}
