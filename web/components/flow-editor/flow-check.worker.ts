import { catalog } from '#catalog/manifests'
import { parseFlow } from '#language/parse'
import { type Answer, applyLesson, type Question } from './lessons'

/** Checks a text at each keystroke, beside the page. */
self.onmessage = ({ data: { source, lesson } }: MessageEvent<Question>) => {
  const { diagnostics, source: places } = parseFlow(source, catalog)
  const shown = applyLesson(diagnostics, lesson, path => places.rangeOf(path))
  self.postMessage({ source, found: diagnostics, shown } satisfies Answer)
}
