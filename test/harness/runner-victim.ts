/**
 * A worker to be killed: runs one request on one runner and prints its lines. The test ends this process by SIGKILL
 * while the command runs. Arguments: runner, instance, Docker's socket, request (JSON).
 */
import Docker from 'dockerode'
import { createDockerRunner } from '#worker/runners/docker'
import { createProcessRunner } from '#worker/runners/process'

const [name, instance = '', socketPath = '', request = ''] = process.argv.slice(2)
const policy = { volumes: false, privileged: false, hostNetwork: true }
const runner =
  name === 'docker'
    ? createDockerRunner({ instance, docker: new Docker({ socketPath }), policy })
    : createProcessRunner({ instance })
await runner.run(
  JSON.parse(request),
  { line: (_stream, line) => console.log(line), notice: () => {} },
  new AbortController().signal,
)
