import { createDockerRunner } from '#worker/runners/docker'
import { createKubernetesRunner } from '#worker/runners/kubernetes'
import { createProcessRunner } from '#worker/runners/process'
import type { Runner } from '#worker/runners/runner'
import { canStartDocker, startDocker } from './docker'
import { removeJobsOf, testKubeconfig, testRunnerOptions, withWarmPods } from './kubernetes'

/** A runner that a test of all runners looks at; `stop` ends what it needed. */
export type RunnerSubject = {
  name: string
  start(instance: string): Promise<{ runner: Runner; stop(): Promise<void> }>
}

/** Each runner that this machine can run: those that need a daemon or a cluster are left out, and said, where there is none. */
export function runnerSubjects(): RunnerSubject[] {
  const kubeconfig = testKubeconfig()
  return [
    {
      name: 'process',
      start: async instance => ({ runner: createProcessRunner({ instance }), stop: async () => {} }),
    },
    ...(canStartDocker()
      ? [dockerSubject('docker with a shared folder', true), dockerSubject('docker with copied files', false)]
      : []),
    ...(kubeconfig === undefined ? [] : [kubernetesSubject(kubeconfig), warmSubject(kubeconfig)]),
  ]
}

function dockerSubject(name: string, sharesFiles: boolean): RunnerSubject {
  return {
    name,
    async start(instance) {
      const daemon = await startDocker()
      await daemon.importImage('busybox:1')
      return { runner: createDockerRunner({ instance, docker: daemon.docker, sharesFiles }), stop: daemon.stop }
    },
  }
}

function kubernetesSubject(kubeconfig: string): RunnerSubject {
  return {
    name: 'kubernetes',
    start: async instance => ({
      runner: createKubernetesRunner(testRunnerOptions(instance, kubeconfig)),
      stop: async () => {},
    }),
  }
}

function warmSubject(kubeconfig: string): RunnerSubject {
  return {
    name: 'kubernetes with warm pods',
    start: async instance => ({
      runner: withWarmPods(createKubernetesRunner(testRunnerOptions(instance, kubeconfig))),
      stop: () => removeJobsOf(instance, kubeconfig),
    }),
  }
}
