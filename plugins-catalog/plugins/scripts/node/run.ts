import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.js', command: file => `node ${file.quoted}` })
