import { randomBytes } from 'node:crypto'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { startMoto } from '../../test/harness/moto'
import { createSecretBox, type MasterKeys, readMasterKeys } from '../secret-box'
import { tenantDb } from '../tenant-db'
import { environmentSecrets } from './environment-secrets'
import { readSecret } from './read-secret'
import { createSecretStore } from './secret-store'
import { rewrapTenantKeys } from './tenant-keys'

let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const newKey = () => randomBytes(32).toString('base64')
const [first, second] = [newKey(), newKey()]
const keysOf = (current: string, previous?: string) =>
  readMasterKeys({ MILLRACE_MASTER_KEY: current, MILLRACE_MASTER_KEY_PREVIOUS: previous }) as MasterKeys
const boxOf = (keys: MasterKeys | null) => createSecretBox(keys, id => tenantDb(id))
const storeOf = (keys: MasterKeys | null) => createSecretStore(boxOf(keys), id => tenantDb(id))

describe('a sealed value', () => {
  test('opens in its place, and nowhere else', async () => {
    const box = boxOf(keysOf(first))
    const sealed = await box.seal(fresh.tenantId, 'grüße', ['a', 'b'])
    expect(sealed.ciphertext.includes(Buffer.from('grüße'))).toBe(false)
    expect(await box.open(fresh.tenantId, sealed, ['a', 'b'])).toBe('grüße')
    await expect(box.open(fresh.tenantId, sealed, ['a', 'c'])).rejects.toThrow('another place, or was changed')
    await expect(box.open(fresh.tenantId, sealed, ['a,b'])).rejects.toThrow('another place')
    await box.seal(fresh.otherTenantId, 'x', [])
    await expect(box.open(fresh.otherTenantId, sealed, ['a', 'b'])).rejects.toThrow('another place')
    sealed.ciphertext[20]! ^= 1
    await expect(box.open(fresh.tenantId, sealed, ['a', 'b'])).rejects.toThrow('was changed')
  })

  test('is never the same twice', async () => {
    const box = boxOf(keysOf(first))
    const [one, two] = [await box.seal(fresh.tenantId, 'x', []), await box.seal(fresh.tenantId, 'x', [])]
    expect(one.ciphertext.equals(two.ciphertext)).toBe(false)
  })

  test('many at once, of a tenant without a key, share the one that is made', async () => {
    const tenantId = fresh.tenantId
    const sealed = await Promise.all([1, 2, 3, 4].map(n => boxOf(keysOf(first)).seal(tenantId, String(n), [])))
    const opened = await Promise.all(sealed.map(value => boxOf(keysOf(first)).open(tenantId, value, [])))
    expect(opened).toEqual(['1', '2', '3', '4'])
  })
})

describe('master keys', () => {
  test('missing ones are said when they are needed', async () => {
    await expect(boxOf(null).seal(fresh.tenantId, 'x', [])).rejects.toThrow('MILLRACE_MASTER_KEY')
    expect(() => keysOf('short')).toThrow('MILLRACE_MASTER_KEY is no key of 32 bytes')
    expect(readMasterKeys({})).toBeNull()
  })

  test('rotate while both are known', async () => {
    const store = storeOf(keysOf(first))
    const ref = { tenantId: fresh.tenantId, namespace: 'rotated', key: 'KEY' }
    await store.put({ ...ref, value: 'kept' })
    const find = (keys: MasterKeys) => storeOf(keys).find(fresh.tenantId, ['rotated'], 'KEY')
    await expect(find(keysOf(second))).rejects.toThrow('sealed under the master key')
    const both = keysOf(second, first)
    expect(await find(both)).toMatchObject({ value: 'kept' })
    expect(await rewrapTenantKeys(tenantDb(fresh.tenantId), fresh.tenantId, both)).toBe(1)
    expect(await rewrapTenantKeys(tenantDb(fresh.tenantId), fresh.tenantId, both)).toBe(0)
    expect(await find(keysOf(second))).toMatchObject({ value: 'kept' })
    await expect(find(keysOf(first))).rejects.toThrow('MILLRACE_MASTER_KEY_PREVIOUS')
    await rewrapTenantKeys(tenantDb(fresh.tenantId), fresh.tenantId, keysOf(first, second))
  })
})

// In moto's server: a real exchange with the API of KMS.
const moto = await startMoto()
afterAll(() => moto?.stop())

