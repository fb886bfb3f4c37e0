/** The editor and its workers, bundled with the app. Heavy: only ever imported dynamically, in a browser. */
import 'monaco-editor/esm/vs/editor/edcore.main.js'
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api'
import { configureMonacoYaml, type MonacoYaml, type MonacoYamlOptions } from 'monaco-yaml'
import type { JsonObject } from '#language/json'
import { registerExpressions } from './expression-language'
import { defineThemes } from './monaco-themes'
import { registerYaml } from './yaml-language'

type FlowSchema = NonNullable<MonacoYamlOptions['schemas']>[number]['schema']
type WorkerOptions = { label: string; createData: unknown }

function startWorker(label: string): Worker {
  if (label === 'yaml') return new Worker(new URL('./yaml.worker.ts', import.meta.url), { type: 'module' })
  return new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' })
}

window.MonacoEnvironment = { getWorker: (_id, label) => startWorker(label) }
defineThemes(monaco)
registerYaml(monaco)
registerExpressions(monaco)

// monaco-yaml asks for a worker by its label; since 0.54 the bare editor wants the worker itself.
const monacoForYaml = {
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker<T extends object>({ label, createData }: WorkerOptions) {
      const worker = startWorker(label)
      worker.postMessage('ignore')
      worker.postMessage(createData)
      return monaco.editor.createWebWorker<T>({ worker })
    },
  },
}

let yaml: MonacoYaml | undefined

/** Completion and hover from a JSON Schema, for every YAML model. */
export function applySchema(schema: JsonObject): void {
  const options = {
    // The server's diagnostics say the same and more, with codes; two markers on one word help nobody.
    validate: false,
    enableSchemaRequest: false,
    completion: true,
    hover: true,
    hoverSchemaSource: false,
    schemas: [{ uri: 'inmemory://schemas/flow.json', fileMatch: ['**/*.yaml'], schema: schema as FlowSchema }],
  }
  if (yaml) void yaml.update(options)
  else yaml = configureMonacoYaml(monacoForYaml as unknown as Parameters<typeof configureMonacoYaml>[0], options)
}

export { monaco }
