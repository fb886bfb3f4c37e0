'use client'

import { useEffect, useRef, useState } from 'react'
import { type Answer, type Lesson, lessonOf, noLesson, type Question } from './lessons'

/**
 * What a worker of this page finds wrong with a text, at once; undefined until it has looked at any. `check` asks before
 * the text is drawn, which takes a frame or two.
 */
export function useLocalCheck(source: string): {
  answer: Answer | undefined
  check: (text: string) => void
  learn: Learn
} {
  const [answer, setAnswer] = useState<Answer>()
  const checker = useRef<Checker>(undefined)
  useEffect(() => {
    checker.current = startChecker(setAnswer)
    return () => checker.current?.stop()
  }, [])
  useEffect(() => checker.current?.check(source), [source])
  const [learn] = useState((): Learn => (text, diagnostics) => checker.current?.learn(text, diagnostics))
  const [check] = useState(() => (text: string) => checker.current?.check(text))
  return { answer, check, learn }
}

/** Tells what the server said of a text. */
export type Learn = (text: string, diagnostics: Answer['found']) => void

type Checker = { check(source: string): void; learn: Learn; stop(): void }

/** Asks one question at a time: of those that come meanwhile the last. */
function startChecker(report: (answer: Answer) => void): Checker {
  const worker = new Worker(new URL('./flow-check.worker.ts', import.meta.url), { type: 'module' })
  let lesson: Lesson = noLesson
  let isBusy = false
  let waiting: string | undefined
  let newest: string | undefined
  let last: Answer | undefined
  const ask = (source: string) => {
    isBusy = true
    worker.postMessage({ source, lesson } satisfies Question)
  }
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    isBusy = false
    last = data
    report(data)
    const next = waiting
    waiting = undefined
    if (next !== undefined) ask(next)
  }
  return {
    check(source) {
      if (source === newest) return
      newest = source
      if (isBusy) waiting = source
      else ask(source)
    },
    learn(text, diagnostics) {
      if (last?.source === text) lesson = lessonOf(last.found, diagnostics)
    },
    stop: () => worker.terminate(),
  }
}
