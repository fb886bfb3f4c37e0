import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const convert = async (content: string | Buffer, properties: JsonObject = {}) => {
  const from = await ctx.storage.put('source', content)
  const { uri, size } = await runPlugin(plugin, run, ctx, { from, ...properties })
  return { uri: String(uri), size, text: await ctx.read(String(uri)) }
}

const rows = '{id:1,city:"Oslo, N"}\n{id:2,city:null}\n'

test.each([
  [rows, {}, 'id,city\n1,"Oslo, N"\n2,\n', 2],
  [rows, { header: false, fieldSeparator: ';' }, '1;Oslo, N\n2;\n', 2],
  [rows, { alwaysDelimitText: true, lineDelimiter: '\r\n' }, '"id","city"\r\n"1","Oslo, N"\r\n"2",""\r\n', 2],
  ['{a:1.50,b:true,c:{d:1}}', {}, 'a,b,c\n1.50,true,"{""d"":1}"\n', 1],
  ['["x",1]', {}, 'x,1\n', 1],
  ['', {}, '', 0],
])('%j %j', async (content, properties, text, size) => {
  expect(await convert(content, properties)).toMatchObject({ text, size })
})

test.each([
  ['2024-01-31', {}, '2024-01-31'],
  ['2024-01-31', { dateFormat: 'dd.MM.yyyy' }, '31.01.2024'],
  ['2024-01-31T10:00:00.123-00:00', {}, '2024-01-31T10:00:00.123'],
  ['2024-01-31T10:00:00+02:00', {}, '2024-01-31T10:00:00.000+02:00'],
  ['2024-01-31T10:00:00.123456Z', {}, '2024-01-31T10:00:00.123Z'],
  ['2024-01-31T10:00Z', {}, '2024-01-31T10:00:00.000Z'],
  ['2024-01-31T10:00:00Z', { dateTimeFormat: 'HH:mmXXX' }, '10:00Z'],
  ['2024-01T', {}, '2024-01-01'],
  ['2024-01-31T10:00:00Z', { timeZoneId: 'Europe/Paris' }, '2024-01-31T11:00:00.000+01:00'],
  ['2024-01-31T10:00:00Z', { dateTimeFormat: "yyyy/MM/dd 'at' HH:mm" }, '2024/01/31 at 10:00'],
])('%s with %j', async (time, formats, expected) => {
  expect((await convert(`{t:${time}}`, { header: false, ...formats })).text).toBe(`${expected}\n`)
})

test('refused', async () => {
  await expect(convert('{a:1')).rejects.toThrow('source: the last record breaks off')
  await expect(convert('{a:2024-01-31T10:00Z}', { timeZoneId: 'Mars' })).rejects.toThrow('timeZoneId: Mars')
  await expect(convert('{a:1}', { charset: 'klingon' })).rejects.toThrow("charset: can't write klingon")
})
