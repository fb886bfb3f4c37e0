import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.lua', command: file => `lua ${file.quoted}` })
