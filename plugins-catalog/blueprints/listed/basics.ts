import type { ListedBlueprint } from '../blueprint'

/** What a newcomer tries first, and how a flow is steered. */
export const basics: ListedBlueprint[] = [
  {
    slug: 'hello-world',
    title: 'Hello world',
    description:
      'Takes a name, makes a greeting of it, logs it and hands it back. Shows how an **input** comes in, how one task reads the **outputs** of another, and what a flow itself answers. Change the text in `format`, or add a task of your own below.',
    tags: ['Getting started', 'Inputs'],
    runsAnywhere: true,
  },
  {
    slug: 'data-pipeline',
    title: 'Extract, transform, query',
    description:
      'Downloads products as JSON, keeps the columns asked for with a **Python** script in a container, and computes the average price of each brand with **DuckDB**. A small pipeline of the three steps that most have. Put in your own address, and change the script and the query.',
    tags: ['Getting started', 'ETL', 'API', 'Scripts'],
  },
  {
    slug: 'switch-by-kind',
    title: 'Choose a way by an input',
    description:
      'A **Switch** runs the tasks of one case, an **If** within it decides between two. Whatever no case names goes to `defaults`. Replace the input by any expression, such as an output of a task or a field of a webhook.',
    tags: ['Getting started', 'Branching', 'Inputs'],
    runsAnywhere: true,
  },
  {
    slug: 'loop-over-tables',
    title: 'The same tasks for each of a list',
    description:
      'A **Loop** runs its tasks for each value, two at a time. Each round sees its own outputs only; what the loop hands out stands in its `outputs`, and `loopOutputs()` gathers them. Put your tables into the input, and your query into the task.',
    tags: ['Getting started', 'Loops', 'Database'],
    runsAnywhere: true,
  },
  {
    slug: 'parallel-sources',
    title: 'Read several sources at once',
    description:
      'The children of **Parallel** start together, and the flow goes on when all of them have ended. Three small queries stand for your sources: replace them by downloads or by queries of a database.',
    tags: ['Parallel', 'ETL', 'Database'],
    runsAnywhere: true,
  },
  {
    slug: 'dag-of-tables',
    title: 'Build tables in the order they need',
    description:
      'In a **Dag** each task says what it depends on; the order, and what runs at the same time, follow from that. Five log lines stand for the tables of a small warehouse: give each its query, and draw new dependencies as you need them.',
    tags: ['Parallel', 'ELT', 'Database'],
    runsAnywhere: true,
  },
  {
    slug: 'dynamic-inputs',
    title: 'A form that reacts to answers',
    description:
      'The choices of one input come out of the answer to another (`expression`), and one question is only asked where it applies (`dependsOn`). A pattern checks what is typed. Change the questions: the form follows.',
    tags: ['Inputs', 'Getting started'],
    runsAnywhere: true,
  },
  {
    slug: 'subflow-calls',
    title: 'Call a flow from a flow',
    description:
      'A **Subflow** task gives another flow its inputs, waits for it, and reads the outputs it answers with. Its failure becomes the failure of this one. It calls the blueprint *Hello world*: use that first, in the same namespace, then put in a flow of your own.',
    tags: ['Subflows', 'Getting started'],
  },
  {
    slug: 'templated-report',
    title: 'Write a report with a template',
    description:
      'Rows of a query become a **Markdown** table: `{% for %}` and `{% if %}` work in every property that is rendered, and filters format numbers and dates. Take your own query, and the report may as well be HTML or plain text.',
    tags: ['Reporting', 'Files'],
    runsAnywhere: true,
  },
]
