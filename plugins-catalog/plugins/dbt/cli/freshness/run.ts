import { runDbtTask } from '../shared/run-dbt-task'

export default runDbtTask('source freshness')
