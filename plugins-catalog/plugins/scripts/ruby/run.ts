import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.rb', command: file => `ruby ${file.quoted}` })
