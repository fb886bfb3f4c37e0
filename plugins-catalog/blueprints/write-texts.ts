/** The module `texts.ts` of the flows' texts by slug: so that they are part of every build, and no file is looked for. */
export function writeTexts(sources: readonly (readonly [slug: string, text: string])[]): string {
  const entries = sources.map(([slug, text]) => `  '${slug}': ${literal(text)},\n`)
  return `// Written by blueprints.test.ts from the files beside it: npx vitest run --project unit plugins-catalog/blueprints -u\n/* biome-ignore-all format: texts of other files */\n/* biome-ignore-all lint: texts of other files */\nexport const texts: Readonly<Record<string, string>> = {\n${entries.join('')}}\n`
}

function literal(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``
}
