import { bool, text } from '#language/fields'

/** Which state a task is about. */
export const stateProperties = {
  name: text().default('default').meta({ description: 'The name of the state.' }),
  namespace: bool().default(false).meta({ description: "Shared by the namespace's flows, instead of the flow's own." }),
  taskrunValue: bool().default(true).meta({ description: 'In a loop, one state for each value.' }),
}

export const insteadOfState = 'States are KV entries; use io.kestra.plugin.core.kv.Set, Get and Delete.'

export const exampleFlow = (id: string, tasks: string) => `id: ${id}
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.state.Set
    data:
      last_id: 42
${tasks}`
