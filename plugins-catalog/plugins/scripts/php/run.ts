import { runScripts } from '../shared/run-scripts'

export default runScripts({ extension: '.php', command: file => `php ${file.quoted}` })
