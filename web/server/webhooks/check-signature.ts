/** Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors/app-error'

const toleranceS = 5 * 60
const maxIdLength = 256

export type SignedCall = { secret: string; headers: Headers; bytes: Buffer; nowMs: number }

/**
 * Checks that a call was signed with a secret, lately; its id, the same for each delivery of one message. Throws 401 with
 * what is wrong.
 */
export function checkSignature({ secret, headers, bytes, nowMs }: SignedCall): string {
  const id = required(headers, 'webhook-id')
  const timestamp = required(headers, 'webhook-timestamp')
  const given = required(headers, 'webhook-signature').split(' ')
  if (id.length > maxIdLength) throw refusal(`webhook-id has more than ${maxIdLength} characters`)
  if (!/^\d{1,12}$/.test(timestamp)) throw refusal('webhook-timestamp is no number of seconds')
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceS) {
    throw refusal(`webhook-timestamp is more than ${toleranceS / 60} minutes away from now: sign the call anew`)
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest()
  if (given.some(signature => isSame(signature, wanted))) return id
  throw refusal('none of the signatures in webhook-signature is that of this call')
}

function required(headers: Headers, name: string): string {
  const value = headers.get(name)
  if (value !== null && value !== '') return value
  throw refusal(`the header ${name} is missing`)
}

function isSame(signature: string, wanted: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false
  const given = Buffer.from(signature.slice(3), 'base64')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function refusal(why: string): AppError {
  return new AppError('UNAUTHORIZED', `This webhook takes signed calls only (Standard Webhooks): ${why}`)
}
