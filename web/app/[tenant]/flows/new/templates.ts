/** What a new flow starts from that is made of no blueprint. */
export const emptyFlow = `id: my_flow
namespace: company.team

tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello, {{ flow.id }}!
`
