import { expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'

const core = 'io.kestra.plugin.core'
const tasks = 'io.kestra.core.tasks'
const conditions = 'io.kestra.core.models.conditions.types'

it.each([
  [`${tasks}.flows.Flow`, `${core}.flow.Subflow`],
  [`${tasks}.flows.WaitFor`, `${core}.flow.LoopUntil`],
  [`${tasks}.flows.EachParallel`, `${core}.flow.EachParallel`],
  [`${tasks}.log.Fetch`, `${core}.log.Fetch`],
  [`${tasks}.debugs.Echo`, `${core}.debug.Echo`],
  [`${tasks}.states.Get`, `${core}.state.Get`],
  [`${tasks}.executions.Counts`, `${core}.execution.Count`],
  [`${tasks}.executions.Resume`, `${core}.execution.Resume`],
  [`${tasks}.storages.LocalFiles`, `${core}.storage.LocalFiles`],
  [`${tasks}.storages.Purge`, `${core}.execution.PurgeExecutions`],
  [`${tasks}.storages.PurgeExecution`, `${core}.storage.PurgeCurrentExecutionFiles`],
  [`${tasks}.scripts.Bash`, 'io.kestra.plugin.scripts.shell.Commands'],
  ['io.kestra.core.models.triggers.types.Schedule', `${core}.trigger.Schedule`],
  [`${conditions}.VariableCondition`, `${core}.condition.Expression`],
  [`${conditions}.ExecutionFlowCondition`, `${core}.condition.ExecutionFlow`],
  [`${core}.condition.WeekendCondition`, `${core}.condition.Weekend`],
  ['io.kestra.plugin.fs.http.Download', `${core}.http.Download`],
  ['io.kestra.plugin.scripts.runner.docker.DockerTaskRunner', 'io.kestra.plugin.scripts.runner.docker.Docker'],
  ['io.kestra.plugin.kubernetes.runner.Kubernetes', 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes'],
  ['io.kestra.plugin.serdes.csv.CsvReader', 'io.kestra.plugin.serdes.csv.CsvToIon'],
])('%s is %s', (old, current) => expect(catalog.find(old)?.type).toBe(current))
