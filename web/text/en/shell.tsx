/** What stands around all pages: the side bar, the menus, the first page of whoever has no tenant, errors. */
export const shellText = {
  noTenant: 'You belong to no tenant',
  whatATenantIs: (email: string) =>
    `A tenant holds a team's flows and all they use. Make one, or open the link by which somebody invites you to theirs, signed in as ${email}.`,
  newTenant: 'New tenant',
  signOut: 'Sign out',
  thisPageFailed: 'This page failed',
  ourMistake: (reference: string | undefined) =>
    reference
      ? `It is our mistake, not yours; your flows and runs are not touched. Reference: ${reference}.`
      : 'It is our mistake, not yours; your flows and runs are not touched.',
  tryAgain: 'Try again',
  goToTheStart: 'Go to the start',
  whatMillraceIs: 'Data orchestration: write a flow, run it, watch it.',
  thereIsNothingHere: 'There is nothing here',
  whyNothingIsHere: 'The address is misspelt, or it leads to a tenant you are no member of.',
  tenantNameHelp: 'A team or a company: nothing in it is seen from another tenant.',
  tenantAddressHelp: 'Lower-case letters, digits and dashes. Part of every link; it stays.',
  mainPages: 'Main',
  tenants: 'Tenants',
  settings: 'Settings',
  skipToContent: 'Skip to content',
  menu: 'Menu',
  account: 'Account',
  theme: 'Theme',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  takeTheTour: 'Take the tour',
  linkWasSent: (email: string) => `A link was sent to ${email}. Open it, and this page opens, too.`,
  linkIsInTheLog: (email: string) =>
    `The link for ${email} is in the log of this installation’s server: ask its operator.`,
  notConfirmed: (email: string) => `${email} is not confirmed yet: open the link in our mail.`,
  confirmYourAddress: 'Confirm your e-mail address first',
  dashboard: 'Dashboard',
  concurrency: 'Concurrency',
  auditLog: 'Audit log',
  planAndUsage: 'Plan and usage',
  apiTokens: 'API tokens',
}
