import pino from 'pino'

/** The web server's own log. Messages are constant; what varies stands beside them. */
export const log = pino({ name: 'web', level: process.env.MILLRACE_LOG_LEVEL ?? 'info' })
