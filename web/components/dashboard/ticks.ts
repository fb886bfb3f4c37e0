const mostSteps = 5

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const durationSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(count => count * second),
  ...[1, 2, 5, 10, 15, 30].map(count => count * minute),
  ...[1, 2, 3, 6, 12].map(count => count * hour),
]

/** Few round whole numbers from 0, the last of which is no less than `most`. */
export function countTicks(most: number): number[] {
  return ticksTo(most, countStep(most))
}

/** Few durations that one names in a word, in milliseconds from 0, the last of which is no less than `most`. */
export function durationTicks(most: number): number[] {
  return ticksTo(most, durationSteps.find(step => most <= step * mostSteps) ?? countStep(most / day) * day)
}

function countStep(most: number): number {
  const power = 10 ** Math.max(Math.floor(Math.log10(most / mostSteps)), 0)
  return [power, 2 * power, 5 * power].find(step => most <= step * mostSteps) ?? 10 * power
}

function ticksTo(most: number, step: number): number[] {
  return Array.from({ length: Math.max(Math.ceil(most / step), 1) + 1 }, (_, index) => index * step)
}
