import type { Catalog } from '#language/catalog'
import type { Path } from '#language/check/problem'
import type { CompletionItem } from '#language/complete/items'
import { type Situation, situationIn } from '#language/complete/situation'
import { keyItems } from '#language/complete/variables'
import type { JsonObject } from '#language/json'
import { commonText } from '#text/common'
import { formText } from '#text/form'

/** Expressions that one may choose from. */
export type ExpressionGroup = { title: string; items: { expression: string; note: string }[] }

/** What an expression at a path may read: inputs, variables, outputs of tasks that have run by then, secrets, and the rest. */
export function expressionsAt(
  flow: JsonObject,
  path: Path,
  { catalog, secrets }: { catalog: Catalog; secrets: readonly string[] },
): ExpressionGroup[] {
  const situation = situationIn(flow, path, catalog)
  const groups: ExpressionGroup[] = [
    { title: formText.inputs, items: under(situation, ['inputs']) },
    { title: formText.variables, items: under(situation, ['vars']) },
    ...keyItems(situation, ['outputs']).map(({ label }) => {
      const outputs = under(situation, ['outputs', label])
      const whole = { expression: chain(['outputs', label]), note: formText.allHandsOut }
      return { title: formText.outputsOf(label), items: outputs.length > 0 ? outputs : [whole] }
    }),
    { title: commonText.secrets, items: secrets.map(key => ({ expression: `secret('${key}')`, note: '' })) },
    { title: commonText.trigger, items: flow.triggers === undefined ? [] : under(situation, ['trigger']) },
    { title: commonText.execution, items: [...under(situation, ['execution']), ...under(situation, ['flow'])] },
  ]
  return groups.filter(({ items }) => items.length > 0)
}

function under(situation: Situation, path: string[]): ExpressionGroup['items'] {
  return keyItems(situation, path).map((item: CompletionItem) => ({
    expression: chain([...path, item.label]),
    note: item.detail,
  }))
}

/** `outputs.fetch.body`, `vars['my-var']` */
function chain([root = '', ...names]: string[]): string {
  return root + names.map(name => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `['${name}']`)).join('')
}