describe.skipIf(moto === null)('a master key in AWS KMS', () => {
  test('wraps, opens in its place only, and takes over from a key of the environment', async () => {
    for (const [name, value] of Object.entries({ ...moto!.env, AWS_ENDPOINT_URL_KMS: moto!.endpoint }))
      vi.stubEnv(name, value)
    const { KeyMetadata } = await new KMSClient({}).send(new CreateKeyCommand({}))
    const kms = `awskms:${KeyMetadata!.KeyId}`
    const { current } = keysOf(kms)
    const wrapped = await current.wrap(Buffer.from('a data key'), ['a', 'b'])
    expect(wrapped.includes('a data key')).toBe(false)
    expect((await current.unwrap(wrapped, ['a', 'b']))?.toString()).toBe('a data key')
    expect(await current.unwrap(wrapped, ['a', 'c'])).toBeNull()
    const ref = { tenantId: fresh.otherTenantId, namespace: 'kms', key: 'KEY' }
    await storeOf(keysOf(first)).put({ ...ref, value: 'kept' })
    await rewrapTenantKeys(tenantDb(ref.tenantId), ref.tenantId, keysOf(kms, first))
    expect(await storeOf(keysOf(kms)).find(ref.tenantId, ['kms'], 'KEY')).toMatchObject({ value: 'kept' })
    await rewrapTenantKeys(tenantDb(ref.tenantId), ref.tenantId, keysOf(first, kms))
    vi.unstubAllEnvs()
  })
})

describe('secrets', () => {
  const put = (namespace: string, key: string, value: string) =>
    storeOf(keysOf(first)).put({ tenantId: fresh.tenantId, namespace, key, value })
  const find = (namespaces: string[], key: string, tenantId = fresh.tenantId) =>
    storeOf(keysOf(first)).find(tenantId, namespaces, key)

  test('the nearest namespace wins, the newest version counts', async () => {
    await put('company', 'TOKEN', 'far')
    await put('company.team', 'TOKEN', 'old')
    await put('company.team', 'TOKEN', 'near')
    expect(await find(['company.team', 'company'], 'TOKEN')).toMatchObject({ value: 'near', version: 2 })
    expect(await find(['company.team.sub', 'company'], 'TOKEN')).toMatchObject({ value: 'far', namespace: 'company' })
    expect(await find(['company'], 'token')).toMatchObject({ value: 'far', key: 'TOKEN' })
    expect(await find(['other'], 'TOKEN')).toBeNull()
    expect(await find(['company'], 'TOKEN', fresh.otherTenantId)).toBeNull()
  })

  test('written at once, each gets a version of its own; the oldest go', async () => {
    const written = await Promise.all(Array.from({ length: 12 }, (_, index) => put('busy', 'KEY', `v${index}`)))
    expect(written.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(await tenantDb(fresh.tenantId).secret.count({ where: { namespace: 'busy' } })).toBe(10)
  })

  test('those of a namespace above are inherited, unless it is for others only', async () => {
    await put('vault', 'PIN', 'one two three four')
    const read = (namespace: string) =>
      readSecret(storeOf(keysOf(first)), { tenantId: fresh.tenantId, namespace }, { key: 'PIN' })
    expect((await read('vault.below')).value).toBe('one two three four')
    const rule = { id: 'vault', isRestricted: true, allowedNamespaces: ['vault.admitted'] }
    await tenantDb(fresh.tenantId).namespace.create({ data: { tenantId: fresh.tenantId, ...rule } })
    expect((await read('vault.admitted')).value).toBe('one two three four')
    await expect(read('vault.below')).rejects.toThrow(/Those of vault were not looked at: vault.below is not among/)
  })

  test.each([
    ['local', 'api_key', 'of the operator'],
    ['local', 'OTHER', undefined],
    ['hosted', 'api_key', undefined],
  ] as const)('of the environment, %s: %s', async (policy, key, expected) => {
    const environment = environmentSecrets(
      { SECRET_API_KEY: Buffer.from('of the operator').toString('base64') },
      policy,
    )
    const store = createSecretStore(boxOf(keysOf(first)), id => tenantDb(id), environment)
    expect((await store.find(fresh.tenantId, ['company'], key))?.value).toBe(expected)
  })

  test('no value, nor data key, stands readable in the database', async () => {
    await put('plain', 'KEY', 'correct horse battery staple')
    const rows = await tenantDb(fresh.tenantId).secret.findMany({ where: { namespace: 'plain' } })
    expect(rows.map(({ ciphertext }) => Buffer.from(ciphertext).toString('latin1')).join()).not.toContain('horse')
  })
})
