import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, duration, object, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.ee.aws.runner.Batch',
  kind: 'taskRunner',
  title: 'A job of AWS Batch',
  description: `Runs commands in a job of AWS Batch, on Fargate or EC2. Tested against moto, not yet on a real account: please tell us how it goes. Command, environment, files and log go through the bucket by signed links, and the description of the job holds one link, dead once the job has begun; the folder \`millrace/\` of the bucket is emptied at the end of each task (a lifecycle rule for what is older than a week catches what a lost installation leaves). The credentials need \`batch:*Job*\`, \`batch:Describe*\`, \`batch:TagResource\`, \`iam:PassRole\` for the roles, and for the bucket \`s3:ListBucket\`, \`s3:GetObject\`, \`s3:PutObject\`, \`s3:DeleteObject\`; the job itself needs none, but a way to the bucket. The image needs a /bin/sh.`,
  properties: z.object({
    region: text().meta({ description: 'Such as eu-central-1.' }),
    accessKeyId: text().optional().meta({
      description:
        "The key to sign with. Without one, that of the worker's machine, if its operator lets tasks use it.",
    }),
    secretKeyId: text().optional().meta({ description: 'Its secret; keep it as a secret of the namespace.' }),
    sessionToken: text().optional().meta({ description: 'Of temporary credentials; they must outlive the job.' }),
    stsRoleArn: text().optional().meta({ description: 'Not supported: give the credentials of the role.' }),
    stsRoleExternalId: text().optional(),
    stsRoleSessionName: text().optional(),
    stsRoleSessionDuration: duration().optional(),
    stsEndpointOverride: text().optional(),
    endpointOverride: text()
      .optional()
      .meta({ description: 'The address of another service that speaks as AWS does.' }),
    computeEnvironmentArn: text().meta({ description: 'Where the job runs: Fargate or EC2, not EKS.' }),
    jobQueueArn: text()
      .optional()
      .meta({ description: 'The queue of the job. Without one, a queue of the compute environment is made and kept.' }),
    bucket: text()
      .optional()
      .meta({ description: 'Needed: a private bucket, through which command, environment, files and log travel.' }),
    executionRoleArn: text().optional().meta({ description: 'The role that starts the containers; Fargate needs it.' }),
    taskRoleArn: text().optional().meta({ description: 'The role of the command, if it speaks to AWS itself.' }),
    resources: object({
      request: object({
        memory: text().optional().meta({ description: 'In MiB.' }),
        cpu: text().optional().meta({ description: 'Processors, such as 0.5.' }),
      }).optional(),
    })
      .optional()
      .meta({ description: 'What the job takes, by default 1 processor and 2048 MiB; on Fargate one of its sizes.' }),
    waitUntilCompletion: duration()
      .meta({ description: 'Fails if it has not ended by then; the timeout of the task wins.' })
      .default('PT1H'),
    completionCheckInterval: duration().meta({ description: 'How often AWS is asked about the job.' }).default('PT5S'),
    delete: bool().meta({ description: 'Whether job definition and objects are removed at the end.' }).default(true),
    resume: bool().meta({ description: 'Whether a restarted worker finds the job again.' }).default(true),
  }),
  examples: [
    {
      title: 'A script on Fargate',
      yaml: `id: aws_batch
namespace: company.team
tasks:
  - id: count
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: debian:stable-slim
    taskRunner:
      type: io.kestra.plugin.ee.aws.runner.Batch
      region: eu-central-1
      accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
      secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
      computeEnvironmentArn: arn:aws:batch:eu-central-1:123456789012:compute-environment/fargate
      executionRoleArn: arn:aws:iam::123456789012:role/batch-execution
      bucket: company-runs
    outputFiles:
      - count.txt
    commands:
      - ls / | wc -l > count.txt
`,
    },
  ],
})
