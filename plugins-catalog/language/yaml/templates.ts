import { isMap, type YAMLMap } from 'yaml'

/** Whether a map is what YAML makes of an unquoted `{{ expression }}`: a map in braces whose only key is such a map, too. */
export function isBareTemplate(map: YAMLMap): boolean {
  const [first, ...more] = map.items
  return map.flow === true && more.length === 0 && isMap(first?.key) && first.key.flow === true
}

/** Whether a line has a value that starts with an unquoted `{{`. */
export function hasBareTemplate(line: string): boolean {
  return /^\s*(?:- +)*(?:[^\s"'#{][^"'#{]*:\s+)?\{\{/.test(line)
}
