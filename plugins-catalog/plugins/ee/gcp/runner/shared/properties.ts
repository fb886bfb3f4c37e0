import { bool, duration, list, text } from '#language/fields'

/** How the runners of Google reach it. */
export const connectionProperties = {
  projectId: text().optional().meta({ description: 'That of the key by default.' }),
  region: text().meta({ description: 'Such as europe-west9.' }),
  bucket: text().optional().meta({
    description:
      'Needed: a bucket of Cloud Storage, through which command, environment, files and log travel, so that no secret stands in the job. What was put there is removed at the end.',
  }),
  serviceAccount: text().optional().meta({
    description:
      "The JSON key of a service account; keep it as a secret of the namespace. Without one, the key file of the worker's machine, if its operator lets tasks use it.",
  }),
  impersonatedServiceAccount: text().optional().meta({ description: 'Who to act as where jobs are made.' }),
  scopes: list(text()).optional(),
}

export const waitProperties = {
  waitUntilCompletion: duration()
    .meta({ description: 'Fails if it has not ended by then; the timeout of the task wins.' })
    .default('PT1H'),
  completionCheckInterval: duration().meta({ description: 'How often to ask Google for the job.' }).default('PT5S'),
  waitForLogInterval: duration().optional().meta({ description: 'Not needed: the log comes from the job itself.' }),
  delete: bool().meta({ description: 'Whether the job is removed at the end.' }).default(true),
  resume: bool().meta({ description: 'Whether a restarted worker finds the job again.' }).default(true),
  syncWorkingDirectory: bool().optional().meta({ description: 'Changes nothing here: name the files in outputFiles.' }),
}

/** For the description of each. */
export const recordedOnly =
  'Tested against recorded exchanges of the documented APIs only, not yet on a real account: tell us how it went.'
