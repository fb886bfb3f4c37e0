'use client'

import { useSyncExternalStore } from 'react'

export const themeCookie = 'theme'
export type Theme = 'system' | 'light' | 'dark'

const aYearSeconds = 31_536_000
const listeners = new Set<() => void>()

export function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark'
}

/** Kept in a cookie, so that the server's first paint already has it. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${aYearSeconds}; samesite=lax`
  for (const listener of listeners) listener()
}

function getTheme(): Theme {
  const theme = document.documentElement.dataset.theme
  return isTheme(theme) ? theme : 'system'
}

function darkQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)')
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  darkQuery().addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    darkQuery().removeEventListener('change', listener)
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, getTheme, () => 'system')
}

/** Whether the page is dark right now, whoever decided it. */
export function useIsDark(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => getTheme() === 'dark' || (getTheme() === 'system' && darkQuery().matches),
    () => false,
  )
}
