import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Snapshot`. */
export default defineDbtTask('Snapshot', 'snapshot')
