import { runScripts, type ScriptProperties } from '../shared/run-scripts'

type Properties = ScriptProperties & { extension: string; quiet: boolean }

export default runScripts<Properties>({
  extension: ({ extension }) => extension,
  command: (file, { quiet }) => `jbang ${quiet ? '--quiet ' : ''}${file.quoted}`,
})
