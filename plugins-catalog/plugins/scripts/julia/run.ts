import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.jl', command: file => `julia ${file.quoted}` })
