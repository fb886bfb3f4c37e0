import { isJsonObject } from '../json'
import type { Construct } from './construct'
import { together } from './flow-text'
import { tasksIn } from './sites'

const runners: Readonly<Record<string, string>> = {
  DOCKER: 'io.kestra.plugin.scripts.runner.docker.Docker',
  PROCESS: 'io.kestra.plugin.core.runner.Process',
}

/** `runner` of a script with its `docker`; since Kestra 0.18 a script has a `taskRunner` and a `containerImage`. */
export const scriptRunner: Construct = {
  name: 'script-runner',
  message: '"runner" is now "taskRunner"',
  isWarnedElsewhere: true,
  toNew: flow =>
    tasksIn(flow)
      .filter(({ task, type }) => type.startsWith('io.kestra.plugin.scripts.') && task.runner !== undefined)
      .map(({ task, path }) => ({
        path: [...path, 'runner'],
        at: 'key',
        change: text => {
          if (task.taskRunner !== undefined) return '"taskRunner" is written as well'
          const type = runners[String(task.runner).toUpperCase()]
          if (type === undefined) return `"${String(task.runner)}" is no known runner`
          const runner = text.replacePair([...path, 'runner'], `taskRunner: { type: ${type} }`)
          const { docker } = task
          if (docker === undefined) return runner
          const isImageOnly = isJsonObject(docker) && Object.keys(docker).join() === 'image'
          const source = text.sourceOf([...path, 'docker', 'image'])?.source
          if (!isImageOnly || source === undefined || task.containerImage !== undefined)
            return 'its "docker" holds more than an image; write the rest into "taskRunner"'
          return together(runner, text.replacePair([...path, 'docker'], `containerImage: ${source}`))
        },
      })),
}
