import { expect, test } from 'vitest'
import { z } from 'zod'
import { duration, int } from '#language/fields'
import { propertyProblems } from './property-problems'

const schema = z.object({ wait: duration(), sizes: z.array(int()), name: z.string() })

test.each([
  [
    { wait: '{{ inputs.wait }}', sizes: [1], name: 'x' },
    { wait: '5 minutes', sizes: [1], name: 'x' },
    'The task\'s properties are not valid: wait: not a duration; write ISO-8601 such as PT30S, PT5M, PT1H or P1D (it is "5 minutes", which "{{ inputs.wait }}" came to)',
  ],
  [
    { wait: 'PT1S', sizes: '{{ inputs.sizes }}', name: 'x' },
    { wait: 'PT1S', sizes: [1, 'many'], name: 'x' },
    'The task\'s properties are not valid: sizes.1: Invalid input: expected number, received string (it is "many", which "{{ inputs.sizes }}" came to)',
  ],
  [
    { wait: 'PT1S', sizes: [] },
    { wait: 'PT1S', sizes: [] },
    "The task's properties are not valid: name: Invalid input: expected string, received undefined",
  ],
])('%j that came to %j', (raw, rendered, message) => {
  const parsed = schema.safeParse(rendered)
  expect(propertyProblems(parsed.error!.issues, { raw, rendered, line: 7 })).toBe(
    `${message}; the task is in line 7 of the flow`,
  )
})
