const wording = 'The log says the same in other words.'
const noInternet = 'The log names the failed request in other words; the test has no internet.'

/** Flows with which we differ from Kestra 1.3 on purpose, or not yet: each with the reason. */
export const intendedDifferences: Readonly<Record<string, string>> = {
  sanity__namespace_files: noInternet,
  sanity__purge_current_execution_files: noInternet,
  'sanity__request-basicauth': noInternet,
  sanity__request_no_options: noInternet,
  'valids__flow-trigger-for-each-item-grandchild':
    'Its FILE input is uploaded through the API, which is not part of this test.',
  'valids__for-each-item-outputs': 'Its FILE input is uploaded through the API, which is not part of this test.',
  'valids__for-each-item-outputs-subflow': wording,
  'valids__if-condition-fail': 'One line of log says why, where Kestra writes three.',
  valids__inputs: 'What a task outputs of a SECRET input is hidden here; Kestra keeps it readable.',
  'valids__replay-revision': wording,
  'valids__restart-child': wording,
  'valids__retry-failed-task-duration':
    'Kestra looks for due retries once a second, so that its intervals are longer than written; ours are exact and one more fits.',
  'valids__subflow-parent-retry':
    "The second attempt of Kestra's subflow carries the whole history; RETRYING shows twice only if the two subflows end apart.",
  'valids__trigger-flow-listener-with-concurrency-limit':
    'Outputs are rendered in the order in which they are written.',
}
