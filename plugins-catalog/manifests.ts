/**
 * Every plugin that a flow may name. The list is static, since it must load in a browser, too;
 * `catalog.test.ts` compares it with the folders on disk.
 */
import { type Catalog, createCatalog } from '#language/catalog'
import type { PluginDefinition } from '#language/define-plugin'
import awsS3Copy from './plugins/aws/s3/copy/plugin'
import awsS3CreateBucket from './plugins/aws/s3/create-bucket/plugin'
import awsS3Delete from './plugins/aws/s3/delete/plugin'
import awsS3DeleteList from './plugins/aws/s3/delete-list/plugin'
import awsS3Download from './plugins/aws/s3/download/plugin'
import awsS3Downloads from './plugins/aws/s3/downloads/plugin'
import awsS3List from './plugins/aws/s3/list/plugin'
import awsS3Trigger from './plugins/aws/s3/trigger/plugin'
import awsS3Upload from './plugins/aws/s3/upload/plugin'
import conditionDateTimeBetween from './plugins/core/condition/date-time-between/plugin'
import conditionDayWeek from './plugins/core/condition/day-week/plugin'
import conditionDayWeekInMonth from './plugins/core/condition/day-week-in-month/plugin'
import conditionExecutionFlow from './plugins/core/condition/execution-flow/plugin'
import conditionExecutionLabels from './plugins/core/condition/execution-labels/plugin'
import conditionExecutionNamespace from './plugins/core/condition/execution-namespace/plugin'
import conditionExecutionOutputs from './plugins/core/condition/execution-outputs/plugin'
import conditionExecutionStatus from './plugins/core/condition/execution-status/plugin'
import conditionExpression from './plugins/core/condition/expression/plugin'
import conditionFlowCondition from './plugins/core/condition/flow-condition/plugin'
import conditionFlowNamespaceCondition from './plugins/core/condition/flow-namespace-condition/plugin'
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
import executionCount from './plugins/core/execution/count/plugin'
import executionExit from './plugins/core/execution/exit/plugin'
import executionFail from './plugins/core/execution/fail/plugin'
import executionLabels from './plugins/core/execution/labels/plugin'
import executionPurgeExecutions from './plugins/core/execution/purge-executions/plugin'
import executionResume from './plugins/core/execution/resume/plugin'
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
import httpTrigger from './plugins/core/http/trigger/plugin'
import kvDelete from './plugins/core/kv/delete/plugin'
import kvGet from './plugins/core/kv/get/plugin'
import kvGetKeys from './plugins/core/kv/get-keys/plugin'
import kvPurgeKv from './plugins/core/kv/purge-kv/plugin'
import kvPut from './plugins/core/kv/put/plugin'
import kvSet from './plugins/core/kv/set/plugin'
import logFetch from './plugins/core/log/fetch/plugin'
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
import storageLocalFiles from './plugins/core/storage/local-files/plugin'
import storagePurgeCurrentExecutionFiles from './plugins/core/storage/purge-current-execution-files/plugin'
import storageReverse from './plugins/core/storage/reverse/plugin'
import storageSize from './plugins/core/storage/size/plugin'
import storageSplit from './plugins/core/storage/split/plugin'
import storageWrite from './plugins/core/storage/write/plugin'
import templatingTemplatedTask from './plugins/core/templating/templated-task/plugin'
import triggerFlow from './plugins/core/trigger/flow/plugin'
import triggerSchedule from './plugins/core/trigger/schedule/plugin'
import triggerScheduleOnDates from './plugins/core/trigger/schedule-on-dates/plugin'
import triggerToggle from './plugins/core/trigger/toggle/plugin'
import triggerWebhook from './plugins/core/trigger/webhook/plugin'
import dbtCliBuild from './plugins/dbt/cli/build/plugin'
import dbtCliCompile from './plugins/dbt/cli/compile/plugin'
import dbtCliDbtCLI from './plugins/dbt/cli/dbt-cli/plugin'
import dbtCliDeps from './plugins/dbt/cli/deps/plugin'
import dbtCliFreshness from './plugins/dbt/cli/freshness/plugin'
import dbtCliList from './plugins/dbt/cli/list/plugin'
import dbtCliRun from './plugins/dbt/cli/run/plugin'
import dbtCliSeed from './plugins/dbt/cli/seed/plugin'
import dbtCliSnapshot from './plugins/dbt/cli/snapshot/plugin'
import dbtCliTest from './plugins/dbt/cli/test/plugin'
import eeAwsRunnerBatch from './plugins/ee/aws/runner/batch/plugin'
import eeAzureRunnerBatch from './plugins/ee/azure/runner/batch/plugin'
import eeGcpRunnerBatch from './plugins/ee/gcp/runner/batch/plugin'
import eeGcpRunnerCloudRun from './plugins/ee/gcp/runner/cloud-run/plugin'
import eeKubernetesRunnerKubernetes from './plugins/ee/kubernetes/runner/kubernetes/plugin'
import fsLocalCopy from './plugins/fs/local/copy/plugin'
import fsLocalDelete from './plugins/fs/local/delete/plugin'
import fsLocalDownload from './plugins/fs/local/download/plugin'
import fsLocalDownloads from './plugins/fs/local/downloads/plugin'
import fsLocalList from './plugins/fs/local/list/plugin'
import fsLocalMove from './plugins/fs/local/move/plugin'
import fsLocalTrigger from './plugins/fs/local/trigger/plugin'
import fsLocalUpload from './plugins/fs/local/upload/plugin'
import fsLocalUploads from './plugins/fs/local/uploads/plugin'
import fsSftpDelete from './plugins/fs/sftp/delete/plugin'
import fsSftpDownload from './plugins/fs/sftp/download/plugin'
import fsSftpDownloads from './plugins/fs/sftp/downloads/plugin'
import fsSftpList from './plugins/fs/sftp/list/plugin'
import fsSftpMove from './plugins/fs/sftp/move/plugin'
import fsSftpTrigger from './plugins/fs/sftp/trigger/plugin'
import fsSftpUpload from './plugins/fs/sftp/upload/plugin'
import fsSftpUploads from './plugins/fs/sftp/uploads/plugin'
import jdbcDuckdbQueries from './plugins/jdbc/duckdb/queries/plugin'
import jdbcDuckdbQuery from './plugins/jdbc/duckdb/query/plugin'
import jdbcDuckdbTrigger from './plugins/jdbc/duckdb/trigger/plugin'
import jdbcPostgresqlQueries from './plugins/jdbc/postgresql/queries/plugin'
import jdbcPostgresqlQuery from './plugins/jdbc/postgresql/query/plugin'
import jdbcPostgresqlTrigger from './plugins/jdbc/postgresql/trigger/plugin'
import redisListPop from './plugins/redis/list/pop/plugin'
import redisListPush from './plugins/redis/list/push/plugin'
import redisListRealtimeTrigger from './plugins/redis/list/realtime-trigger/plugin'
import redisListTrigger from './plugins/redis/list/trigger/plugin'
import redisStringDelete from './plugins/redis/string/delete/plugin'
import redisStringGet from './plugins/redis/string/get/plugin'
import redisStringSet from './plugins/redis/string/set/plugin'
import {
  commands as scriptsBunCommands,
  commandsTrigger as scriptsBunCommandsTrigger,
  script as scriptsBunScript,
  scriptTrigger as scriptsBunScriptTrigger,
} from './plugins/scripts/bun/plugin'
import {
  commands as scriptsDenoCommands,
  commandsTrigger as scriptsDenoCommandsTrigger,
  script as scriptsDenoScript,
  scriptTrigger as scriptsDenoScriptTrigger,
} from './plugins/scripts/deno/plugin'
import {
  commands as scriptsDotnetCommands,
  commandsTrigger as scriptsDotnetCommandsTrigger,
  script as scriptsDotnetScript,
  scriptTrigger as scriptsDotnetScriptTrigger,
} from './plugins/scripts/dotnet/plugin'
import {
  commands as scriptsGoCommands,
  commandsTrigger as scriptsGoCommandsTrigger,
  script as scriptsGoScript,
  scriptTrigger as scriptsGoScriptTrigger,
} from './plugins/scripts/go/plugin'
import {
  commands as scriptsGroovyCommands,
  commandsTrigger as scriptsGroovyCommandsTrigger,
  script as scriptsGroovyScript,
  scriptTrigger as scriptsGroovyScriptTrigger,
} from './plugins/scripts/groovy/plugin'
import {
  commands as scriptsJbangCommands,
  commandsTrigger as scriptsJbangCommandsTrigger,
  script as scriptsJbangScript,
  scriptTrigger as scriptsJbangScriptTrigger,
} from './plugins/scripts/jbang/plugin'
import {
  commands as scriptsJuliaCommands,
  commandsTrigger as scriptsJuliaCommandsTrigger,
  script as scriptsJuliaScript,
  scriptTrigger as scriptsJuliaScriptTrigger,
} from './plugins/scripts/julia/plugin'
import {
  commands as scriptsLuaCommands,
  commandsTrigger as scriptsLuaCommandsTrigger,
  script as scriptsLuaScript,
  scriptTrigger as scriptsLuaScriptTrigger,
} from './plugins/scripts/lua/plugin'
import {
  commands as scriptsNodeCommands,
  commandsTrigger as scriptsNodeCommandsTrigger,
  script as scriptsNodeScript,
  scriptTrigger as scriptsNodeScriptTrigger,
} from './plugins/scripts/node/plugin'
import {
  commands as scriptsPerlCommands,
  commandsTrigger as scriptsPerlCommandsTrigger,
  script as scriptsPerlScript,
  scriptTrigger as scriptsPerlScriptTrigger,
} from './plugins/scripts/perl/plugin'
import {
  commands as scriptsPhpCommands,
  commandsTrigger as scriptsPhpCommandsTrigger,
  script as scriptsPhpScript,
  scriptTrigger as scriptsPhpScriptTrigger,
} from './plugins/scripts/php/plugin'
import {
  commands as scriptsPowershellCommands,
  commandsTrigger as scriptsPowershellCommandsTrigger,
  script as scriptsPowershellScript,
  scriptTrigger as scriptsPowershellScriptTrigger,
} from './plugins/scripts/powershell/plugin'
import {
  commands as scriptsPythonCommands,
  commandsTrigger as scriptsPythonCommandsTrigger,
  script as scriptsPythonScript,
  scriptTrigger as scriptsPythonScriptTrigger,
} from './plugins/scripts/python/plugin'
import {
  commands as scriptsRCommands,
  commandsTrigger as scriptsRCommandsTrigger,
  script as scriptsRScript,
  scriptTrigger as scriptsRScriptTrigger,
} from './plugins/scripts/r/plugin'
import {
  commands as scriptsRubyCommands,
  commandsTrigger as scriptsRubyCommandsTrigger,
  script as scriptsRubyScript,
  scriptTrigger as scriptsRubyScriptTrigger,
} from './plugins/scripts/ruby/plugin'
import scriptsRunnerDocker from './plugins/scripts/runner/docker/plugin'
import {
  commands as scriptsShellCommands,
  commandsTrigger as scriptsShellCommandsTrigger,
  script as scriptsShellScript,
  scriptTrigger as scriptsShellScriptTrigger,
} from './plugins/scripts/shell/plugin'
import serdesCsvCsvToIon from './plugins/serdes/csv/csv-to-ion/plugin'
import serdesCsvIonToCsv from './plugins/serdes/csv/ion-to-csv/plugin'
import serdesJsonIonToJson from './plugins/serdes/json/ion-to-json/plugin'
import serdesJsonJsonToIon from './plugins/serdes/json/json-to-ion/plugin'
import serdesJsonJsonToJsonl from './plugins/serdes/json/json-to-jsonl/plugin'

