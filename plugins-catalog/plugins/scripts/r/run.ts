import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.R', command: file => `Rscript ${file.quoted}` })
