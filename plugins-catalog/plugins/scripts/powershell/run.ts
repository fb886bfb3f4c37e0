import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.ps1', command: file => `& ${file.quoted}; exit $LASTEXITCODE` })
