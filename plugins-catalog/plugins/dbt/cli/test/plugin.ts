import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Test`. */
export default defineDbtTask('Test', 'test')
