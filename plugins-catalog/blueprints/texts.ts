// Written by blueprints.test.ts from the files beside it: npx vitest run --project unit plugins-catalog/blueprints -u
/* biome-ignore-all format: texts of other files */
/* biome-ignore-all lint: texts of other files */
export const texts: Readonly<Record<string, string>> = {
  'alert-in-errors': `id: alert_in_errors
namespace: company.team
description: A flow that itself tells what went wrong, with the lines of its log

tasks:
  - id: risky
    type: io.kestra.plugin.core.http.Request
    uri: https://dummyjson.com/http/500/Broken
    timeout: PT30S

errors:
  - id: alert
    type: io.kestra.plugin.core.http.Request
    uri: "{{ secret('ALERT_WEBHOOK_URL') }}"
    method: POST
    contentType: application/json
    body: |
      {{ {"flow": flow.id, "execution": execution.id, "tasks": tasksWithState('FAILED'), "log": errorLogs()} | toJson }}
    # A failed alert must not hide the failure it is about.
    allowFailure: true
`,
  'api-incremental': `id: api_incremental
namespace: company.team
description: Asks an API for what changed since the last time, and keeps the answer by day

concurrency:
  limit: 1

tasks:
  - id: since
    type: io.kestra.plugin.core.debug.Return
    format: "{{ kv('api_incremental.since', errorOnMissing=false) ?? '2026-01-01T00:00:00Z' }}"

  # Noted before the question, so that what changes meanwhile is asked for again.
  - id: asked_at
    type: io.kestra.plugin.core.debug.Return
    format: "{{ now() | date('iso_instant') }}"

  - id: changes
    type: io.kestra.plugin.core.http.Download
    uri: "https://api.example.com/orders?updated_since={{ outputs.since.value }}"
    headers:
      Authorization: "Bearer {{ secret('API_TOKEN') }}"
    retry:
      type: exponential
      interval: PT5S
      maxInterval: PT2M
      maxAttempts: 6

  - id: rows
    type: io.kestra.plugin.serdes.json.JsonToIon
    from: "{{ outputs.changes.uri }}"
    newLine: false

  - id: store
    type: io.kestra.plugin.aws.s3.Upload
    region: eu-central-1
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    bucket: my-lake
    key: "orders/{{ outputs.asked_at.value | date('yyyy/MM/dd/HHmmss') }}.ion"
    from: "{{ outputs.rows.uri }}"

  - id: remember
    type: io.kestra.plugin.core.kv.Set
    key: api_incremental.since
    value: "{{ outputs.asked_at.value }}"
    kvType: STRING

triggers:
  - id: hourly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "5 * * * *"
    disabled: true # switch it on to let it run
`,
  'api-paging': `id: api_paging
namespace: company.team
description: Reads an API page by page until it has no more, and joins the pages

inputs:
  - id: page_size
    type: INT
    displayName: Rows per page
    defaults: 50
    max: 100

tasks:
  # Variables are texts once they are set: \`| number\` makes a number of one.
  - id: begin
    type: io.kestra.plugin.core.execution.SetVariables
    variables:
      skip: "0"

  # Its tasks run again and again until the condition holds.
  - id: pages
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ (vars.skip | number) >= outputs.page.body.total }}"
    checkFrequency:
      interval: PT1S
      maxIterations: 100
      maxDuration: PT30M
    # Not all pages is an error, and not a smaller result.
    failOnMaxReached: true
    tasks:
      - id: page
        type: io.kestra.plugin.core.http.Request
        uri: "https://dummyjson.com/products?limit={{ inputs.page_size }}&skip={{ vars.skip }}&select=id,title,price"
        retry:
          type: exponential
          interval: PT2S
          maxInterval: PT1M
          maxAttempts: 5

      - id: keep
        type: io.kestra.plugin.core.kv.Set
        key: "api_paging.{{ execution.id }}.{{ vars.skip }}"
        value: "{{ outputs.page.body.products | toJson }}"
        kvType: JSON
        # Pages that are left behind by a failed run go by themselves.
        ttl: P1D

      - id: next
        type: io.kestra.plugin.core.execution.SetVariables
        variables:
          skip: "{{ (vars.skip | number) + inputs.page_size }}"

  - id: stored
    type: io.kestra.plugin.core.kv.GetKeys
    prefix: "api_paging.{{ execution.id }}."

  - id: joined
    type: io.kestra.plugin.core.storage.Write
    extension: .jsonl
    content: |
      {% for key in outputs.stored.keys %}{% for product in kv(key) %}{{ product | toJson }}
      {% endfor %}{% endfor %}

  - id: count
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH_ONE
    inputFiles:
      pages.jsonl: "{{ outputs.joined.uri }}"
    sql: |
      SELECT count(*) AS products, round(avg(price), 2) AS avg_price
      FROM read_json_auto('{{ workingDir }}/pages.jsonl')
`,
  'approval-above-limit': `id: approval_above_limit
namespace: company.team
description: Small orders pass at once; large ones wait until somebody has decided

inputs:
  - id: amount
    type: FLOAT
    displayName: Amount of the order
    defaults: 250

variables:
  limit: 1000

tasks:
  - id: is_large
    type: io.kestra.plugin.core.flow.If
    condition: "{{ inputs.amount > vars.limit }}"
    then:
      # The execution is PAUSED until somebody presses "Resume" and answers these questions.
      - id: decision
        type: io.kestra.plugin.core.flow.Pause
        # Unanswered for two days counts as a no.
        pauseDuration: P2D
        behavior: CANCEL
        onResume:
          - id: approved
            type: BOOL
            displayName: Order it?
            defaults: false
          - id: reason
            type: STRING
            displayName: Why
            required: false

      - id: refused
        type: io.kestra.plugin.core.execution.Fail
        condition: "{{ not outputs.decision.onResume.approved }}"
        errorMessage: "Refused: {{ outputs.decision.onResume.reason ?? 'no reason was given' }}"

  - id: order
    type: io.kestra.plugin.core.log.Log
    message: "Ordered for {{ inputs.amount }}"
`,
  'approval-by-chat': `id: approval_by_chat
namespace: company.team
description: Asks in a chat, waits for the decision, and then goes on or stops

inputs:
  - id: version
    type: STRING
    displayName: Version to release
    defaults: 1.4.0

tasks:
  - id: approval
    type: io.kestra.plugin.core.flow.Pause
    # Runs when the execution has paused.
    onPause:
      id: ask
      type: io.kestra.plugin.core.http.Request
      uri: "{{ secret('SLACK_WEBHOOK_URL') }}"
      method: POST
      contentType: application/json
      body: |
        {{ {"text": "Release " ~ inputs.version ~ "? Open the execution " ~ execution.id ~ " and press Resume."} | toJson }}
    pauseDuration: P1D
    behavior: CANCEL
    onResume:
      - id: approved
        type: BOOL
        displayName: Release it?
        defaults: true
      - id: note
        type: STRING
        displayName: Note
        required: false

  - id: decide
    type: io.kestra.plugin.core.flow.If
    condition: "{{ outputs.approval.onResume.approved }}"
    then:
      - id: release
        type: io.kestra.plugin.core.log.Log
        message: "{{ inputs.version }} is released by {{ outputs.approval.resumed.by }}"
    else:
      - id: stop
        type: io.kestra.plugin.core.execution.Exit
        state: CANCELLED
`,
  'ask-language-model': `id: ask_language_model
namespace: company.team
description: Lets a language model sum up a text, and joins its answer from the stream

inputs:
  - id: text
    type: STRING
    displayName: Text to sum up
    defaults: >-
      Orchestration means that many small programs work together: each starts when what it needs is there, is tried
      again when it fails, and tells what it has done.

tasks:
  # The answer comes word by word; concatJqExpression says where the words are.
  - id: ask
    type: io.kestra.plugin.core.http.SseRequest
    uri: https://api.openai.com/v1/chat/completions
    method: POST
    headers:
      Authorization: "Bearer {{ secret('OPENAI_API_KEY') }}"
    contentType: application/json
    body: |
      {{ {"model": "gpt-4o-mini", "stream": true, "messages": [{"role": "user", "content": "In one sentence: " ~ inputs.text}]} | toJson }}
    concatJqExpression: .choices[0].delta.content
    # The first and the last event hold no words.
    failedOnMissingJq: false
    timeout: PT2M
    retry:
      type: exponential
      interval: PT5S
      maxInterval: PT1M
      maxAttempts: 3

  - id: answer
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.ask.result }}"

outputs:
  - id: summary
    type: STRING
    value: "{{ outputs.ask.result }}"
`,
  'aws-batch-job': `id: aws_batch_job
namespace: company.team
description: Runs a heavy script on AWS Batch instead of your own machines

tasks:
  - id: crunch
    type: io.kestra.plugin.scripts.python.Commands
    containerImage: public.ecr.aws/docker/library/python:3.13-slim
    taskRunner:
      type: io.kestra.plugin.ee.aws.runner.Batch
      region: eu-central-1
      accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
      secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
      computeEnvironmentArn: arn:aws:batch:eu-central-1:123456789012:compute-environment/millrace
      jobQueueArn: arn:aws:batch:eu-central-1:123456789012:job-queue/millrace
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      taskRoleArn: arn:aws:iam::123456789012:role/millrace-task
      # Files travel through this bucket.
      bucket: my-batch-files
      resources:
        request:
          cpu: "4"
          memory: "8192"
    inputFiles:
      main.py: |
        print(sum(i * i for i in range(10_000_000)))
    commands:
      - python main.py
    timeout: PT2H
`,
  'backfill-by-months': `id: backfill_by_months
namespace: company.team
description: Runs a daily flow once for each month of the past

inputs:
  - id: months
    type: ARRAY
    itemType: STRING
    displayName: Months to build again
    defaults:
      - 2026-01
      - 2026-02
      - 2026-03

tasks:
  - id: each_month
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ inputs.months }}"
    # One at a time, so that the database keeps its breath.
    concurrencyLimit: 1
    tasks:
      - id: rebuild
        type: io.kestra.plugin.core.flow.Subflow
        namespace: "{{ flow.namespace }}"
        flowId: hello_world # your flow of one month
        inputs:
          name: "{{ item.value }}"
        labels:
          backfill: "{{ item.value }}"

      # Pause between the months.
      - id: breath
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT5S
`,
  'clean-and-deduplicate': `id: clean_and_deduplicate
namespace: company.team
description: Drops the rows that miss an e-mail address, and keeps one row per address

tasks:
  - id: contacts
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"email": "ada@example.com", "name": "Ada"}
      {"email": "", "name": "Nobody"}
      {"email": "grace@example.com", "name": "Grace"}
      {"email": "ADA@example.com", "name": "Ada L."}

  # The fields of a row are the variables of the condition.
  - id: with_email
    type: io.kestra.plugin.core.storage.FilterItems
    from: "{{ outputs.contacts.uri }}"
    filterCondition: "{{ email is not empty }}"

  # Of rows with the same key the last one stays.
  - id: one_each
    type: io.kestra.plugin.core.storage.DeduplicateItems
    from: "{{ outputs.with_email.uri }}"
    expr: "{{ email | lower }}"

  - id: summary
    type: io.kestra.plugin.core.log.Log
    message: >-
      {{ outputs.with_email.droppedItemsTotal }} rows without an address,
      {{ outputs.one_each.droppedItemsTotal }} doubles,
      {{ outputs.one_each.numKeys }} contacts left
`,
  'csv-to-report': `id: csv_to_report
namespace: company.team
description: A CSV file becomes sums per region, as a table and as a new CSV file

tasks:
  # Stands for your file: replace it by an http.Download, an s3.Download or an input of type FILE.
  - id: extract
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: |
      order_id,region,product,quantity,price
      1,north,desk,2,189.00
      2,south,chair,6,59.50
      3,north,lamp,4,24.90
      4,west,desk,1,189.00
      5,south,lamp,10,24.90
      6,west,chair,8,59.50

  # DuckDB runs inside the worker: no server, no container.
  - id: transform
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: STORE
    inputFiles:
      orders.csv: "{{ outputs.extract.uri }}"
    sql: |
      SELECT region,
             count(*) AS orders,
             sum(quantity) AS items,
             round(sum(quantity * price), 2) AS revenue
      FROM read_csv_auto('{{ workingDir }}/orders.csv')
      GROUP BY region
      ORDER BY revenue DESC

  # A stored result is a file of rows (Ion); people and other programs rather read CSV.
  - id: load
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.transform.uri }}"

outputs:
  - id: report
    type: FILE
    value: "{{ outputs.load.uri }}"
`,
  'dag-of-tables': `id: dag_of_tables
namespace: company.team
description: Builds tables in the order of what they need, as far in parallel as that allows

tasks:
  # Say what each task needs; what runs at the same time follows from it.
  - id: warehouse
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: raw_customers
          type: io.kestra.plugin.core.log.Log
          message: load raw_customers

      - task:
          id: raw_orders
          type: io.kestra.plugin.core.log.Log
          message: load raw_orders

      - task:
          id: dim_customers
          type: io.kestra.plugin.core.log.Log
          message: build dim_customers
        dependsOn:
          - raw_customers

      - task:
          id: fct_orders
          type: io.kestra.plugin.core.log.Log
          message: build fct_orders
        dependsOn:
          - raw_orders
          - dim_customers

      - task:
          id: dashboard
          type: io.kestra.plugin.core.log.Log
          message: refresh the dashboard
        dependsOn:
          - fct_orders
`,
  'daily-partition': `id: daily_partition
namespace: company.team
description: Builds one day's partition; a backfill builds the days of the past

tasks:
  # By the clock or a backfill it is the trigger's date, by hand it is today.
  - id: day
    type: io.kestra.plugin.core.debug.Return
    format: "{{ (trigger.date ?? execution.startDate) | date('yyyy-MM-dd') }}"

  - id: partition
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: STORE
    sql: |
      SELECT DATE '{{ outputs.day.value }}' AS day, hour, 100 + hour * 3 AS visits
      FROM (SELECT unnest(range(24)) AS hour)

  # A day that is built twice replaces itself: the flow can be run again at any time.
  - id: file
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.partition.uri }}"

  - id: named
    type: io.kestra.plugin.core.execution.Labels
    labels:
      day: "{{ outputs.day.value }}"

triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
    timezone: Europe/Berlin
    # Days on which nothing ran are made up for.
    recoverMissedSchedules: ALL
    disabled: true # switch it on, then choose "Backfill" on the flow's tab Triggers
`,
  'data-pipeline': `id: data_pipeline
namespace: tutorial
description: Process product data to calculate brand price averages

inputs:
  - id: columns_to_keep
    type: ARRAY
    itemType: STRING
    defaults:
      - brand
      - price

tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://dummyjson.com/products

  # Filter columns in a disposable Python container
  - id: transform
    type: io.kestra.plugin.scripts.python.Script
    containerImage: python:3.11-slim
    taskRunner: # spins up container on-demand
      type: io.kestra.plugin.scripts.runner.docker.Docker
    inputFiles:
      data.json: "{{ outputs.extract.uri }}"  # Input from previous task
    outputFiles:
      - "*.json"
    script: |
      import json
      filtered_data = [
          {col: product.get(col, "N/A") for col in {{ inputs.columns_to_keep }}}
          for product in json.load(open("data.json"))["products"]
      ]
      json.dump(filtered_data, open("products.json", "w"), indent=4)

  # Analyze filtered data with DuckDB
  - id: query
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: STORE
    inputFiles:
      products.json: "{{ outputs.transform.outputFiles['products.json'] }}"
    sql: |
      INSTALL json;
      LOAD json;
      SELECT brand, ROUND(AVG(price), 2) AS avg_price
      FROM read_json_auto('{{ workingDir }}/products.json')
      GROUP BY brand
      ORDER BY avg_price DESC;
`,
  'data-quality': `id: data_quality
namespace: company.team
description: Counts what is wrong with a table, publishes it as metrics, and stops when it is too much

inputs:
  - id: tolerated
    type: INT
    displayName: Bad rows that are tolerated
    defaults: 2

tasks:
  - id: table
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: |
      id,email,age
      1,ada@example.com,36
      2,,41
      3,grace@example.com,-5
      4,alan@example.com,42

  - id: counts
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH_ONE
    inputFiles:
      people.csv: "{{ outputs.table.uri }}"
    sql: |
      SELECT count(*) AS total,
             count(*) FILTER (WHERE email IS NULL OR email = '') AS no_email,
             count(*) FILTER (WHERE age NOT BETWEEN 0 AND 120) AS bad_age,
             count(*) - count(DISTINCT id) AS doubles
      FROM read_csv_auto('{{ workingDir }}/people.csv')

  # Metrics are kept with the execution and compared over time.
  - id: publish
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - type: counter
        name: rows
        value: "{{ outputs.counts.row.total }}"
      - type: counter
        name: bad_rows
        value: "{{ outputs.counts.row.no_email + outputs.counts.row.bad_age + outputs.counts.row.doubles }}"

  - id: verdict
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ outputs.counts.row.no_email + outputs.counts.row.bad_age <= inputs.tolerated }}"
      - "{{ outputs.counts.row.doubles == 0 }}"
    errorMessage: "Too much is wrong: {{ outputs.counts.row }}"
`,
  'database-sync': `id: database_sync
namespace: company.team
description: Copies rows that changed from one PostgreSQL to another, every ten minutes

# A second run must not overtake the first.
concurrency:
  limit: 1
  behavior: CANCEL

tasks:
  - id: since
    type: io.kestra.plugin.core.debug.Return
    format: "{{ kv('database_sync.customers', errorOnMissing=false) ?? '1970-01-01T00:00:00Z' }}"

  - id: changed
    type: io.kestra.plugin.jdbc.postgresql.Query
    url: jdbc:postgresql://source.example.com:5432/shop
    username: reader
    password: "{{ secret('SOURCE_PASSWORD') }}"
    parameters:
      since: "{{ outputs.since.value }}"
    sql: |
      SELECT coalesce(json_agg(c ORDER BY c.updated_at), '[]')::text AS rows,
             count(*) AS n,
             max(c.updated_at)::text AS last
      FROM (SELECT id, name, email, updated_at FROM customers
            WHERE updated_at > :since::timestamptz ORDER BY updated_at LIMIT 5000) AS c
    fetchType: FETCH_ONE

  - id: is_any
    type: io.kestra.plugin.core.flow.If
    condition: "{{ outputs.changed.row.n > 0 }}"
    then:
      # One statement for all rows, and each of them inserted or updated.
      - id: merge
        type: io.kestra.plugin.jdbc.postgresql.Query
        url: jdbc:postgresql://target.example.com:5432/warehouse
        username: writer
        password: "{{ secret('TARGET_PASSWORD') }}"
        parameters:
          rows: "{{ outputs.changed.row.rows }}"
        sql: |
          INSERT INTO customers (id, name, email, updated_at)
          SELECT id, name, email, updated_at
          FROM json_to_recordset(:rows::json) AS r (id bigint, name text, email text, updated_at timestamptz)
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, updated_at = excluded.updated_at

      # Only once the rows are there.
      - id: remember
        type: io.kestra.plugin.core.kv.Set
        key: database_sync.customers
        value: "{{ outputs.changed.row.last }}"
        kvType: STRING

triggers:
  - id: every_ten_minutes
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "*/10 * * * *"
    disabled: true # switch it on to let it run
`,
  'dynamic-inputs': `id: dynamic_inputs
namespace: company.team
description: A form whose questions depend on the answers before

inputs:
  - id: environment
    type: SELECT
    displayName: Environment
    values:
      - staging
      - production
    defaults: staging

  # The choices are worked out of the answer above.
  - id: region
    type: SELECT
    displayName: Region
    expression: "{{ inputs.environment == 'production' ? ['eu-central', 'us-east', 'ap-south'] : ['eu-central'] }}"
    autoSelectFirst: true
    dependsOn:
      inputs:
        - environment

  # Asked for production alone, and then it must be given.
  - id: ticket
    type: STRING
    displayName: Change ticket
    validator: "[A-Z]+-[0-9]+"
    dependsOn:
      inputs:
        - environment
      condition: "{{ inputs.environment == 'production' }}"

  - id: replicas
    type: INT
    displayName: Replicas
    min: 1
    max: 10
    defaults: 2

tasks:
  - id: deploy
    type: io.kestra.plugin.core.log.Log
    message: >-
      {{ inputs.replicas }} replicas in {{ inputs.environment }}/{{ inputs.region }},
      ticket {{ inputs.ticket ?? 'none needed' }}
`,
  'elt-dbt-duckdb': `id: elt_dbt_duckdb
namespace: company.team
description: Loads a file, and builds and tests models of it with dbt

tasks:
  # One directory for the data and the dbt project.
  - id: project
    type: io.kestra.plugin.core.flow.WorkingDirectory
    inputFiles:
      dbt_project.yml: |
        name: shop
        profile: shop
        version: "1.0"
        seed-paths: [seeds]
        model-paths: [models]
      seeds/orders.csv: |
        id,customer,amount
        1,ada,120
        2,grace,80
        3,ada,45
      models/revenue.sql: |
        SELECT customer, sum(amount) AS revenue
        FROM {% raw %}{{ ref('orders') }}{% endraw %}
        GROUP BY customer
      models/schema.yml: |
        version: 2
        models:
          - name: revenue
            columns:
              - name: customer
                tests: [unique, not_null]
    tasks:
      # seed, run and test, in the order of the models. Each model is a line of the log.
      - id: build
        type: io.kestra.plugin.dbt.cli.DbtCLI
        containerImage: ghcr.io/kestra-io/dbt-duckdb:latest
        profiles: |
          shop:
            target: dev
            outputs:
              dev:
                type: duckdb
                path: shop.duckdb
        commands:
          - dbt build

triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 2 * * *"
    disabled: true # switch it on to let it run
`,
  'elt-dbt-postgres': `id: elt_dbt_postgres
namespace: company.team
description: Runs the dbt project of the namespace's files against PostgreSQL

inputs:
  - id: select
    type: STRING
    displayName: Models (dbt --select)
    defaults: "+orders"

tasks:
  # The project lies under dbt/ on the namespace's tab Files.
  - id: build
    type: io.kestra.plugin.dbt.cli.DbtCLI
    containerImage: ghcr.io/kestra-io/dbt-postgres:latest
    namespaceFiles:
      enabled: true
      include:
        - dbt/**
    projectDir: dbt
    env:
      DBT_PASSWORD: "{{ secret('POSTGRES_PASSWORD') }}"
      DBT_SELECT: "{{ inputs.select }}"
    profiles: |
      shop:
        target: prod
        outputs:
          prod:
            type: postgres
            host: postgres.example.com
            port: 5432
            user: dbt
            password: "{% raw %}{{ env_var('DBT_PASSWORD') }}{% endraw %}"
            dbname: shop
            schema: analytics
            threads: 4
    commands:
      - dbt deps
      - dbt build --select "$DBT_SELECT"
    timeout: PT1H
    retry:
      type: constant
      interval: PT5M
      maxAttempts: 2

triggers:
  - id: after_load
    type: io.kestra.plugin.core.trigger.Flow
    dependsOn:
      - namespace: company.team
        flowId: postgres_to_s3
        states:
          - SUCCESS
    disabled: true # switch it on, and name your own flow
`,
  'errors-and-finally': `id: errors_and_finally
namespace: company.team
description: What runs when something failed, and what runs in any case

inputs:
  - id: goes_wrong
    type: BOOL
    displayName: Let it fail
    defaults: false

tasks:
  - id: prepare
    type: io.kestra.plugin.core.storage.Write
    content: rows that are only needed for a while

  - id: import
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ inputs.goes_wrong }}"
    errorMessage: The import was refused

  # Nice to have: its failure neither stops the flow nor colours it.
  - id: warm_cache
    type: io.kestra.plugin.core.execution.Fail
    errorMessage: The cache is not there
    allowFailure: true
    allowWarning: true

# Only when a task failed for good. The execution is FAILED all the same.
errors:
  - id: tell
    type: io.kestra.plugin.core.log.Log
    level: ERROR
    message: "{{ flow.id }} failed in: {{ tasksWithState('FAILED') | jq('.[].taskId') | join(', ') }}"

# Always, before the end.
finally:
  - id: tidy_up
    type: io.kestra.plugin.core.storage.Delete
    uri: "{{ outputs.prepare.uri }}"

# Always, once the end is known.
afterExecution:
  - id: ended
    type: io.kestra.plugin.core.log.Log
    message: "It ended as {{ execution.state }}"
`,
  'exchange-rates': `id: exchange_rates
namespace: company.team
description: Fetches today's exchange rates, checks them, and keeps them in the KV store

tasks:
  - id: fetch
    type: io.kestra.plugin.core.http.Request
    uri: https://api.frankfurter.dev/v1/latest?base=EUR&symbols=USD,CHF,GBP
    retry:
      type: constant
      interval: PT1M
      maxAttempts: 5

  - id: plausible
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ outputs.fetch.body.rates.USD > 0.5 }}"
      - "{{ outputs.fetch.body.rates.USD < 2 }}"
    errorMessage: "No rate to trust: {{ outputs.fetch.body }}"

  # Any flow of the namespace reads it: kv('exchange_rates').USD
  - id: keep
    type: io.kestra.plugin.core.kv.Set
    key: exchange_rates
    value: "{{ outputs.fetch.body.rates | toJson }}"
    kvType: JSON
    # Old rates are worse than none.
    ttl: P7D

triggers:
  - id: afternoons
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "30 16 * * 1-5"
    timezone: Europe/Berlin
    disabled: true # switch it on to let it run
`,
  'file-line-by-line': `id: file_line_by_line
namespace: company.team
description: Runs tasks once for each line of a file, three at a time

tasks:
  - id: orders
    type: io.kestra.plugin.core.storage.Write
    extension: .jsonl
    content: |
      {"id": 101, "amount": 120}
      {"id": 102, "amount": 80}
      {"id": 103, "amount": 310}
      {"id": 104, "amount": 45}

  # Given a file, Loop runs once per line. Each round sees only its own outputs.
  - id: each_order
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ outputs.orders.uri }}"
    concurrencyLimit: 3
    # Of a file the rounds' outputs go to a file again; FETCH hands them to the tasks below as they are.
    fetchType: FETCH
    # What the rounds hand out: without this nothing of them is seen outside.
    outputs:
      - id: line
        type: STRING
        value: "{{ outputs.process.value }}"
    tasks:
      - id: process
        type: io.kestra.plugin.core.debug.Return
        format: "Order {{ fromJson(item.value).id }}: {{ fromJson(item.value).amount > 100 ? 'check by hand' : 'fine' }}"

  - id: summary
    type: io.kestra.plugin.core.log.Log
    message: "{{ loopOutputs(outputs.each_order.outputs, 'line') | join(', ') }}"
`,
  'flow-after-flows': `id: flow_after_flows
namespace: company.team
description: Runs once two other flows have succeeded on the same day

tasks:
  - id: report
    type: io.kestra.plugin.core.log.Log
    message: "Both loads are in; the last one was {{ trigger.flowId }}, execution {{ trigger.executionId }}"

triggers:
  - id: both_loaded
    type: io.kestra.plugin.core.trigger.Flow
    mode: ALL
    # What happened yesterday does not count today.
    window:
      every: P1D
    dependsOn:
      - namespace: company.team
        flowId: postgres_to_s3
        states:
          - SUCCESS
      - namespace: company.team
        flowId: api_incremental
        states:
          - SUCCESS
    disabled: true # switch it on, and name your own flows
`,
  'guarded-start': `id: guarded_start
namespace: company.team
description: Checks its inputs before anything starts, and what it made before it is handed on

inputs:
  - id: percent
    type: INT
    displayName: Share of the customers
    defaults: 10

# Asked before an execution exists: a wrong start is refused with this text.
checks:
  - when: "{{ inputs.percent > 0 and inputs.percent <= 100 }}"
    message: The share must lie between 1 and 100
    style: ERROR
    behavior: BLOCK_EXECUTION

tasks:
  - id: sample
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH_ONE
    sql: SELECT count(*) AS customers FROM range({{ inputs.percent }} * 100)

  # Asked while it runs.
  - id: plausible
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ outputs.sample.row.customers > 0 }}"
      - "{{ outputs.sample.row.customers <= 10000 }}"
    errorMessage: "{{ outputs.sample.row.customers }} customers can not be"

  - id: send
    type: io.kestra.plugin.core.log.Log
    message: "A mail to {{ outputs.sample.row.customers }} customers"
`,
  'hello-world': `id: hello_world
namespace: company.team
description: Greets somebody, and hands the greeting back as an output

# Inputs are asked for by the form "Execute", or given by whoever starts the flow.
inputs:
  - id: name
    type: STRING
    displayName: Whom to greet
    defaults: world

tasks:
  # A task's outputs are read by later tasks: outputs.<task id>.<name>
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: "Hello {{ inputs.name | capitalize }}, this is {{ flow.namespace }}.{{ flow.id }}"

  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.greet.value }}"

# What the flow itself answers: shown with the execution, and given to a flow that calls this one.
outputs:
  - id: greeting
    type: STRING
    value: "{{ outputs.greet.value }}"
`,
  'http-poll': `id: http_poll
namespace: company.team
description: Starts as soon as a status page says that an export is ready

tasks:
  - id: fetch
    type: io.kestra.plugin.core.http.Download
    uri: "{{ trigger.body.url }}"

  - id: size
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.fetch.length }} bytes"

triggers:
  - id: ready
    type: io.kestra.plugin.core.http.Trigger
    uri: https://api.example.com/exports/latest
    headers:
      Authorization: "Bearer {{ secret('API_TOKEN') }}"
    interval: PT5M
    responseCondition: "{{ fromJson(response.body).state == 'ready' }}"
    # One export is enough: the trigger switches itself off afterwards.
    stopAfter:
      - SUCCESS
    disabled: true # switch it on once the address is your own
`,
  'json-to-csv': `id: json_to_csv
namespace: company.team
description: Converts a JSON array to CSV, and counts its rows

tasks:
  - id: json
    type: io.kestra.plugin.core.storage.Write
    extension: .json
    content: |
      [
        {"city": "Oslo", "country": "NO", "population": 709037},
        {"city": "Bern", "country": "CH", "population": 134591},
        {"city": "Lyon", "country": "FR", "population": 522250}
      ]

  # Rows travel between tasks as Ion. newLine: false reads one array, true reads a value per line.
  - id: rows
    type: io.kestra.plugin.serdes.json.JsonToIon
    from: "{{ outputs.json.uri }}"
    newLine: false

  - id: csv
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.rows.uri }}"
    fieldSeparator: ";"

  - id: told
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.csv.size }} rows: {{ read(outputs.csv.uri) }}"
`,
  'julia-simulation': `id: julia_simulation
namespace: company.team
description: Julia simulates, in as many parallel parts as you like

inputs:
  - id: parts
    type: INT
    displayName: Parallel parts
    defaults: 3
    max: 10

tasks:
  - id: each_part
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ range(1, inputs.parts) }}"
    concurrencyLimit: 0
    outputs:
      - id: pi
        type: FLOAT
        value: "{{ outputs.simulate.vars.pi }}"
    tasks:
      - id: simulate
        type: io.kestra.plugin.scripts.julia.Script
        containerImage: julia:1.11
        taskRunner:
          type: io.kestra.plugin.scripts.runner.docker.Docker
        env:
          SEED: "{{ item.value }}"
        script: |
          using Random
          Random.seed!(parse(Int, ENV["SEED"]))
          n = 1_000_000
          inside = count(_ -> rand()^2 + rand()^2 <= 1, 1:n)
          println("::{\\"outputs\\":{\\"pi\\":$(4 * inside / n)}}::")

  - id: estimates
    type: io.kestra.plugin.core.log.Log
    message: "{{ loopOutputs(outputs.each_part.outputs, 'pi') }}"
`,
  'kubernetes-training': `id: kubernetes_training
namespace: company.team
description: Trains on a large machine of a Kubernetes cluster, with limits of memory and time

tasks:
  - id: train
    type: io.kestra.plugin.scripts.python.Commands
    containerImage: pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime
    taskRunner:
      type: io.kestra.plugin.ee.kubernetes.runner.Kubernetes
      resources:
        request:
          cpu: "2"
          memory: 8Gi
        limit:
          memory: 16Gi
      # Which machines may take it: your cluster names them.
      nodeSelector:
        millrace.dev/size: large
      # A machine may have to be started first.
      waitUntilRunning: PT20M
    timeout: PT6H
    namespaceFiles:
      enabled: true
      include:
        - training/**
    outputFiles:
      - model.pt
    commands:
      - python training/train.py --out model.pt
`,
  'kv-watermark': `id: kv_watermark
namespace: company.team
description: Reads only what is new since the last run, which the KV store remembers

tasks:
  # The first run finds nothing in the store and begins at 0.
  - id: since
    type: io.kestra.plugin.core.debug.Return
    format: "{{ kv('kv_watermark.last_id', errorOnMissing=false) ?? 0 }}"

  # Stands for: SELECT ... FROM orders WHERE id > :since
  - id: fresh
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH_ONE
    parameters:
      since: "{{ outputs.since.value }}"
    sql: |
      SELECT count(*) AS rows, max(id) AS last_id
      FROM (SELECT unnest(range(:since::INT + 1, :since::INT + 26)) AS id)

  - id: process
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.fresh.row.rows }} new rows after id {{ outputs.since.value }}"

  # Last of all: should a task before fail, the next run reads the same rows again.
  - id: remember
    type: io.kestra.plugin.core.kv.Set
    key: kv_watermark.last_id
    value: "{{ outputs.fresh.row.last_id }}"
    kvType: NUMBER

# Two at once would read the same rows.
concurrency:
  limit: 1

triggers:
  - id: every_quarter_hour
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "*/15 * * * *"
    disabled: true # switch it on once the flow reads your table
`,
  'loop-over-tables': `id: loop_over_tables
namespace: company.team
description: Runs the same tasks for each of a list, and gathers what came out

inputs:
  - id: tables
    type: ARRAY
    itemType: STRING
    displayName: Tables to count
    defaults:
      - customers
      - orders
      - products

tasks:
  - id: each_table
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ inputs.tables }}"
    # How many at the same time; 0 is all of them.
    concurrencyLimit: 2
    outputs:
      - id: line
        type: STRING
        value: "{{ outputs.told.value }}"
    tasks:
      # Stands for a count in your database.
      - id: count
        type: io.kestra.plugin.jdbc.duckdb.Query
        fetchType: FETCH_ONE
        sql: SELECT count(*) AS rows FROM range({{ (item.index + 1) * 100 }})

      - id: told
        type: io.kestra.plugin.core.debug.Return
        format: "{{ item.value }}: {{ outputs.count.row.rows }} rows"

  - id: report
    type: io.kestra.plugin.core.log.Log
    message: "{{ loopOutputs(outputs.each_table.outputs, 'line') | join(', ') }}"
`,
  'ml-batch-scoring': `id: ml_batch_scoring
namespace: company.team
description: Scores the rows of a file with a model that is kept in the namespace

tasks:
  - id: rows
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: |
      sepal_length,sepal_width,petal_length,petal_width
      5.1,3.5,1.4,0.2
      6.7,3.1,4.7,1.5
      7.2,3.2,6.0,1.8

  # The model comes from the blueprint "Train a model".
  - id: score
    type: io.kestra.plugin.scripts.python.Script
    containerImage: python:3.13-slim
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    dependencies:
      - scikit-learn
      - joblib
    namespaceFiles:
      enabled: true
      include:
        - models/iris.joblib
    inputFiles:
      rows.csv: "{{ outputs.rows.uri }}"
    outputFiles:
      - scored.csv
    script: |
      import csv
      import joblib

      model = joblib.load("models/iris.joblib")
      rows = list(csv.reader(open("rows.csv")))
      header, values = rows[0], [[float(v) for v in row] for row in rows[1:]]
      with open("scored.csv", "w", newline="") as out:
          writer = csv.writer(out)
          writer.writerow(header + ["species"])
          for row, species in zip(values, model.predict(values)):
              writer.writerow(row + [species])

outputs:
  - id: scored
    type: FILE
    value: "{{ outputs.score.outputFiles['scored.csv'] }}"
`,
  'ml-parameter-search': `id: ml_parameter_search
namespace: company.team
description: Trains one model for each setting in parallel, and tells which one is best

inputs:
  - id: depths
    type: ARRAY
    itemType: INT
    displayName: Depths to try
    defaults:
      - 2
      - 4
      - 8

tasks:
  - id: each_depth
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ inputs.depths }}"
    concurrencyLimit: 3
    outputs:
      - id: score
        type: FLOAT
        value: "{{ outputs.train.vars.score }}"
    tasks:
      - id: train
        type: io.kestra.plugin.scripts.python.Script
        containerImage: python:3.13-slim
        taskRunner:
          type: io.kestra.plugin.scripts.runner.docker.Docker
          memory:
            memory: 1GB
        dependencies:
          - scikit-learn
          - kestra
        env:
          DEPTH: "{{ item.value }}"
        script: |
          import os
          from kestra import Kestra
          from sklearn.datasets import load_wine
          from sklearn.model_selection import cross_val_score
          from sklearn.tree import DecisionTreeClassifier

          x, y = load_wine(return_X_y=True)
          model = DecisionTreeClassifier(max_depth=int(os.environ["DEPTH"]), random_state=7)
          Kestra.outputs({"score": cross_val_score(model, x, y).mean()})

  - id: scores
    type: io.kestra.plugin.core.output.OutputValues
    values:
      depths: "{{ inputs.depths }}"
      scores: "{{ loopOutputs(outputs.each_depth.outputs, 'score') }}"
      best: "{{ loopOutputs(outputs.each_depth.outputs, 'score') | sort | last }}"
`,
  'ml-training': `id: ml_training
namespace: company.team
description: Trains a model, measures it, and keeps it only when it is good enough

inputs:
  - id: trees
    type: INT
    displayName: Trees of the forest
    defaults: 100

  - id: least_accuracy
    type: FLOAT
    displayName: Least accuracy
    defaults: 0.9

tasks:
  - id: train
    type: io.kestra.plugin.scripts.python.Script
    containerImage: python:3.13-slim
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    # Installed once, and kept for the next runs.
    dependencies:
      - scikit-learn
      - joblib
      - kestra
    env:
      TREES: "{{ inputs.trees }}"
    outputFiles:
      - model.joblib
    script: |
      import os
      import joblib
      from kestra import Kestra
      from sklearn.datasets import load_iris
      from sklearn.ensemble import RandomForestClassifier
      from sklearn.model_selection import train_test_split

      x, y = load_iris(return_X_y=True)
      x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.3, random_state=7)
      model = RandomForestClassifier(n_estimators=int(os.environ["TREES"]), random_state=7)
      model.fit(x_train, y_train)
      accuracy = model.score(x_test, y_test)
      print(f"accuracy {accuracy:.3f}")
      joblib.dump(model, "model.joblib")
      Kestra.outputs({"accuracy": accuracy})
      Kestra.counter("rows", len(x_train))

  - id: good_enough
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ outputs.train.vars.accuracy >= inputs.least_accuracy }}"
    errorMessage: "The model reaches only {{ outputs.train.vars.accuracy }}"

  - id: keep
    type: io.kestra.plugin.core.namespace.UploadFiles
    namespace: "{{ flow.namespace }}"
    filesMap:
      models/iris.joblib: "{{ outputs.train.outputFiles['model.joblib'] }}"
`,
  'namespace-files': `id: namespace_files
namespace: company.team
description: Keeps a SQL file in the namespace, and runs it from there

tasks:
  # Once: afterwards the file lies on the namespace's tab Files, where people edit it.
  - id: query_text
    type: io.kestra.plugin.core.storage.Write
    extension: .sql
    content: SELECT 'ready' AS status, 42 AS answer

  - id: keep
    type: io.kestra.plugin.core.namespace.UploadFiles
    namespace: "{{ flow.namespace }}"
    filesMap:
      blueprints/status.sql: "{{ outputs.query_text.uri }}"

  # read() takes the text of a file of the namespace.
  - id: run
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH_ONE
    sql: "{{ read('blueprints/status.sql') }}"

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.run.row.status }}: {{ outputs.run.row.answer }}"
`,
  'node-transform': `id: node_transform
namespace: company.team
description: A Node.js script reshapes JSON, and hands a number on

tasks:
  - id: fetch
    type: io.kestra.plugin.core.http.Download
    uri: https://dummyjson.com/users?limit=20

  - id: reshape
    type: io.kestra.plugin.scripts.node.Script
    containerImage: node:22-slim
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    inputFiles:
      users.json: "{{ outputs.fetch.uri }}"
    outputFiles:
      - "*.jsonl"
    script: |
      const { readFileSync, writeFileSync } = require('node:fs')
      const { users } = JSON.parse(readFileSync('users.json', 'utf8'))
      const lines = users.map(({ id, email, age }) => JSON.stringify({ id, email, adult: age >= 18 }))
      writeFileSync('users.jsonl', lines.join('\\n') + '\\n')
      console.log(\`::\${JSON.stringify({ outputs: { users: lines.length } })}::\`)

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.reshape.vars.users }} users in {{ outputs.reshape.outputFiles['users.jsonl'] }}"
`,
  'parallel-sources': `id: parallel_sources
namespace: company.team
description: Reads three sources at once, and goes on when all of them are there

tasks:
  # All children start together; \`concurrent: 2\` would let two run at a time.
  - id: sources
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: customers
        type: io.kestra.plugin.jdbc.duckdb.Query
        fetchType: FETCH_ONE
        sql: SELECT count(*) AS n FROM range(1200)

      - id: orders
        type: io.kestra.plugin.jdbc.duckdb.Query
        fetchType: FETCH_ONE
        sql: SELECT count(*) AS n FROM range(45000)

      - id: products
        type: io.kestra.plugin.jdbc.duckdb.Query
        fetchType: FETCH_ONE
        sql: SELECT count(*) AS n FROM range(380)

  - id: summary
    type: io.kestra.plugin.core.output.OutputValues
    values:
      customers: "{{ outputs.customers.row.n }}"
      orders: "{{ outputs.orders.row.n }}"
      products: "{{ outputs.products.row.n }}"
`,
  'polyglot': `id: polyglot
namespace: company.team
description: One flow, five languages, each in a container of its own

tasks:
  - id: languages
    type: io.kestra.plugin.core.flow.Parallel
    concurrent: 2
    tasks:
      - id: python
        type: io.kestra.plugin.scripts.python.Script
        containerImage: python:3.13-slim
        script: print(sum(range(10)))

      - id: ruby
        type: io.kestra.plugin.scripts.ruby.Script
        containerImage: ruby:3.4-slim
        script: puts (0...10).sum

      - id: go
        type: io.kestra.plugin.scripts.go.Script
        containerImage: golang:1.23
        script: |
          package main

          import "fmt"

          func main() {
            sum := 0
            for i := range 10 {
              sum += i
            }
            fmt.Println(sum)
          }

      - id: deno
        type: io.kestra.plugin.scripts.deno.Script
        containerImage: denoland/deno:2.1.4
        script: "console.log([...Array(10).keys()].reduce((a: number, b: number) => a + b, 0))"

      - id: powershell
        type: io.kestra.plugin.scripts.powershell.Script
        containerImage: mcr.microsoft.com/powershell:latest
        script: (0..9 | Measure-Object -Sum).Sum
`,
  'postgres-new-rows': `id: postgres_new_rows
namespace: company.team
description: Starts when a table holds jobs that nobody has taken yet

tasks:
  - id: each_job
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ trigger.rows }}"
    concurrencyLimit: 5
    tasks:
      - id: work
        type: io.kestra.plugin.core.log.Log
        message: "Job {{ fromJson(item.value).id }} for {{ fromJson(item.value).customer }}"

triggers:
  # Rows that are read are marked in the same statement: no job is taken twice.
  - id: open_jobs
    type: io.kestra.plugin.jdbc.postgresql.Trigger
    interval: PT1M
    url: jdbc:postgresql://postgres.example.com:5432/shop
    username: worker
    password: "{{ secret('POSTGRES_PASSWORD') }}"
    sql: |
      UPDATE jobs SET state = 'taken', taken_at = now()
      WHERE id IN (SELECT id FROM jobs WHERE state = 'open' ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
      RETURNING id, customer
    fetchType: FETCH
    disabled: true # switch it on once the address is your own
`,
  'postgres-to-s3': `id: postgres_to_s3
namespace: company.team
description: Puts yesterday's orders as CSV into a bucket, each night

tasks:
  - id: day
    type: io.kestra.plugin.core.debug.Return
    format: "{{ (trigger.date ?? execution.startDate) | dateAdd(-1, 'DAYS') | date('yyyy-MM-dd') }}"

  - id: extract
    type: io.kestra.plugin.jdbc.postgresql.Query
    url: jdbc:postgresql://postgres.example.com:5432/shop
    username: reader
    password: "{{ secret('POSTGRES_PASSWORD') }}"
    # Parameters are bound by the database: nothing in them is taken for SQL.
    parameters:
      day: "{{ outputs.day.value }}"
    sql: SELECT id, customer, amount, created_at FROM orders WHERE created_at::date = :day::date
    fetchType: STORE

  - id: csv
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.extract.uri }}"

  # The same day has the same key: a second run replaces the file.
  - id: load
    type: io.kestra.plugin.aws.s3.Upload
    region: eu-central-1
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    bucket: my-warehouse
    key: "orders/day={{ outputs.day.value }}/orders.csv"
    from: "{{ outputs.csv.uri }}"

triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "15 1 * * *"
    timezone: Europe/Berlin
    disabled: true # switch it on to let it run
`,
  'purge-old-data': `id: purge_old_data
namespace: company.team
description: Deletes executions, files and log lines that nobody needs any more

inputs:
  - id: days
    type: INT
    displayName: Days to keep
    defaults: 90
    min: 7

tasks:
  - id: executions
    type: io.kestra.plugin.core.execution.PurgeExecutions
    namespace: "{{ flow.namespace }}"
    endDate: "{{ now() | dateAdd(inputs.days * -1, 'DAYS') }}"
    # What failed is kept: somebody may still look into it.
    states:
      - SUCCESS
      - KILLED
      - CANCELLED

  - id: keys
    type: io.kestra.plugin.core.kv.PurgeKV
    namespaces:
      - "{{ flow.namespace }}"
    behavior:
      type: key
      expiredOnly: true

  - id: told
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.executions.executionsCount }} executions and {{ outputs.keys.size }} keys are gone"

triggers:
  - id: sundays
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 4 * * 0"
    disabled: true # switch it on to let it run
`,
  'python-report': `id: python_report
namespace: company.team
description: A Python script makes numbers, a table and a metric out of a file

tasks:
  - id: data
    type: io.kestra.plugin.core.storage.Write
    extension: .csv
    content: |
      day,visits
      2026-11-01,120
      2026-11-02,98
      2026-11-03,143

  - id: analyse
    type: io.kestra.plugin.scripts.python.Script
    containerImage: python:3.13-slim
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    dependencies:
      - kestra
    inputFiles:
      visits.csv: "{{ outputs.data.uri }}"
    outputFiles:
      - report.json
    script: |
      import csv, json, statistics
      from kestra import Kestra

      visits = [int(row["visits"]) for row in csv.DictReader(open("visits.csv"))]
      report = {"days": len(visits), "mean": statistics.mean(visits), "max": max(visits)}
      json.dump(report, open("report.json", "w"))
      Kestra.outputs(report)
      Kestra.counter("days", len(visits))

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.analyse.vars.mean }} visits a day on average"
`,
  'r-report': `id: r_report
namespace: company.team
description: An R script fits a line, and draws it

tasks:
  - id: fit
    type: io.kestra.plugin.scripts.r.Script
    containerImage: r-base:4.4.2
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
    outputFiles:
      - plot.png
    script: |
      model <- lm(dist ~ speed, data = cars)
      png("plot.png")
      plot(cars)
      abline(model)
      invisible(dev.off())
      cat(sprintf('::{"outputs":{"slope":%.3f}}::\\n', coef(model)[["speed"]]))

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "Each mph more takes {{ outputs.fit.vars.slope }} feet more to stop"
`,
  'redis-cache': `id: redis_cache
namespace: company.team
description: Computes a value each hour, and leaves it in Redis for a website

tasks:
  - id: compute
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH
    sql: SELECT * FROM (VALUES ('desk', 120), ('chair', 98), ('lamp', 75)) AS best (sku, sold) ORDER BY sold DESC

  - id: publish
    type: io.kestra.plugin.redis.string.Set
    url: redis://:{{ secret('REDIS_PASSWORD') }}@redis.example.com:6379/0
    key: bestsellers
    value: "{{ outputs.compute.rows | toJson }}"
    # A value that is no longer renewed disappears.
    options:
      expirationDuration: PT2H

triggers:
  - id: hourly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 * * * *"
    disabled: true # switch it on to let it run
`,
  'redis-realtime': `id: redis_realtime
namespace: company.team
description: An execution for each message of a Redis list, within moments

tasks:
  - id: message
    type: io.kestra.plugin.core.log.Log
    message: "Order {{ trigger.value.id }} over {{ trigger.value.amount }}"

  # What could not be handled is kept for later.
errors:
  - id: put_aside
    type: io.kestra.plugin.redis.list.ListPush
    url: redis://:{{ secret('REDIS_PASSWORD') }}@redis.example.com:6379/0
    key: orders_failed
    serdeType: JSON
    from:
      - "{{ trigger.value }}"

triggers:
  - id: orders
    type: io.kestra.plugin.redis.list.RealtimeTrigger
    url: redis://:{{ secret('REDIS_PASSWORD') }}@redis.example.com:6379/0
    key: orders
    serdeType: JSON
    disabled: true # switch it on once the server is your own

# A flood of messages is worked off twenty at a time.
concurrency:
  limit: 20
  behavior: QUEUE
`,
  'retry-until-it-works': `id: retry_until_it_works
namespace: company.team
description: A task that fails at first is tried again, and the flow ends well

tasks:
  # Fails on its first two attempts, as a service that is just starting would.
  - id: unsteady
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ taskrun.attemptsCount < 2 }}"
    errorMessage: The service is not up yet
    # An attempt that hangs is ended, and counts as failed.
    timeout: PT30S
    retry:
      type: constant
      interval: PT1S
      maxAttempts: 5
      maxDuration: PT2M

  - id: done
    type: io.kestra.plugin.core.log.Log
    message: It answered
`,
  's3-arrival': `id: s3_arrival
namespace: company.team
description: Each CSV file that arrives in a bucket is summed up, and moved to an archive

tasks:
  - id: each_file
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ trigger.objects | jq('.[].uri') }}"
    concurrencyLimit: 4
    tasks:
      - id: sums
        type: io.kestra.plugin.jdbc.duckdb.Query
        fetchType: STORE
        inputFiles:
          in.csv: "{{ item.value }}"
        sql: |
          SELECT customer, sum(amount) AS amount
          FROM read_csv_auto('{{ workingDir }}/in.csv')
          GROUP BY customer

      - id: csv
        type: io.kestra.plugin.serdes.csv.IonToCsv
        from: "{{ outputs.sums.uri }}"

      - id: store
        type: io.kestra.plugin.aws.s3.Upload
        region: eu-central-1
        accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
        secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
        bucket: my-bucket
        key: "sums/{{ execution.id }}-{{ item.index }}.csv"
        from: "{{ outputs.csv.uri }}"

triggers:
  - id: arrival
    type: io.kestra.plugin.aws.s3.Trigger
    interval: PT1M
    region: eu-central-1
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    bucket: my-bucket
    prefix: in/
    regexp: .*\\.csv
    # What was taken is moved, so that it is taken once.
    action: MOVE
    moveTo:
      key: archive/
    disabled: true # switch it on once the bucket is your own
`,
  'schedule-on-dates': `id: schedule_on_dates
namespace: company.team
description: Runs on the dates of a list, such as the ends of the quarters

tasks:
  - id: close
    type: io.kestra.plugin.core.log.Log
    message: "Closing the books as of {{ (trigger.date ?? execution.startDate) | date('yyyy-MM-dd') }}"

triggers:
  - id: quarter_ends
    type: io.kestra.plugin.core.trigger.ScheduleOnDates
    timezone: Europe/Berlin
    dates:
      - "2026-12-31T20:00:00"
      - "2027-03-31T20:00:00"
      - "2027-06-30T20:00:00"
      - "2027-09-30T20:00:00"
    recoverMissedSchedules: LAST
    disabled: true # switch it on to let it run
`,
  'script-as-sensor': `id: script_as_sensor
namespace: company.team
description: A small script looks every minute whether there is something to do, and starts the flow if so

tasks:
  - id: handle
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.vars.waiting }} items are waiting"

triggers:
  - id: queue
    type: io.kestra.plugin.scripts.python.ScriptTrigger
    interval: PT1M
    containerImage: python:3.13-slim
    # The script ends with 1 when there is nothing to do.
    exitCondition: exit 0
    # Only when that changes, and not each minute anew.
    edge: true
    script: |
      import json, sys, urllib.request
      waiting = json.load(urllib.request.urlopen("https://api.example.com/queue"))["waiting"]
      print("::" + json.dumps({"outputs": {"waiting": waiting}}) + "::")
      sys.exit(0 if waiting else 1)
    disabled: true # switch it on once the address is your own
`,
  'sftp-arrival': `id: sftp_arrival
namespace: company.team
description: Fetches the files a partner leaves on an SFTP server, and loads them into PostgreSQL

tasks:
  - id: each_file
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ trigger.files | jq('.[].path') }}"
    # One after another: the partner's files build on each other.
    concurrencyLimit: 1
    tasks:
      - id: rows
        type: io.kestra.plugin.serdes.csv.CsvToIon
        from: "{{ item.value }}"
        fieldSeparator: ";"
        # A bad line is told in the log, and left out.
        onBadLines: WARN

      - id: json
        type: io.kestra.plugin.serdes.json.IonToJson
        from: "{{ outputs.rows.uri }}"
        newLine: false

      - id: load
        type: io.kestra.plugin.jdbc.postgresql.Query
        url: jdbc:postgresql://postgres.example.com:5432/shop
        username: writer
        password: "{{ secret('POSTGRES_PASSWORD') }}"
        parameters:
          rows: "{{ read(outputs.json.uri) }}"
        sql: |
          INSERT INTO prices (sku, price)
          SELECT sku, price FROM json_to_recordset(:rows::json) AS r (sku text, price numeric)
          ON CONFLICT (sku) DO UPDATE SET price = excluded.price

triggers:
  - id: arrival
    type: io.kestra.plugin.fs.sftp.Trigger
    interval: PT5M
    host: sftp.example.com
    username: partner
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /outgoing/
    regExp: .*\\.csv
    action: MOVE
    moveDirectory: /done/
    disabled: true # switch it on once the server is your own
`,
  'sftp-delivery': `id: sftp_delivery
namespace: company.team
description: Makes a file each week, and delivers it to a partner's SFTP server

tasks:
  - id: stock
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: STORE
    sql: SELECT * FROM (VALUES ('desk', 12), ('chair', 40)) AS stock (sku, pieces)

  - id: csv
    type: io.kestra.plugin.serdes.csv.IonToCsv
    from: "{{ outputs.stock.uri }}"

  # Under another name first: the partner never reads half a file.
  - id: upload
    type: io.kestra.plugin.fs.sftp.Upload
    host: sftp.example.com
    username: partner
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: "{{ outputs.csv.uri }}"
    to: /incoming/stock.csv.part
    retry:
      type: exponential
      interval: PT10S
      maxInterval: PT5M
      maxAttempts: 5

  - id: rename
    type: io.kestra.plugin.fs.sftp.Move
    host: sftp.example.com
    username: partner
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /incoming/stock.csv.part
    to: "/incoming/stock-{{ execution.startDate | date('yyyy-MM-dd') }}.csv"

triggers:
  - id: mondays
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 6 * * 1"
    timezone: Europe/Berlin
    disabled: true # switch it on to let it run
`,
  'shared-working-directory': `id: shared_working_directory
namespace: company.team
description: Several shell tasks work in one directory, and keep some of its files

tasks:
  # Children run one after another, on one machine, in one directory.
  - id: workspace
    type: io.kestra.plugin.core.flow.WorkingDirectory
    inputFiles:
      names.txt: |
        grace
        ada
        alan
    outputFiles:
      - sorted.txt
    tasks:
      - id: sort
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - sort names.txt > sorted.txt

      - id: count
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          # A line of this form becomes outputs.count.vars.lines
          - echo "::{\\"outputs\\":{\\"lines\\":$(wc -l < sorted.txt)}}::"

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.count.vars.lines }} names: {{ read(outputs.workspace.outputFiles['sorted.txt']) }}"
`,
  'shell-script': `id: shell_script
namespace: company.team
description: A shell script takes an input, writes a file, and hands a number on

inputs:
  - id: lines
    type: INT
    displayName: Lines to write
    defaults: 5

tasks:
  - id: generate
    type: io.kestra.plugin.scripts.shell.Script
    # Process runs it where the worker runs; Docker or Kubernetes give it a container of its own.
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    # Values go in by the environment: so nothing in them is taken for code.
    env:
      LINES_WANTED: "{{ inputs.lines }}"
    outputFiles:
      - numbers.txt
    script: |
      i=1
      while [ "$i" -le "$LINES_WANTED" ]; do
        echo "$i" >> numbers.txt
        i=$((i + 1))
      done
      echo "::{\\"outputs\\":{\\"written\\":$((i - 1))}}::"

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.generate.vars.written }} lines in {{ outputs.generate.outputFiles['numbers.txt'] }}"
`,
  'signed-webhook': `id: signed_webhook
namespace: company.team
description: A webhook that takes only calls with a valid signature, and sorts them by their event

tasks:
  - id: by_event
    type: io.kestra.plugin.core.flow.Switch
    value: "{{ trigger.body.type }}"
    cases:
      order.created:
        - id: created
          type: io.kestra.plugin.core.log.Log
          message: "Order {{ trigger.body.data.id }} was made"
      order.cancelled:
        - id: cancelled
          type: io.kestra.plugin.core.log.Log
          message: "Order {{ trigger.body.data.id }} was cancelled"
    defaults:
      - id: unknown
        type: io.kestra.plugin.core.log.Log
        level: WARN
        message: "Nobody listens to {{ trigger.body.type }}"

triggers:
  - id: events
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ secret('WEBHOOK_KEY') }}"
    # The sender signs each call; what is forged or changed on its way is refused.
    signature:
      secret: "{{ secret('WEBHOOK_SIGNING_SECRET') }}"
    disabled: true # switch it on once both secrets are there
`,
  'sla-and-concurrency': `id: sla_and_concurrency
namespace: company.team
description: One execution at a time, with a note when it takes longer than promised

# Further executions wait in a queue; CANCEL or FAIL would turn them away.
concurrency:
  limit: 1
  behavior: QUEUE

# An execution that takes longer than that gets a label; FAIL or CANCEL would end it.
sla:
  - id: in_time
    type: MAX_DURATION
    duration: PT10M
    behavior: NONE
    labels:
      sla: missed

tasks:
  - id: load
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT1S

  - id: loaded
    type: io.kestra.plugin.core.log.Log
    message: Loaded within the promised time
`,
  'slack-on-failure': `id: slack_on_failure
namespace: company.team
description: Tells a Slack channel of each failed execution of the namespace

tasks:
  - id: tell
    type: io.kestra.plugin.core.http.Request
    uri: "{{ secret('SLACK_WEBHOOK_URL') }}"
    method: POST
    contentType: application/json
    body: |
      {{ {"text": ":red_circle: *" ~ trigger.namespace ~ "." ~ trigger.flowId ~ "* ended as " ~ trigger.state ~ ", execution " ~ trigger.executionId} | toJson }}
    # Slack asks to slow down now and then.
    retry:
      type: constant
      interval: PT30S
      maxAttempts: 5

triggers:
  # One flow for all others: they need no alert of their own.
  - id: failed
    type: io.kestra.plugin.core.trigger.Flow
    dependsOn:
      - namespace: company
        states:
          - FAILED
          - WARNING
    when: "{{ trigger.flowId != flow.id }}"
    disabled: true # switch it on once the secret SLACK_WEBHOOK_URL is there
`,
  'split-and-merge': `id: split_and_merge
namespace: company.team
description: Splits a large file into parts, works on the parts in parallel, and joins the results

inputs:
  - id: rows_per_part
    type: INT
    defaults: 2
    min: 1

tasks:
  - id: file
    type: io.kestra.plugin.core.storage.Write
    extension: .txt
    content: |
      alpha
      bravo
      charlie
      delta
      echo

  - id: parts
    type: io.kestra.plugin.core.storage.Split
    from: "{{ outputs.file.uri }}"
    rows: "{{ inputs.rows_per_part }}"

  - id: each_part
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ outputs.parts.uris }}"
    concurrencyLimit: 4
    outputs:
      - id: file
        type: FILE
        value: "{{ outputs.upper.uri }}"
    tasks:
      # Your work on one part.
      - id: upper
        type: io.kestra.plugin.core.storage.Write
        extension: .txt
        content: "{{ read(item.value) | upper }}"

  - id: merged
    type: io.kestra.plugin.core.storage.Concat
    files: "{{ loopOutputs(outputs.each_part.outputs, 'file') }}"
    extension: .txt

  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(outputs.merged.uri) }}"
`,
  'subflow-calls': `id: subflow_calls
namespace: company.team
description: Calls another flow as if it were a task, and reads what it answers

inputs:
  - id: name
    type: STRING
    displayName: Whom to greet
    defaults: Ada

tasks:
  # Needs the blueprint "Hello world" as a flow of the same namespace.
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: "{{ flow.namespace }}"
    flowId: hello_world
    inputs:
      name: "{{ inputs.name }}"
    # Its failure is ours, and our labels are its.
    wait: true
    transmitFailed: true
    inheritLabels: true

  - id: answered
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.call.outputs.greeting }}"
`,
  'switch-by-kind': `id: switch_by_kind
namespace: company.team
description: Chooses the tasks to run by the value of an input

inputs:
  - id: kind
    type: SELECT
    displayName: Kind of request
    values:
      - refund
      - complaint
      - question
    defaults: refund

  - id: amount
    type: FLOAT
    defaults: 49.9

tasks:
  - id: route
    type: io.kestra.plugin.core.flow.Switch
    value: "{{ inputs.kind }}"
    cases:
      refund:
        # A choice within a choice.
        - id: is_small
          type: io.kestra.plugin.core.flow.If
          condition: "{{ inputs.amount < 100 }}"
          then:
            - id: pay_back
              type: io.kestra.plugin.core.log.Log
              message: "{{ inputs.amount }} are paid back at once"
          else:
            - id: ask_finance
              type: io.kestra.plugin.core.log.Log
              message: "Finance decides about {{ inputs.amount }}"
      complaint:
        - id: to_support
          type: io.kestra.plugin.core.log.Log
          level: WARN
          message: Support calls back today
    # All other values.
    defaults:
      - id: to_inbox
        type: io.kestra.plugin.core.log.Log
        message: It waits in the inbox
`,
  'templated-report': `id: templated_report
namespace: company.team
description: Writes a Markdown report from rows with a template

tasks:
  - id: sales
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: FETCH
    sql: |
      SELECT * FROM (VALUES ('Desk', 12, 2268.0), ('Chair', 31, 1844.5), ('Lamp', 58, 1444.2))
        AS sales (product, sold, revenue)
      ORDER BY revenue DESC

  # {% for %} and {% if %} work in every property that is rendered.
  - id: report
    type: io.kestra.plugin.core.storage.Write
    extension: .md
    content: |
      # Sales of {{ execution.startDate | date('d MMMM yyyy') }}

      | product | sold | revenue |
      |---|--:|--:|
      {%- for row in outputs.sales.rows %}
      | {{ row.product }}{% if loop.first %} (best){% endif %} | {{ row.sold }} | {{ row.revenue | numberFormat('#,##0.00') }} |
      {%- endfor %}

outputs:
  - id: report
    type: FILE
    value: "{{ outputs.report.uri }}"
`,
  'webhook-orders': `id: webhook_orders
namespace: company.team
description: Another system posts an order, and is told how it went

inputs:
  - id: order
    type: JSON
    displayName: Order
    defaults: '{"id": "A-1", "lines": [{"sku": "desk", "quantity": 2, "price": 189}]}'

tasks:
  - id: total
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.order | jq('[.lines[] | .quantity * .price] | add') | first }}"

  - id: accepted
    type: io.kestra.plugin.core.log.Log
    message: "Order {{ inputs.order.id }} over {{ outputs.total.value }}"

# The answer of the webhook.
outputs:
  - id: id
    type: STRING
    value: "{{ inputs.order.id }}"
  - id: total
    type: FLOAT
    value: "{{ outputs.total.value }}"

triggers:
  # Its address stands on the flow's tab Triggers. The key is part of the address: take a long one of your own.
  - id: posted
    type: io.kestra.plugin.core.trigger.Webhook
    key: change-me-3f9a51c2d7e84b06
    inputs:
      order: "{{ trigger.body }}"
    wait: true
    returnOutputs: true
    disabled: true # switch it on when the key is your own
`,
  'website-monitor': `id: website_monitor
namespace: company.team
description: Looks at several addresses every five minutes, and measures how they answer

inputs:
  - id: addresses
    type: ARRAY
    itemType: STRING
    displayName: Addresses
    defaults:
      - https://example.com
      - https://dummyjson.com/test

tasks:
  - id: each_address
    type: io.kestra.plugin.core.flow.Loop
    values: "{{ inputs.addresses }}"
    concurrencyLimit: 0
    outputs:
      - id: code
        type: INT
        value: "{{ outputs.look.code }}"
    tasks:
      - id: look
        type: io.kestra.plugin.core.http.Request
        uri: "{{ item.value }}"
        timeout: PT20S
        # An answer such as 503 is a result here, and no failure.
        options:
          allowFailed: true

      - id: measure
        type: io.kestra.plugin.core.metric.Publish
        metrics:
          - type: gauge
            name: http_status
            value: "{{ outputs.look.code }}"
            tags:
              address: "{{ item.value }}"

  - id: all_well
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ (loopOutputs(outputs.each_address.outputs, 'code') | sort | last) < 400 }}"
    errorMessage: "Codes: {{ loopOutputs(outputs.each_address.outputs, 'code') }}"

triggers:
  - id: every_five_minutes
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "*/5 * * * *"
    disabled: true # switch it on to let it run
`,
  'working-days-only': `id: working_days_only
namespace: company.team
description: Runs at nine on working days, and not on weekends or public holidays

inputs:
  - id: country
    type: STRING
    displayName: Country of the holidays
    defaults: DE

tasks:
  - id: remind
    type: io.kestra.plugin.core.log.Log
    message: "Good morning! It is {{ (trigger.date ?? execution.startDate) | date('EEEE, d MMMM', 'Europe/Berlin') }}."

triggers:
  - id: mornings
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 9 * * *"
    timezone: Europe/Berlin
    when: "{{ not isWeekend(trigger.date) and not isPublicHoliday(trigger.date, 'DE') }}"
    # After a stop it starts with the next date, and not with all that were missed.
    recoverMissedSchedules: NONE
    disabled: true # switch it on to let it run
`,
}
