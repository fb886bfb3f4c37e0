import { writeFile } from 'node:fs/promises'
import { envExample } from './env-example'

await writeFile(new URL('../.env.example', import.meta.url), envExample())
