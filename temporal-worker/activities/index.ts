import { createExecutionCreator } from './create-execution'
import { createSubflowExecutionCreator } from './create-subflow-execution'
import type { ActivityDependencies } from './dependencies'
import { createCopyFile, createSplitItems } from './for-each-item'
import { createLoadExecution } from './load-execution'
import { createParseOutput } from './parse-output'
import { createRecordExecution } from './record-execution'
import { createRenderValue } from './render-value'
import { createResolveInputs } from './resolve-inputs'
import { createRunTask } from './run-task'
import { createRunWorkingDirectory } from './run-working-directory'
import { createStoreLines } from './store-lines'

/** All activities of the worker. Their names are part of running executions: change none, add new ones. */
export function createActivities(deps: ActivityDependencies) {
  return {
    recordExecution: createRecordExecution(deps.recorder),
    runTask: createRunTask(deps),
    runWorkingDirectory: createRunWorkingDirectory(deps),
    renderValue: createRenderValue(deps),
    loadExecution: createLoadExecution(deps),
    createExecution: createExecutionCreator(deps),
    createSubflowExecution: createSubflowExecutionCreator(deps),
    parseOutput: createParseOutput(),
    resolveInputs: createResolveInputs(deps),
    splitItems: createSplitItems(deps),
    copyFile: createCopyFile(deps),
    storeLines: createStoreLines(deps),
  }
}

export type Activities = ReturnType<typeof createActivities>
