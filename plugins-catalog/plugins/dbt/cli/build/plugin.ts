import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Build`. */
export default defineDbtTask('Build', 'build')
