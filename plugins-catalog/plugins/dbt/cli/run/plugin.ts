import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Run`. */
export default defineDbtTask('Run', 'run')
