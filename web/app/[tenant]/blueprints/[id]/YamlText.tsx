import { Fragment } from 'react'
import { partsOf } from './yaml-parts'

const looks = {
  comment: 'text-faint italic',
  key: 'text-accent',
  expression: 'text-violet',
  text: '',
}

/** A flow's text to be read, without the editor's weight. */
export function YamlText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre tabIndex={0} className="overflow-x-auto p-4 font-mono text-xs leading-5 sm:px-6">
      {text
        .trimEnd()
        .split('\n')
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <Fragment key={index}>
            {partsOf(line).map(({ kind, text: part }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have their parts
              <span key={place} className={looks[kind]}>
                {part}
              </span>
            ))}
            {'\n'}
          </Fragment>
        ))}
    </pre>
  )
}
