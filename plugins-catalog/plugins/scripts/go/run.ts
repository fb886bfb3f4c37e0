import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.go', command: file => `go run ${file.quoted}` })
