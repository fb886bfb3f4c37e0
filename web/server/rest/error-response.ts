import { refusalOf } from '../errors/refusal'

/** Kestra's shape of an error: `{ message, _embedded: { errors: [{ message, path, code, line, column }] } }`. */
export function errorResponse(error: unknown): Response {
  const { status, code, message, details } = refusalOf(error)
  const errors = details.length > 0 ? details : [{ message, code }]
  return Response.json({ message, _embedded: { errors } }, { status, headers: headersOf(status) })
}

function headersOf(status: number): HeadersInit {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  return headers
}
