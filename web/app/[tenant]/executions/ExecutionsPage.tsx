import { commonText } from '#text/common'
import { ExecutionList } from '#ui/execution/ExecutionList'
import { PageHeader } from '#ui/shell/PageHeader'

export function ExecutionsPage() {
  return (
    <>
      <PageHeader title={commonText.executions} />
      <ExecutionList />
    </>
  )
}