export const manifests: readonly PluginDefinition[] = [
  awsS3Copy,
  awsS3CreateBucket,
  awsS3Delete,
  awsS3DeleteList,
  awsS3Download,
  awsS3Downloads,
  awsS3List,
  awsS3Trigger,
  awsS3Upload,
  conditionDateTimeBetween,
  conditionDayWeek,
  conditionDayWeekInMonth,
  conditionExecutionFlow,
  conditionExecutionLabels,
  conditionExecutionNamespace,
  conditionExecutionOutputs,
  conditionExecutionStatus,
  conditionExpression,
  conditionFlowCondition,
  conditionFlowNamespaceCondition,
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
  executionCount,
  executionExit,
  executionFail,
  executionLabels,
  executionPurgeExecutions,
  executionResume,
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
  httpTrigger,
  kvDelete,
  kvGet,
  kvGetKeys,
  kvPurgeKv,
  kvPut,
  kvSet,
  logFetch,
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
  storageLocalFiles,
  storageReverse,
  storageSize,
  storageSplit,
  storageWrite,
  templatingTemplatedTask,
  triggerFlow,
  triggerSchedule,
  triggerScheduleOnDates,
  triggerToggle,
  triggerWebhook,
  dbtCliBuild,
  dbtCliCompile,
  dbtCliDbtCLI,
  dbtCliDeps,
  dbtCliFreshness,
  dbtCliList,
  dbtCliRun,
  dbtCliSeed,
  dbtCliSnapshot,
  dbtCliTest,
  eeAwsRunnerBatch,
  eeAzureRunnerBatch,
  eeGcpRunnerBatch,
  eeGcpRunnerCloudRun,
  eeKubernetesRunnerKubernetes,
  fsLocalCopy,
  fsLocalDelete,
  fsLocalDownload,
  fsLocalDownloads,
  fsLocalList,
  fsLocalMove,
  fsLocalTrigger,
  fsLocalUpload,
  fsLocalUploads,
  fsSftpDelete,
  fsSftpDownload,
  fsSftpDownloads,
  fsSftpList,
  fsSftpMove,
  fsSftpTrigger,
  fsSftpUpload,
  fsSftpUploads,
  jdbcDuckdbQueries,
  jdbcDuckdbQuery,
  jdbcDuckdbTrigger,
  jdbcPostgresqlQueries,
  jdbcPostgresqlQuery,
  jdbcPostgresqlTrigger,
  redisListPop,
  redisListPush,
  redisListRealtimeTrigger,
  redisListTrigger,
  redisStringDelete,
  redisStringGet,
  redisStringSet,
  scriptsBunCommands,
  scriptsBunCommandsTrigger,
  scriptsBunScript,
  scriptsBunScriptTrigger,
  scriptsDenoCommands,
  scriptsDenoCommandsTrigger,
  scriptsDenoScript,
  scriptsDenoScriptTrigger,
  scriptsDotnetCommands,
  scriptsDotnetCommandsTrigger,
  scriptsDotnetScript,
  scriptsDotnetScriptTrigger,
  scriptsGoCommands,
  scriptsGoCommandsTrigger,
  scriptsGoScript,
  scriptsGoScriptTrigger,
  scriptsGroovyCommands,
  scriptsGroovyCommandsTrigger,
  scriptsGroovyScript,
  scriptsGroovyScriptTrigger,
  scriptsJbangCommands,
  scriptsJbangCommandsTrigger,
  scriptsJbangScript,
  scriptsJbangScriptTrigger,
  scriptsJuliaCommands,
  scriptsJuliaCommandsTrigger,
  scriptsJuliaScript,
  scriptsJuliaScriptTrigger,
  scriptsLuaCommands,
  scriptsLuaCommandsTrigger,
  scriptsLuaScript,
  scriptsLuaScriptTrigger,
  scriptsNodeCommands,
  scriptsNodeCommandsTrigger,
  scriptsNodeScript,
  scriptsNodeScriptTrigger,
  scriptsPerlCommands,
  scriptsPerlCommandsTrigger,
  scriptsPerlScript,
  scriptsPerlScriptTrigger,
  scriptsPhpCommands,
  scriptsPhpCommandsTrigger,
  scriptsPhpScript,
  scriptsPhpScriptTrigger,
  scriptsPowershellCommands,
  scriptsPowershellCommandsTrigger,
  scriptsPowershellScript,
  scriptsPowershellScriptTrigger,
  scriptsPythonCommands,
  scriptsPythonCommandsTrigger,
  scriptsPythonScript,
  scriptsPythonScriptTrigger,
  scriptsRCommands,
  scriptsRCommandsTrigger,
  scriptsRScript,
  scriptsRScriptTrigger,
  scriptsRubyCommands,
  scriptsRubyCommandsTrigger,
  scriptsRubyScript,
  scriptsRubyScriptTrigger,
  scriptsRunnerDocker,
  scriptsShellCommands,
  scriptsShellCommandsTrigger,
  scriptsShellScript,
  scriptsShellScriptTrigger,
  serdesCsvCsvToIon,
  serdesCsvIonToCsv,
  serdesJsonIonToJson,
  serdesJsonJsonToIon,
  serdesJsonJsonToJsonl,
]

export const catalog: Catalog = createCatalog(manifests)
