/**
 * Every plugin that a flow may name. The list is static, since it must load in a browser, too;
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
import executionPurgeExecutions from './plugins/core/execution/purge-executions/plugin'
import executionSetVariables from './plugins/core/execution/set-variables/plugin'
import executionUnsetVariables from './plugins/core/execution/unset-variables/plugin'
import flowAllowFailure from './plugins/core/flow/allow-failure/plugin'
import flowDag from './plugins/core/flow/dag/plugin'
import flowEachParallel from './plugins/core/flow/each-parallel/plugin'
import flowEachSequential from './plugins/core/flow/each-sequential/plugin'
import flowForEach from './plugins/core/flow/for-each/plugin'
import flowForEachItem from './plugins/core/flow/for-each-item/plugin'
import flowIf from './plugins/core/flow/if/plugin'
import flowLoop from './plugins/core/flow/loop/plugin'
import flowLoopUntil from './plugins/core/flow/loop-until/plugin'
import flowParallel from './plugins/core/flow/parallel/plugin'
import flowPause from './plugins/core/flow/pause/plugin'
import flowSequential from './plugins/core/flow/sequential/plugin'
import flowSleep from './plugins/core/flow/sleep/plugin'
import flowSubflow from './plugins/core/flow/subflow/plugin'
import flowSwitch from './plugins/core/flow/switch/plugin'
import flowWorkingDirectory from './plugins/core/flow/working-directory/plugin'
import httpDownload from './plugins/core/http/download/plugin'
import httpRequest from './plugins/core/http/request/plugin'
import httpSseRequest from './plugins/core/http/sse-request/plugin'
import kvDelete from './plugins/core/kv/delete/plugin'
import kvGet from './plugins/core/kv/get/plugin'
import kvGetKeys from './plugins/core/kv/get-keys/plugin'
import kvPurgeKv from './plugins/core/kv/purge-kv/plugin'
import kvPut from './plugins/core/kv/put/plugin'
import kvSet from './plugins/core/kv/set/plugin'
import logLog from './plugins/core/log/log/plugin'
import logPurgeLogs from './plugins/core/log/purge-logs/plugin'
import metricPublish from './plugins/core/metric/publish/plugin'
import namespaceDeleteFiles from './plugins/core/namespace/delete-files/plugin'
import namespaceDownloadFiles from './plugins/core/namespace/download-files/plugin'
import namespacePurgeFiles from './plugins/core/namespace/purge-files/plugin'
import namespaceUploadFiles from './plugins/core/namespace/upload-files/plugin'
import outputOutputValues from './plugins/core/output/output-values/plugin'
import runnerProcess from './plugins/core/runner/process/plugin'
import stateDelete from './plugins/core/state/delete/plugin'
import stateGet from './plugins/core/state/get/plugin'
import stateSet from './plugins/core/state/set/plugin'
import storageConcat from './plugins/core/storage/concat/plugin'
import storageDeduplicateItems from './plugins/core/storage/deduplicate-items/plugin'
import storageDelete from './plugins/core/storage/delete/plugin'
import storageFilterItems from './plugins/core/storage/filter-items/plugin'
import storagePurgeCurrentExecutionFiles from './plugins/core/storage/purge-current-execution-files/plugin'
import storageReverse from './plugins/core/storage/reverse/plugin'
import storageSize from './plugins/core/storage/size/plugin'
import storageSplit from './plugins/core/storage/split/plugin'
import storageWrite from './plugins/core/storage/write/plugin'
import templatingTemplatedTask from './plugins/core/templating/templated-task/plugin'
import triggerFlow from './plugins/core/trigger/flow/plugin'
import triggerSchedule from './plugins/core/trigger/schedule/plugin'
import triggerScheduleOnDates from './plugins/core/trigger/schedule-on-dates/plugin'
import triggerWebhook from './plugins/core/trigger/webhook/plugin'
import eeKubernetesRunnerKubernetes from './plugins/ee/kubernetes/runner/kubernetes/plugin'
import jdbcDuckdbQueries from './plugins/jdbc/duckdb/queries/plugin'
import jdbcDuckdbQuery from './plugins/jdbc/duckdb/query/plugin'
import jdbcPostgresqlQueries from './plugins/jdbc/postgresql/queries/plugin'
import jdbcPostgresqlQuery from './plugins/jdbc/postgresql/query/plugin'
import { commands as scriptsBunCommands, script as scriptsBunScript } from './plugins/scripts/bun/plugin'
import { commands as scriptsDenoCommands, script as scriptsDenoScript } from './plugins/scripts/deno/plugin'
import { commands as scriptsDotnetCommands, script as scriptsDotnetScript } from './plugins/scripts/dotnet/plugin'
import { commands as scriptsGoCommands, script as scriptsGoScript } from './plugins/scripts/go/plugin'
import { commands as scriptsGroovyCommands, script as scriptsGroovyScript } from './plugins/scripts/groovy/plugin'
import { commands as scriptsJbangCommands, script as scriptsJbangScript } from './plugins/scripts/jbang/plugin'
import { commands as scriptsJuliaCommands, script as scriptsJuliaScript } from './plugins/scripts/julia/plugin'
import { commands as scriptsLuaCommands, script as scriptsLuaScript } from './plugins/scripts/lua/plugin'
import { commands as scriptsNodeCommands, script as scriptsNodeScript } from './plugins/scripts/node/plugin'
import { commands as scriptsPerlCommands, script as scriptsPerlScript } from './plugins/scripts/perl/plugin'
import { commands as scriptsPhpCommands, script as scriptsPhpScript } from './plugins/scripts/php/plugin'
import {
  commands as scriptsPowershellCommands,
  script as scriptsPowershellScript,
} from './plugins/scripts/powershell/plugin'
import { commands as scriptsPythonCommands, script as scriptsPythonScript } from './plugins/scripts/python/plugin'
import { commands as scriptsRCommands, script as scriptsRScript } from './plugins/scripts/r/plugin'
import { commands as scriptsRubyCommands, script as scriptsRubyScript } from './plugins/scripts/ruby/plugin'
import scriptsRunnerDocker from './plugins/scripts/runner/docker/plugin'
import { commands as scriptsShellCommands, script as scriptsShellScript } from './plugins/scripts/shell/plugin'
import serdesCsvCsvToIon from './plugins/serdes/csv/csv-to-ion/plugin'
import serdesCsvIonToCsv from './plugins/serdes/csv/ion-to-csv/plugin'
import serdesJsonIonToJson from './plugins/serdes/json/ion-to-json/plugin'
import serdesJsonJsonToIon from './plugins/serdes/json/json-to-ion/plugin'
import serdesJsonJsonToJsonl from './plugins/serdes/json/json-to-jsonl/plugin'

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
  executionPurgeExecutions,
  executionSetVariables,
  executionUnsetVariables,
  flowAllowFailure,
  flowDag,
  flowEachParallel,
  flowEachSequential,
  flowForEach,
  flowForEachItem,
  flowIf,
  flowLoop,
  flowLoopUntil,
  flowParallel,
  flowPause,
  flowSequential,
  flowSleep,
  flowSubflow,
  flowSwitch,
  flowWorkingDirectory,
  httpDownload,
  httpRequest,
  httpSseRequest,
  kvDelete,
  kvGet,
  kvGetKeys,
  kvPurgeKv,
  kvPut,
  kvSet,
  logLog,
  logPurgeLogs,
  metricPublish,
  namespaceDeleteFiles,
  namespaceDownloadFiles,
  namespacePurgeFiles,
  namespaceUploadFiles,
  outputOutputValues,
  runnerProcess,
  stateDelete,
  stateGet,
  stateSet,
  storageConcat,
  storageDeduplicateItems,
  storageDelete,
  storageFilterItems,
  storagePurgeCurrentExecutionFiles,
  storageReverse,
  storageSize,
  storageSplit,
  storageWrite,
  templatingTemplatedTask,
  triggerFlow,
  triggerSchedule,
  triggerScheduleOnDates,
  triggerWebhook,
  eeKubernetesRunnerKubernetes,
  jdbcDuckdbQueries,
  jdbcDuckdbQuery,
  jdbcPostgresqlQueries,
  jdbcPostgresqlQuery,
  scriptsBunCommands,
  scriptsBunScript,
  scriptsDenoCommands,
  scriptsDenoScript,
  scriptsDotnetCommands,
  scriptsDotnetScript,
  scriptsGoCommands,
  scriptsGoScript,
  scriptsGroovyCommands,
  scriptsGroovyScript,
  scriptsJbangCommands,
  scriptsJbangScript,
  scriptsJuliaCommands,
  scriptsJuliaScript,
  scriptsLuaCommands,
  scriptsLuaScript,
  scriptsNodeCommands,
  scriptsNodeScript,
  scriptsPerlCommands,
  scriptsPerlScript,
  scriptsPhpCommands,
  scriptsPhpScript,
  scriptsPowershellCommands,
  scriptsPowershellScript,
  scriptsPythonCommands,
  scriptsPythonScript,
  scriptsRCommands,
  scriptsRScript,
  scriptsRubyCommands,
  scriptsRubyScript,
  scriptsRunnerDocker,
  scriptsShellCommands,
  scriptsShellScript,
  serdesCsvCsvToIon,
  serdesCsvIonToCsv,
  serdesJsonIonToJson,
  serdesJsonJsonToIon,
  serdesJsonJsonToJsonl,
]

export const catalog: Catalog = createCatalog(manifests)
