/** `//a//b/` -> `a/b` */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '')
    .join('/')
}

/** How flows name a file of a namespace. */
export function namespaceFileUri(namespace: string, path: string): string {
  return `nsfile://${namespace}/${path.split('/').map(encodeURIComponent).join('/')}`
}
