import type { ListedBlueprint } from '../blueprint'

/** What starts by itself, what waits for people, and what happens when something goes wrong. */
export const events: ListedBlueprint[] = [
  {
    slug: 'daily-partition',
    title: 'One partition per day, with backfill',
    description:
      'Builds the day that its **schedule** is about, not the day on which it happens to run. So a *backfill* (tab Triggers of the flow) builds the days of the past, and a failed day is simply run again. Put your query into the task `partition`.',
    tags: ['Schedule', 'Backfill', 'ETL'],
    runsAnywhere: true,
  },
  {
    slug: 'backfill-by-months',
    title: 'Rebuild months one after another',
    description:
      'Calls a flow of yours once for each month of a list, one at a time and with a pause between them, and labels each execution with its month, so that they are found again. Put your flow into `flowId`; as it stands, it greets the months with *Hello world*.',
    tags: ['Backfill', 'Subflows', 'Loops'],
  },
  {
    slug: 'working-days-only',
    title: 'On working days at nine',
    description:
      'A **schedule** in your time zone that leaves out weekends and public holidays: `when` is an expression and may ask for anything. Change the hour, the zone and the country of the holidays, then switch the trigger on.',
    tags: ['Schedule', 'Branching'],
    runsAnywhere: true,
  },
  {
    slug: 'schedule-on-dates',
    title: 'On the dates of a list',
    description:
      'Starts on fixed dates, such as the ends of the quarters, which no cron expression can say. When the installation was stopped on such a date, the last missed one is made up for. Put in your own dates.',
    tags: ['Schedule', 'Reporting'],
    runsAnywhere: true,
  },
  {
    slug: 'webhook-orders',
    title: 'Take orders by webhook, and answer',
    description:
      'Another system posts JSON to the address of the trigger, the flow computes, and its **outputs** are the answer of the same request. By hand it runs with an example. Take a long key of your own, then switch the trigger on.',
    tags: ['Webhook', 'API', 'Event-driven'],
    runsAnywhere: true,
  },
  {
    slug: 'signed-webhook',
    title: 'A webhook with a signature',
    description:
      'Takes only calls that are **signed** with a shared secret, refuses forged and old ones, and sorts the events by their type with a Switch. Give the sender the signing secret, and name the events that you want.',
    tags: ['Webhook', 'Event-driven', 'Branching'],
  },
  {
    slug: 'flow-after-flows',
    title: 'Start after two other flows',
    description:
      'A **Flow trigger** waits until both loads of the day have succeeded, in whichever order, and then starts once. The flows before know nothing of it. Name your own flows under `dependsOn`.',
    tags: ['Event-driven', 'Subflows'],
  },
  {
    slug: 's3-arrival',
    title: 'Process files that arrive in S3',
    description:
      'Looks into a bucket each minute, takes every new CSV file and moves it to an archive, so that none is taken twice. Each file is summed up with **DuckDB**, four at a time. Change the bucket, the prefix and the query.',
    tags: ['Event-driven', 'Cloud', 'Files'],
  },
  {
    slug: 'sftp-arrival',
    title: 'Load what a partner leaves by SFTP',
    description:
      'Watches a folder of an **SFTP** server, loads each CSV file into PostgreSQL with one statement, and moves it to `done`. A bad line is told in the log and left out. Change the host, the folders and the columns.',
    tags: ['Event-driven', 'Files', 'Database'],
  },
  {
    slug: 'postgres-new-rows',
    title: 'Work off a table of jobs',
    description:
      'Looks each minute for open jobs in PostgreSQL, and marks those it takes in the same statement: no job is taken twice, even by several flows. Up to five run at a time. Change the statement to your table.',
    tags: ['Event-driven', 'Database', 'Loops'],
  },
  {
    slug: 'http-poll',
    title: 'Wait for an export to be ready',
    description:
      'Asks a status address every five minutes, and starts as soon as the answer meets a condition; the export is then downloaded. After one success the trigger switches itself off. Change the address and the condition.',
    tags: ['Event-driven', 'API'],
  },
  {
    slug: 'script-as-sensor',
    title: 'A script decides when to start',
    description:
      'A few lines of **Python** look each minute whether there is something to do: exit code 0 starts the flow, with what the script found. With `edge` it starts when that changes, and not each minute anew. Write any check of your own.',
    tags: ['Event-driven', 'Scripts'],
  },
  {
    slug: 'redis-realtime',
    title: 'React to Redis messages at once',
    description:
      'Listens to a **Redis** list, and starts an execution for each message within moments; a flood is worked off twenty at a time, and what fails is put into another list. Change the address and the keys.',
    tags: ['Event-driven', 'Error handling'],
  },
  {
    slug: 'approval-above-limit',
    title: 'Ask a person above a limit',
    description:
      'Small orders pass at once; above the limit the execution **pauses** until somebody presses *Resume* and answers its questions. No answer within two days ends it. Change the limit, the questions, and what is done at the end.',
    tags: ['Approval', 'Branching', 'Inputs'],
    runsAnywhere: true,
  },
  {
    slug: 'approval-by-chat',
    title: 'Ask for approval in a chat',
    description:
      'Posts a question to **Slack** when the execution pauses, waits a day for the decision, and then releases or stops. Who resumed it is kept with the execution. Needs an incoming webhook of Slack as a secret; any chat with such an address will do.',
    tags: ['Approval', 'Alerting', 'Branching'],
  },
  {
    slug: 'slack-on-failure',
    title: 'Tell Slack of every failure',
    description:
      'One flow that watches all others: whenever an execution of the namespace or one below ends as `FAILED` or `WARNING`, a message with its flow and id goes to **Slack**. The other flows need nothing. Set the namespace, and the secret with the address.',
    tags: ['Alerting', 'Event-driven', 'Operations'],
  },
  {
    slug: 'alert-in-errors',
    title: 'An alert with the lines of the log',
    description:
      'The `errors` branch of a flow posts which tasks failed, with the error lines of the log, to an address of your choice. As it stands its task fails on purpose, so that you see the alert. Put your tasks in its place.',
    tags: ['Alerting', 'Error handling'],
  },
  {
    slug: 'errors-and-finally',
    title: 'When it fails, and in any case',
    description:
      'Shows the three branches after the tasks: `errors` runs when something failed for good, `finally` always, `afterExecution` when the end is known. One task may fail without harm. Run it once as it is, and once with *Let it fail*.',
    tags: ['Error handling', 'Getting started'],
    runsAnywhere: true,
  },
  {
    slug: 'retry-until-it-works',
    title: 'Try again until it works',
    description:
      'A task that fails twice on purpose succeeds at the third attempt, with a second between them and a **timeout** for each. All attempts are kept with the execution. Give your own task the same `retry`; `exponential` waits longer each time.',
    tags: ['Error handling', 'Getting started'],
    runsAnywhere: true,
  },
  {
    slug: 'sla-and-concurrency',
    title: 'One at a time, and in time',
    description:
      'A **concurrency** limit lets further executions wait in a queue, and an **SLA** labels those that take longer than promised. Both can turn executions away or end them instead. Set the limit and the time for your flow.',
    tags: ['Operations', 'Error handling'],
    runsAnywhere: true,
  },
  {
    slug: 'guarded-start',
    title: 'Refuse a wrong start',
    description:
      'A **check** refuses bad inputs before an execution exists, with a text of yours; an **Assert** stops it when a result can not be. Together they keep a slip from becoming a thousand mails. Put in your own conditions.',
    tags: ['Inputs', 'Data quality', 'Error handling'],
    runsAnywhere: true,
  },
  {
    slug: 'website-monitor',
    title: 'Watch websites',
    description:
      'Calls several addresses at once every five minutes, publishes their status as **metrics**, and fails when one of them answers with an error: together with *Tell Slack of every failure* it is a small monitor. Put in your addresses.',
    tags: ['Alerting', 'API', 'Operations', 'Loops'],
  },
  {
    slug: 'purge-old-data',
    title: 'Delete what is old',
    description:
      'Each Sunday the executions of the namespace that ended well long ago go, with their files and logs, and expired KV entries as well; what failed stays. Set the days to keep before you switch it on: what is deleted does not come back.',
    tags: ['Operations', 'Schedule'],
  },
]
