/**
 * One way in which a value may stand in a text. Where it was encoded together with what stood beside it, the character
 * of Base64 before or after it holds a part of it, too.
 */
export type Spelling = { text: string; sharesFirst?: boolean; sharesLast?: boolean }

/** Shorter values stand in every other word: these are hidden only where they are the whole text. */
export const shortest = 3

/** Of what an encoding gives: a shorter piece of Base64 stands in every other word, too. */
const shortestPiece = 4

/**
 * All ways in which a secret is looked for: as it is, in Base64 at each of its three alignments (so also with something
 * before and after it), for URLs, JSON, HTML and a shell, in hex, and reversed.
 */
export function spellingsOf(secret: string): Spelling[] {
  const found = new Map<string, Spelling>()
  for (const value of valuesWithin(secret)) {
    if (value.length < shortest) continue
    const encoded = [...forUrls(value), ...forJson(value), ...forMarkup(value), ...inHex(value), reversed(value)]
    const texts = [value, ...encoded].map(text => ({ text }))
    for (const spelling of [...texts, ...inBase64(value)]) found.set(spelling.text, spelling)
  }
  return [...found.values()]
}

/** Lines of logs and fields of JSON hold parts of a secret, and these give it away. */
function valuesWithin(secret: string): Set<string> {
  const lines = secret.split(/\r?\n/).map(line => line.trim())
  const isTelling = (line: string) => line.length >= shortestPart && !line.startsWith('-----')
  return new Set([
    secret,
    secret.trim(),
    lines.join(''),
    ...(lines.length > 1 ? lines.filter(isTelling) : []),
    ...sensitiveFields(secret),
  ])
}

/** A part of a secret is one by itself from here on. */
const shortestPart = 8

const sensitiveName = /pass|pwd|secret|token|key|credential|auth/i

/** A secret may be a JSON document (credentials of a cloud): what its names say to be secret is, alone, too. */
function sensitiveFields(text: string): string[] {
  if (!text.trimStart().startsWith('{')) return []
  try {
    return Object.entries(JSON.parse(text) as object)
      .filter(([name, value]) => sensitiveName.test(name) && typeof value === 'string' && value.length >= shortestPart)
      .flatMap(([, value]: [string, string]) => [value, ...value.split('\n').filter(line => line.length >= 32)])
      .filter(value => !value.startsWith('-----') || value.length > 64)
  } catch {
    return []
  }
}

function inBase64(value: string): Spelling[] {
  const bytes = Buffer.from(value)
  return [0, 1, 2].flatMap(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // Characters that hold nothing but the value; the one at each end may hold bits of a neighbour.
    const first = Math.ceil((offset * 8) / 6)
    const core = text.slice(first, Math.floor(((offset + bytes.length) * 8) / 6))
    if (core.length < shortestPiece) return []
    const shares = { sharesFirst: offset !== 0, sharesLast: (offset + bytes.length) % 3 !== 0 }
    const urlSafe = core.replaceAll('+', '-').replaceAll('/', '_')
    return [core, urlSafe].map(piece => ({ text: piece, ...shares }))
  })
}

function forUrls(value: string): string[] {
  // A half of a character, which no URL can hold, is lost as it is in UTF-8.
  const wellFormed = Buffer.from(value).toString()
  const component = encodeURIComponent(wellFormed)
  const strict = component.replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const whole = Buffer.from(wellFormed).toString('hex').replace(/../g, '%$&')
  const texts = [component, strict, encodeURI(wellFormed), component.replaceAll('%20', '+')]
  texts.push(strict.replaceAll('%20', '+'), whole.toUpperCase())
  return texts.flatMap(text => [text, text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())])
}

function forJson(value: string): string[] {
  const plain = inJson(value)
  const escapes = (text: string, write: (hex: string) => string) =>
    text.replace(/[^\x20-\x7e]/g, char => `\\u${write(char.charCodeAt(0).toString(16).padStart(4, '0'))}`)
  const texts = [plain, escapes(plain, hex => hex), escapes(plain, hex => hex.toUpperCase())]
  return texts.flatMap(text => [text, text.replaceAll('/', '\\/'), inJson(text)])
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function forMarkup(value: string): string[] {
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = html.replaceAll('"', '&quot;')
  const quotes = ['&#39;', '&#x27;', '&apos;'].map(quote => quoted.replaceAll("'", quote))
  return [html, quoted, ...quotes, value.replaceAll("'", "'\\''"), value.replaceAll("'", `'"'"'`)]
}

function inHex(value: string): string[] {
  const hex = Buffer.from(value).toString('hex')
  return [hex, hex.toUpperCase()]
}

function reversed(value: string): string {
  return [...value].reverse().join('')
}
