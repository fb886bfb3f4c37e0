import { readFile } from 'node:fs/promises'

/** The seed's pipeline as the gallery ships it; its text is pasted unchanged. */
export function seedPipeline(): Promise<string> {
  return readFile(new URL('../../plugins-catalog/blueprints/data-pipeline.yaml', import.meta.url), 'utf8')
}
