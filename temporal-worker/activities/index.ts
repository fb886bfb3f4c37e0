import { createExecutionCreator } from './create-execution'
import { createSubflowExecutionCreator } from './create-subflow-execution'
import type { ActivityDependencies } from './dependencies'
import { createReadExecutionEnd } from './execution-end'
import { createFindWorkers } from './find-workers'
import { createCopyFile, createSplitItems } from './for-each-item'
import { createIndexLines, createReadLinePage } from './line-pages'
import { createLoadExecution } from './load-execution'
import { createLookAtTrigger } from './look-at-trigger'
import { createMergeLines } from './merge-lines'
import { createParseOutput } from './parse-output'
import { createRecordExecution } from './record-execution'
import { createRenderValue } from './render-value'
import { createResolveInputs } from './resolve-inputs'
import { createRunTask } from './run-task'
import { createRunWorkingDirectory } from './run-working-directory'
import { createStoreLines } from './store-lines'
import { createJoinText, createLoadText, createStoreText } from './stored-text'
import { createTakePlace } from './take-place'

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
    storeText: createStoreText(deps),
    loadText: createLoadText(deps),
    joinText: createJoinText(deps),
    readExecutionEnd: createReadExecutionEnd(deps),
    indexLines: createIndexLines(deps),
    readLinePage: createReadLinePage(deps),
    mergeLines: createMergeLines(deps),
    takePlace: createTakePlace(deps),
    lookAtTrigger: createLookAtTrigger(deps),
    findWorkers: createFindWorkers(deps),
  }
}

export type Activities = ReturnType<typeof createActivities>
