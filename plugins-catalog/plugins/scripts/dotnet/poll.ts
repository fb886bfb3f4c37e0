import { pollScripts } from '../shared/poll-scripts'
import { commands, script } from './plugin'
import run from './run'

export default pollScripts(run, { script, commands })
