/** `withExtension('content', 'txt')` -> `content.txt` */
export function withExtension(name: string, extension: string): string {
  const clean = extension.replaceAll(/[/\\]/g, '').trim()
  return clean === '' || clean.startsWith('.') ? name + clean : `${name}.${clean}`
}
