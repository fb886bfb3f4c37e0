import { databaseUrl } from './client'
import { migrate } from './migrate'

const applied = await migrate(databaseUrl())
console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
