/** The workflows of the bundle; their names are those of the contract. */
export { executeFlow } from './execute-flow'
export { lookAtTrigger } from './look-at-trigger'
