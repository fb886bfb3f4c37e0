import type { ListedBlueprint } from '../blueprint'

/** Code of one's own: scripts, models, large machines. */
export const code: ListedBlueprint[] = [
  {
    slug: 'shell-script',
    title: 'A shell script with a result',
    description:
      'Runs a shell script with an input in its environment, keeps the file it writes, and hands a number to the next task by a line of the form `::{"outputs": {...}}::`. It runs where the worker runs; with the runner *Docker* it gets a container of its own.',
    tags: ['Scripts', 'Getting started'],
    runsAnywhere: true,
  },
  {
    slug: 'shared-working-directory',
    title: 'Several tasks in one directory',
    description:
      'The children of **WorkingDirectory** run one after another in the same directory, on the same machine: no file is sent around between them. What is named under `outputFiles` is kept. Put in your own steps, such as clone, build and test.',
    tags: ['Scripts', 'Files'],
    runsAnywhere: true,
  },
  {
    slug: 'python-report',
    title: 'Python: numbers, files and metrics',
    description:
      'A **Python** script reads a file of a task before, writes another one, and hands outputs and a metric back with the library `kestra`. Packages under `dependencies` are installed once and kept. Replace the data and the script.',
    tags: ['Scripts', 'Reporting', 'Files'],
  },
  {
    slug: 'r-report',
    title: 'R: fit and draw',
    description:
      'An **R** script fits a model, keeps a plot as a file, and hands the slope to the next task. Everything R prints is in the log. Add packages with `beforeCommands`, or take an image that has them.',
    tags: ['Scripts', 'Reporting'],
  },
  {
    slug: 'node-transform',
    title: 'Node.js: reshape JSON',
    description:
      'Downloads JSON, reshapes it with a **Node.js** script into a line per user, and tells how many there are. Files in `inputFiles` lie in the working directory under the name you give them. Replace the address and the script.',
    tags: ['Scripts', 'API', 'ETL'],
  },
  {
    slug: 'julia-simulation',
    title: 'Julia: simulate in parallel',
    description:
      'Estimates pi with **Julia**, in as many parallel parts as you ask for, each with a seed of its own, and gathers the estimates. A pattern for simulations and sweeps: replace the script, and keep the loop.',
    tags: ['Scripts', 'Loops', 'Parallel'],
  },
  {
    slug: 'polyglot',
    title: 'Five languages in one flow',
    description:
      '**Python, Ruby, Go, TypeScript and PowerShell** do the same sum, each in its own container, two at a time. Shows how a script of each looks; take the one that your team writes. R, Julia, PHP, Perl, Lua, .NET and others work alike.',
    tags: ['Scripts', 'Parallel'],
  },
  {
    slug: 'ml-training',
    title: 'Train a model, keep the good ones',
    description:
      'Trains a forest with **scikit-learn**, measures it on rows it has not seen, and puts it into the files of the namespace only when it is accurate enough. Accuracy and rows are kept with the execution. Replace the data, and set the least accuracy.',
    tags: ['Machine learning', 'Scripts', 'Data quality'],
  },
  {
    slug: 'ml-parameter-search',
    title: 'Search for the best parameters',
    description:
      'Trains one model per setting, three at a time in containers of their own with a limit of memory, and compares their scores. Put your settings into the input, and your training into the script.',
    tags: ['Machine learning', 'Loops', 'Parallel'],
  },
  {
    slug: 'ml-batch-scoring',
    title: 'Score rows with a kept model',
    description:
      'Loads the model that the blueprint *Train a model* has left in the files of the namespace, and adds its prediction to each row of a CSV file. Use that one first; then replace the rows by a query or a file that arrives.',
    tags: ['Machine learning', 'Files', 'Scripts'],
  },
  {
    slug: 'kubernetes-training',
    title: 'Train on a large Kubernetes machine',
    description:
      'Runs a training script from the files of the namespace as a **Kubernetes** Job: so much processor and memory, machines with a label of yours, six hours at most. The model comes back as a file. Change the image, the label and the limits.',
    tags: ['Machine learning', 'Cloud', 'Scripts'],
  },
  {
    slug: 'aws-batch-job',
    title: 'Run a script on AWS Batch',
    description:
      'Sends a heavy script to **AWS Batch**, with its files by way of a bucket, and follows its log as if it ran here. Change the region, the environment, the roles and the bucket to those of your account.',
    tags: ['Cloud', 'Scripts'],
  },
]
