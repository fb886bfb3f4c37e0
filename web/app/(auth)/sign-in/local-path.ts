/** Where to go after sign-in: a path of this site, whatever the address asked for. */
export function localPath(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/'
  // `//host` and `/\host` are other sites to a browser.
  return /^\/[/\\]/.test(next) ? '/' : next
}
