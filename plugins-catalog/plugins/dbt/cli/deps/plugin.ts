import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Deps`. */
export default defineDbtTask('Deps', 'deps')
