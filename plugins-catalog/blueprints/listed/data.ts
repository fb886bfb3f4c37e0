import type { ListedBlueprint } from '../blueprint'

/** Files, databases, interfaces of others, and what moves data between them. */
export const data: ListedBlueprint[] = [
  {
    slug: 'csv-to-report',
    title: 'From CSV to sums per region',
    description:
      'Reads a CSV file with **DuckDB**, which runs inside the worker and needs no server, groups it, and writes the result as CSV again. The first task holds a few rows as an example: replace it by a download, or by an input of type `FILE`.',
    tags: ['ETL', 'Files', 'Getting started'],
    runsAnywhere: true,
  },
  {
    slug: 'json-to-csv',
    title: 'JSON to CSV',
    description:
      'Converts a JSON array to rows, and the rows to CSV with a separator of your choice. Rows travel between tasks as *Ion*, which keeps the types of values. Replace the first task by what fetches your JSON.',
    tags: ['Files', 'ETL'],
    runsAnywhere: true,
  },
  {
    slug: 'clean-and-deduplicate',
    title: 'Clean rows and remove doubles',
    description:
      'Drops rows that miss something, and keeps one row for each key, without loading the file into memory. The fields of a row are the variables of the condition and of the key. Say what a good row is in `filterCondition`, and what makes two rows the same in `expr`.',
    tags: ['Files', 'Data quality', 'ETL'],
    runsAnywhere: true,
  },
  {
    slug: 'file-line-by-line',
    title: 'Work through a file line by line',
    description:
      'Given a file, a **Loop** runs its tasks once per line, three lines at a time. Good for files of orders, addresses or jobs that each need a call or a decision. Put your work into the task `process`.',
    tags: ['Files', 'Loops'],
    runsAnywhere: true,
  },
  {
    slug: 'split-and-merge',
    title: 'Split, work in parallel, merge',
    description:
      'Cuts a file into parts of so many rows, works on four parts at a time, and joins the results in their order. Use it where a file is too large for one go. Put your work into the task `upper`.',
    tags: ['Files', 'Loops', 'Parallel'],
    runsAnywhere: true,
  },
  {
    slug: 'data-quality',
    title: 'Check a table, publish metrics',
    description:
      'Counts missing addresses, impossible ages and doubles in one query, publishes the counts as **metrics** of the execution, and fails when there are more than tolerated. Put your own rules into the query, and run it after each load.',
    tags: ['Data quality', 'Files', 'Operations'],
    runsAnywhere: true,
  },
  {
    slug: 'elt-dbt-duckdb',
    title: 'Build models with dbt and DuckDB',
    description:
      'A whole **dbt** project in one flow: a seed, a model and its tests, built in a container into a DuckDB file. Each model is a line of the task’s log. Good for trying dbt; a project of your own rather lies in the files of the namespace.',
    tags: ['ELT', 'Database', 'Schedule'],
  },
  {
    slug: 'elt-dbt-postgres',
    title: 'Run dbt against PostgreSQL',
    description:
      'Takes the **dbt** project from the files of the namespace (`dbt/`), and builds the chosen models in PostgreSQL as soon as the load before has succeeded. The password comes from a secret by the environment. Change the host, the user and the flow it follows.',
    tags: ['ELT', 'Database', 'Event-driven'],
  },
  {
    slug: 'postgres-to-s3',
    title: 'PostgreSQL to S3, each night',
    description:
      'Reads the orders of the day before, writes them as CSV, and puts them into a bucket under a key that holds the day: a second run replaces the file, and a **backfill** builds the days of the past. Change the query, the bucket and the hour.',
    tags: ['ETL', 'Database', 'Cloud', 'Schedule'],
  },
  {
    slug: 'database-sync',
    title: 'Copy changed rows between databases',
    description:
      'Reads at most 5,000 rows that changed since the last run, inserts or updates them in another PostgreSQL with one statement, and only then remembers how far it came. Two runs never overlap. Change the columns in both statements.',
    tags: ['Database', 'State', 'Schedule', 'ETL'],
  },
  {
    slug: 'api-paging',
    title: 'Read an API page by page',
    description:
      '**LoopUntil** asks for one page after another until there are no more, with retries for each. The pages are kept in the KV store meanwhile, and joined at the end for a query. Change the address, and the condition that tells the last page.',
    tags: ['API', 'Loops', 'ETL'],
  },
  {
    slug: 'api-incremental',
    title: 'Ask an API for what is new',
    description:
      'Sends the time of the last run with the question, stores the answer in S3 under its date, and remembers the new time when all of it is safe. What changes during a run is asked for again by the next. Change the address, the header and the bucket.',
    tags: ['API', 'State', 'Cloud', 'Schedule'],
  },
  {
    slug: 'ask-language-model',
    title: 'Let a language model sum up',
    description:
      'Sends a text to a **language model**, reads its answer from a stream of server-sent events, and hands it on. Any service with the same interface will do: change the address, the model and the question. Needs its key as a secret.',
    tags: ['API', 'Machine learning'],
  },
  {
    slug: 'exchange-rates',
    title: 'Keep today’s exchange rates',
    description:
      'Fetches exchange rates each working day, refuses those that can not be, and keeps them in the **KV store**, where every flow of the namespace reads them with `kv()`. After a week without news they disappear. Change the currencies in the address.',
    tags: ['API', 'State', 'Schedule', 'Data quality'],
  },
  {
    slug: 'kv-watermark',
    title: 'Process only what is new',
    description:
      'Remembers in the **KV store** how far it has read, begins there the next time, and moves the mark only when all went well: a failed run is simply repeated. Replace the query by one of your table, with `:since` as its lower bound.',
    tags: ['State', 'Database', 'Schedule'],
    runsAnywhere: true,
  },
  {
    slug: 'namespace-files',
    title: 'SQL in the files of the namespace',
    description:
      'Keeps a query as a file of the namespace, and runs it from there with `read()`. Several flows can share it, and who edits the file edits no flow. Drop the first two tasks once your own files are there.',
    tags: ['Files', 'Database'],
    runsAnywhere: true,
  },
  {
    slug: 'sftp-delivery',
    title: 'Deliver a file by SFTP',
    description:
      'Makes a CSV file each Monday, and puts it on a partner’s **SFTP** server: first under another name, so that nobody reads half a file, then under its own. A server that does not answer is tried again. Change the query, the host and the names.',
    tags: ['Files', 'Schedule'],
  },
  {
    slug: 'redis-cache',
    title: 'Publish results to Redis',
    description:
      'Computes a list each hour, and leaves it as JSON in **Redis**, where a website reads it. A value that is no longer renewed disappears after two hours. Change the query and the key.',
    tags: ['Database', 'Schedule'],
  },
]
