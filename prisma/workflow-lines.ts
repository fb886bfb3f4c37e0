/** Numbers of log lines from here on are the workflow's own; those of a task's attempt are lower. Both write for one. */
export const workflowLines = 1_000_000_000
