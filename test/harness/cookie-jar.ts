/** What a browser does with redirects and cookies, for tests without one. */
export function openCookieJar() {
  const byOrigin = new Map<string, Map<string, string>>()

  const cookiesOf = (url: string) => {
    const { origin } = new URL(url)
    const found = byOrigin.get(origin) ?? new Map<string, string>()
    byOrigin.set(origin, found)
    return found
  }
  const headerOf = (url: string) => [...cookiesOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')

  /** Takes a cookie as `Set-Cookie` gives it; one without a value goes. */
  function keep(url: string, line: string): void {
    const [pair = ''] = line.split(';')
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (value === '') cookiesOf(url).delete(name)
    else cookiesOf(url).set(name, value)
  }

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', headerOf(url))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) keep(url, line)
    return response
  }

  return {
    headerOf,
    keep,
    send,
    /** Follows redirects; the addresses on the way, the last one being where it ends. */
    async follow(url: string): Promise<string[]> {
      const visited = [url]
      for (let hop = 0; hop < 20; hop++) {
        const here = visited.at(-1) ?? url
        const next = (await send(here)).headers.get('location')
        if (next === null) return visited
        visited.push(new URL(next, here).href)
      }
      throw new Error(`redirected for ever: ${visited.join(' -> ')}`)
    },
  }
}
export type CookieJar = ReturnType<typeof openCookieJar>
