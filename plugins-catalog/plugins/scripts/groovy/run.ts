import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.groovy', command: file => `groovy ${file.quoted}` })
