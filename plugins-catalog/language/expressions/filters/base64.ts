const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Written out, because a workflow has neither Buffer nor btoa. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3)
    const group = (first << 16) | (second << 8) | third
    const missing = Math.max(0, index + 3 - bytes.length)
    for (let digit = 0; digit < 4 - missing; digit += 1) text += alphabet.charAt((group >> (18 - digit * 6)) & 63)
    text += '='.repeat(missing)
  }
  return text
}

/** The bytes, or undefined where the text is not Base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/={0,2}$/, '')
  if (digits.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let group = 0
  for (let index = 0, at = 0; index < digits.length; index += 1) {
    const value = alphabet.indexOf(digits.charAt(index))
    if (value < 0) return undefined
    group = ((group << 6) | value) & 0xffffff
    const bits = (index % 4) * 6 + 6
    if (index % 4 > 0) bytes[at++] = (group >> (bits % 8)) & 255
  }
  return bytes
}
