import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Freshness`. */
export default defineDbtTask('Freshness', 'source freshness')
