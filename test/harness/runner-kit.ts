import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultDocker, defaultGrant } from '#worker/runners/policy'
import type { RunnerEvents, RunnerRequest } from '#worker/runners/runner'

export type Line = { stream: 'stdout' | 'stderr'; line: string; time: Date }

/** Keeps what a runner says, and lets a test wait for a line. */
export function recordEvents() {
  const lines: Line[] = []
  const notices: string[] = []
  const waiting: { pattern: RegExp; resolve: (line: string) => void }[] = []
  const events: RunnerEvents = {
    line(stream, line, time) {
      lines.push({ stream, line, time })
      for (const { pattern, resolve } of waiting) if (pattern.test(line)) resolve(line)
    },
    notice: (level, message) => notices.push(`${level} ${message}`),
  }
  return {
    events,
    lines,
    notices,
    text: (stream: Line['stream']) => lines.filter(line => line.stream === stream).map(line => line.line),
    seen: (pattern: RegExp) =>
      new Promise<string>(resolve => {
        const found = lines.find(({ line }) => pattern.test(line))
        if (found) resolve(found.line)
        else waiting.push({ pattern, resolve })
      }),
  }
}

/** A request for a shell script in a fresh folder under `root`. */
export async function prepareRequest(
  root: string,
  script: string,
  more: Partial<RunnerRequest> = {},
): Promise<RunnerRequest> {
  return {
    key: { tenantId: 'acme', executionId: randomUUID(), taskRunId: randomUUID(), attempt: 1 },
    labels: { 'kestra.io/namespace': 'company.team' },
    image: 'busybox:1',
    command: ['/bin/sh', '-c', script],
    env: {},
    hostDir: await mkdtemp(join(root, 'work-')),
    outputFiles: [],
    limits: { killGraceMs: 0 },
    options: {},
    grant: defaultGrant,
    docker: defaultDocker,
    ...more,
  }
}
