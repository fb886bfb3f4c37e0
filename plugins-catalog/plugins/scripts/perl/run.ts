import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.pl', command: file => `perl ${file.quoted}` })
