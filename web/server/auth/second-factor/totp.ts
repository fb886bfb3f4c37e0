/** Codes of a device (RFC 6238): six digits of SHA-1 and a step of 30 seconds, which is what every authenticator app takes. */
import { Secret, TOTP } from 'otpauth'

const stepMs = 30_000
/** A device's clock may be off, and a person types slowly: the step before and the one after count, too. */
const window = 1

/** 160 random bits in Base32. */
export function createTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The `otpauth:` address that a device reads from a QR code. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString()
}

/** The step whose code it is, or null. Whoever takes a code must take no other of the same or an earlier step. */
export function stepOfCode(secret: string, code: string, nowMs = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window })
  return delta === null ? null : Math.floor(nowMs / stepMs) + delta
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Millrace', label, secret: Secret.fromBase32(secret), digits: 6, period: 30 })
}
