import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.ts', command: file => `bun run ${file.quoted}` })
