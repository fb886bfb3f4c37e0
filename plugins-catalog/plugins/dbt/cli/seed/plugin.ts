import { defineDbtTask } from '../shared/define-dbt-task'

/** `io.kestra.plugin.dbt.cli.Seed`. */
export default defineDbtTask('Seed', 'seed')
