/**
 * Every plugin that a flow may name. The list is written by hand, since it must load in a browser and in Temporal's bundler;
 * `catalog.test.ts` compares it with the folders on disk.
 */
import { type Catalog, createCatalog } from '#language/catalog'
import type { PluginDefinition } from '#language/define-plugin'
import conditionDateTimeBetween from './plugins/core/condition/date-time-between/plugin'
import conditionDayWeek from './plugins/core/condition/day-week/plugin'
import conditionDayWeekInMonth from './plugins/core/condition/day-week-in-month/plugin'
import conditionExecutionFlow from './plugins/core/condition/execution-flow/plugin'
import conditionExecutionLabels from './plugins/core/condition/execution-labels/plugin'
import conditionExecutionNamespace from './plugins/core/condition/execution-namespace/plugin'
import conditionExecutionOutputs from './plugins/core/condition/execution-outputs/plugin'
import conditionExecutionStatus from './plugins/core/condition/execution-status/plugin'
import conditionExpression from './plugins/core/condition/expression/plugin'
import conditionHasRetryAttempt from './plugins/core/condition/has-retry-attempt/plugin'
import conditionMultipleCondition from './plugins/core/condition/multiple-condition/plugin'
import conditionNot from './plugins/core/condition/not/plugin'
import conditionOr from './plugins/core/condition/or/plugin'
import conditionPublicHoliday from './plugins/core/condition/public-holiday/plugin'
import conditionTimeBetween from './plugins/core/condition/time-between/plugin'
import conditionWeekend from './plugins/core/condition/weekend/plugin'
import debugEcho from './plugins/core/debug/echo/plugin'
import debugReturn from './plugins/core/debug/return/plugin'
import executionAssert from './plugins/core/execution/assert/plugin'
import executionExit from './plugins/core/execution/exit/plugin'
import executionFail from './plugins/core/execution/fail/plugin'
import executionLabels from './plugins/core/execution/labels/plugin'
import executionSetVariables from './plugins/core/execution/set-variables/plugin'
import executionUnsetVariables from './plugins/core/execution/unset-variables/plugin'
import flowAllowFailure from './plugins/core/flow/allow-failure/plugin'
import flowDag from './plugins/core/flow/dag/plugin'
import flowEachParallel from './plugins/core/flow/each-parallel/plugin'
import flowEachSequential from './plugins/core/flow/each-sequential/plugin'
import flowForEach from './plugins/core/flow/for-each/plugin'
import flowIf from './plugins/core/flow/if/plugin'
import flowLoopUntil from './plugins/core/flow/loop-until/plugin'
import flowParallel from './plugins/core/flow/parallel/plugin'
import flowPause from './plugins/core/flow/pause/plugin'
import flowSequential from './plugins/core/flow/sequential/plugin'
import flowSleep from './plugins/core/flow/sleep/plugin'
import flowSubflow from './plugins/core/flow/subflow/plugin'
import flowSwitch from './plugins/core/flow/switch/plugin'
import flowWorkingDirectory from './plugins/core/flow/working-directory/plugin'
import logLog from './plugins/core/log/log/plugin'
import metricPublish from './plugins/core/metric/publish/plugin'
import outputOutputValues from './plugins/core/output/output-values/plugin'
import runnerProcess from './plugins/core/runner/process/plugin'
import triggerFlow from './plugins/core/trigger/flow/plugin'
import triggerSchedule from './plugins/core/trigger/schedule/plugin'
import triggerScheduleOnDates from './plugins/core/trigger/schedule-on-dates/plugin'
import triggerWebhook from './plugins/core/trigger/webhook/plugin'
import eeKubernetesRunnerKubernetes from './plugins/ee/kubernetes/runner/kubernetes/plugin'
import scriptsRunnerDocker from './plugins/scripts/runner/docker/plugin'

export const manifests: readonly PluginDefinition[] = [
  conditionDateTimeBetween,
  conditionDayWeek,
  conditionDayWeekInMonth,
  conditionExecutionFlow,
  conditionExecutionLabels,
  conditionExecutionNamespace,
  conditionExecutionOutputs,
  conditionExecutionStatus,
  conditionExpression,
  conditionHasRetryAttempt,
  conditionMultipleCondition,
  conditionNot,
  conditionOr,
  conditionPublicHoliday,
  conditionTimeBetween,
  conditionWeekend,
  debugEcho,
  debugReturn,
  executionAssert,
  executionExit,
  executionFail,
  executionLabels,
  executionSetVariables,
  executionUnsetVariables,
  flowAllowFailure,
  flowDag,
  flowEachParallel,
  flowEachSequential,
  flowForEach,
  flowIf,
  flowLoopUntil,
  flowParallel,
  flowPause,
  flowSequential,
  flowSleep,
  flowSubflow,
  flowSwitch,
  flowWorkingDirectory,
  logLog,
  metricPublish,
  outputOutputValues,
  runnerProcess,
  triggerFlow,
  triggerSchedule,
  triggerScheduleOnDates,
  triggerWebhook,
  eeKubernetesRunnerKubernetes,
  scriptsRunnerDocker,
]

export const catalog: Catalog = createCatalog(manifests)
