import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.List`. */
export default defineDbtTask('List', 'list')
