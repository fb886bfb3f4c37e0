import { spawnSync } from 'node:child_process'

/** How to run Postgres, which refuses to run as root: a prefix of its command, and who owns its files. */
export type PostgresUser = { uid?: number; gid?: number; prefix: string[] }

/**
 * Nothing special for a normal user. Root (containers, CI) becomes the system user `postgres`, made when it is missing;
 * where that user can't enter our folders (a clone under /root), it is given the one capability that lets it pass.
 */
export function postgresUser(paths: string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const ids = idsOf('postgres') ?? createUser('postgres')
  const canEnter = paths.every(path => spawnSync('ls', [path], { ...ids, stdio: 'ignore' }).status === 0)
  if (canEnter) return { ...ids, prefix: [] }
  const capability = '+dac_read_search'
  const prefix = ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups']
  prefix.push(`--inh-caps=${capability}`, `--ambient-caps=${capability}`)
  const works = paths.every(path => spawnSync(prefix[0] as string, [...prefix.slice(1), 'ls', path]).status === 0)
  if (works) return { ...ids, prefix }
  throw new Error(
    `Postgres can't run as root, and its user can't enter ${paths.join(' or ')}. ` +
      'Start as a normal user, choose a folder that others may enter (--data), or set DATABASE_URL.',
  )
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const numbers = ['-u', '-g'].map(flag => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  if (numbers.some(result => result.status !== 0)) return undefined
  const [uid, gid] = numbers.map(result => Number(result.stdout))
  return { uid: uid as number, gid: gid as number }
}

function createUser(name: string) {
  spawnSync('groupadd', ['--system', name])
  spawnSync('useradd', ['--system', '--no-create-home', '-g', name, name])
  const ids = idsOf(name)
  if (!ids) throw new Error(`Postgres can't run as root, and the user "${name}" can't be created: set DATABASE_URL.`)
  return ids
}
