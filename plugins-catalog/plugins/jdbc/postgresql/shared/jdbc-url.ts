import { TaskError } from '#language/define-plugin'
import { sslModes } from './properties'

export type JdbcUrl = {
  host: string
  port: number
  database: string
  user?: string
  password?: string
  ssl: boolean
  sslMode?: (typeof sslModes)[number]
  currentSchema?: string
}

/** Reads `jdbc:postgresql://host:5432/database?user=me&sslmode=require`. */
export function parseJdbcUrl(text: string): JdbcUrl {
  const match = /^(?:jdbc:)?postgres(?:ql)?:(\/\/.*)$/.exec(text.trim())
  const url = match && parse(`http:${match[1]}`)
  if (!url || url.hostname === '' || url.host.includes(',')) {
    throw new TaskError(`url: ${hidePassword(text)} is not understood; write jdbc:postgresql://host:5432/database`)
  }
  const parameter = (name: string) => url.searchParams.get(name) ?? undefined
  const wanted = parameter('sslmode')?.toUpperCase().replace('-', '_')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    user: parameter('user') ?? (url.username ? decodeURIComponent(url.username) : undefined),
    password: parameter('password') ?? (url.password ? decodeURIComponent(url.password) : undefined),
    ssl: parameter('ssl') === 'true',
    sslMode: sslModes.find(mode => mode === wanted),
    currentSchema: parameter('currentSchema')?.replace(/[^\w,"$]/g, ''),
  }
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function hidePassword(text: string): string {
  return text.replace(/(password=)[^&]*/g, '$1******').replace(/\/\/[^/@]*@/, '//******@')
}
