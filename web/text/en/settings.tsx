import type { ReactNode } from 'react'

const days = (count: number | null) => (count === null ? undefined : `${count} days`)

/** Of the settings of a tenant: general, audit log, plan and usage, API tokens (`settings`). */
export const settingsText = {
  auditLog: 'Audit log',
  export: 'Export',
  searchChanges: 'Search what was changed',
  kindOfChange: 'Kind of change',
  allChanges: 'All changes',
  nothingNoted: 'Nothing noted',
  whatIsNoted: 'Changes of flows, secrets, members and roles, and who started what, appear here.',
  logIsWhole: 'Whole: no entry was changed or removed.',
  brokenAt: (entry: string) => `Broken at entry ${entry}: it or the one before it was changed or removed.`,
  verify: 'Verify',
  when: 'When',
  who: 'Who',
  what: 'What',
  byToken: (token: string) => `by token ${token}`,
  details: 'Details',
  detailsOf: (action: string, target: string) => `Details of ${action} ${target}`,
  hash: 'hash',
  planAndUsage: 'Plan and usage',
  paymentIsOnItsWay: 'Stripe tells us of your payment in a moment: load the page again to see your plan.',
  executionsThisMonth: 'Executions this month',
  runningNow: 'Running now',
  limits: 'Limits',
  planKeeps: (plan: ReactNode, executionDays: number | null, auditDays: number | null, waiting: string | undefined) => (
    <>
      Plan {plan}. Executions are kept: {days(executionDays) ?? 'for ever'}; the audit log:{' '}
      {days(auditDays) ?? 'for ever'}.{waiting !== undefined && ` ${waiting} executions wait until the plan has room.`}
    </>
  ),
  /** `used` is large; the rest, in `small`, is not. */
  usedOfLimit: (used: string, limit: string | undefined, small: (text: string) => ReactNode) => (
    <>
      {used}
      {small(limit === undefined ? ' no limit' : ` of ${limit}`)}
    </>
  ),
  usedOf: (used: string, limit: string) => `${used} of ${limit}`,
  noLimit: 'No limit',
  executionsAMonth: 'Executions a month',
  executionsAtOnce: 'Executions at once',
  executionsAreKept: 'Executions are kept',
  auditLogIsKept: 'Audit log is kept',
  plans: 'Plans',
  limit: 'Limit',
  yourPlan: '(yours)',
  operatorSetsPlans: 'The operator of this installation sets its plans: ask them for another one.',
  ownerChangesPlan: 'An owner of the tenant can change its plan.',
  changeSubscriptionUnder: 'Change or cancel the subscription under “Invoices and payment”.',
  invoicesAndPayment: 'Invoices and payment',
  upgradeTo: (plan: string) => `Upgrade to ${plan}`,
  executionsADayInWords: (total: string, count: number, most: string) =>
    `Executions a day: ${total} in ${count} days, at most ${most} in one`,
  executionsADay: 'Executions a day',
  inAll: (total: string) => `${total} in all`,
  usage: 'Usage',
  span: 'Span',
  lastDays: (count: number) => `Last ${count} days`,
  nothingUsedYet: 'Nothing used yet',
  whatIsCounted: 'Executions that ended, the time of their tasks and the files they keep are counted here.',
  timeOfTasks: 'Time of tasks',
  days: (count: number | null) => days(count) ?? 'For ever',
  aYear: 'A year',
  askDeleteTenant: (name: string) => `Delete ${name}?`,
  deleteForEver: 'Delete for ever',
  whatGoesWithTenant: (name: string, slug: string) =>
    `Flows, executions, logs, files, secrets and members of ${name} go, and can't be brought back. Only the audit log stays, with the operator of this installation. Nobody can take the address ${slug} again.`,
  typeAddressToConfirm: (slug: string) => `Type the address ${slug} to confirm`,
  settings: 'Settings',
  addressStays: (slug: string) => `Its address, ${slug}, stays as it is: links and webhooks go on to work.`,
  whatExportHolds:
    'One archive: flows with all revisions, files, KV entries, what namespaces say, members and roles. Of secrets only the names.',
  owner: 'Owner',
  whatTransferDoes: 'Hand the tenant over to another member. You stay as an admin.',
  transferOwnership: 'Transfer ownership',
  whatDeletingDoes:
    'Nobody can enter it from then on, what runs is stopped, and all of it goes for good. Export it first.',
  deleteThisTenant: 'Delete this tenant',
  renamedTheTenant: 'Renamed the tenant',
  rename: 'Rename',
  handedTheTenantOver: 'Handed the tenant over',
  transfer: 'Transfer',
  newOwner: 'New owner',
  noOtherMember: 'There is no other member yet: invite one first.',
  chooseAMember: 'Choose a member',
  typeNameToConfirm: (name: string) => `Type the name ${name} to confirm`,
  never: 'Never',
  allThatYouMay: 'All that you may do',
  lookAndChangeNothing: 'Look, and change nothing',
  whatYouChoose: 'What you choose',
  copyYourToken: 'Copy your token',
  shownOnce: 'This is the only time it is shown. Keep it where secrets belong.',
  newApiToken: 'New API token',
  createToken: 'Create token',
  tokenNameHelp: 'What uses it, so that you know later what to revoke.',
  tokenNameExample: 'CI',
  expiresAfter: 'Expires after',
  whatItMayDo: 'What it may do',
  neverMoreThanYou: 'Never more than you: what you lose, it loses.',
  onlyInNamespaces: 'Only in the namespaces',
  onlyInNamespacesHelp: 'With those below them; commas between them.',
  newToken: 'New token',
  apiTokens: 'API tokens',
  noTokens: 'No tokens',
  whatTokensAre: 'A token lets scripts and CI call the API as you: send it as “Authorization: Bearer …”.',
  token: 'Token',
  may: 'May',
  lastUsed: 'Last used',
  expires: 'Expires',
  revokeNamed: (name: string) => `Revoke ${name}`,
  revoke: 'Revoke',
  askRevoke: (name: string) => `Revoke ${name}?`,
  whatRevokingDoes: 'Whatever uses it is refused from now on.',
  /** What a token may do, and in which namespaces: `2 permissions in company.team` */
  scope: (permissions: number | undefined, namespaces: string | undefined) => {
    const what =
      permissions === undefined ? 'All you may' : permissions === 1 ? '1 permission' : `${permissions} permissions`
    return namespaces === undefined ? what : `${what} in ${namespaces}`
  },
  revokedTheToken: 'Revoked the token',
}
