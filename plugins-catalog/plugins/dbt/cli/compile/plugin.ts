import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Compile`. */
export default defineDbtTask('Compile', 'compile')
