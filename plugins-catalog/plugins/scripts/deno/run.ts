import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.ts', command: file => `deno run ${file.quoted}` })
