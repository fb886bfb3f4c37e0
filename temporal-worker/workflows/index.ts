/** The workflows of the bundle; `executeFlow` is `executeFlowName` of the contract. */
export { executeFlow } from './execute-flow'
