import type { ContainerCreateOptions, HostConfig } from 'dockerode'
import { containerName, labelsOf } from '../labels'
import { outputFolder, type RunnerRequest } from '../runner'
import type { DockerOptions } from './options'

/** Where user code finds its files in every container. */
export const workingDir = '/millrace/work'
export const outputDir = `${workingDir}/${outputFolder}`

/** The log is read from its start when a container is adopted: it must not lose its beginning before this size. */
const logLimits = { 'max-size': '512m', 'max-file': '2' }

/** The container of a request. `mount` puts the request's folder into it; without, files go in as an archive. */
export function describeContainer(
  instance: string,
  request: RunnerRequest,
  options: DockerOptions,
  mount: boolean,
): ContainerCreateOptions {
  return {
    name: containerName(instance, request.key),
    Image: request.image,
    Entrypoint: options.entryPoint,
    Cmd: request.command,
    Env: Object.entries(request.env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: workingDir,
    Labels: labelsOf(instance, request, !options.delete),
    AttachStdout: false,
    AttachStderr: false,
    ...(options.user !== undefined && { User: options.user }),
    ExposedPorts: Object.fromEntries(parsePorts(options.portBindings).map(({ port }) => [port, {}])),
    HostConfig: {
      ...limitsOf(request.limits, options),
      ...(options.networkMode !== undefined && { NetworkMode: options.networkMode }),
      ExtraHosts: options.extraHosts,
      Binds: options.volumes,
      Mounts: mount ? [{ Type: 'bind', Source: request.hostDir, Target: workingDir }] : [],
      Privileged: options.privileged,
      PortBindings: Object.fromEntries(parsePorts(options.portBindings).map(({ port, host }) => [port, [host]])),
      DeviceRequests: options.deviceRequests.map(device => ({
        Driver: device.driver ?? '',
        Count: device.count ?? 0,
        DeviceIDs: device.deviceIds ?? [],
        Capabilities: device.capabilities ?? [],
        Options: device.options ?? {},
      })),
      LogConfig: { Type: 'json-file', Config: logLimits },
    },
  }
}

/** What the task wants, within what the operator allows. */
function limitsOf(limits: RunnerRequest['limits'], { cpu, memory, shmSize }: DockerOptions): HostConfig {
  const cpus = smaller(cpu.cpus, limits.cpus)
  const bytes = smaller(memory.memory, limits.memoryBytes)
  return {
    ...(cpus !== undefined && { NanoCpus: Math.round(cpus * 1e9) }),
    // Without a limit of its own swap would double the memory.
    ...(bytes !== undefined && { Memory: bytes, MemorySwap: memory.memorySwap ?? bytes }),
    ...(memory.memoryReservation !== undefined && { MemoryReservation: memory.memoryReservation }),
    ...(memory.memorySwappiness !== undefined && { MemorySwappiness: memory.memorySwappiness }),
    ...(memory.kernelMemory !== undefined && { KernelMemory: memory.kernelMemory }),
    ...(memory.oomKillDisable !== undefined && { OomKillDisable: memory.oomKillDisable }),
    ...(limits.pids !== undefined && { PidsLimit: limits.pids }),
    ...(shmSize !== undefined && { ShmSize: shmSize }),
  }
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

/** `8080:80`, `127.0.0.1:8080:80/udp`, `80`. */
function parsePorts(bindings: string[]): { port: string; host: { HostIp: string; HostPort: string } }[] {
  return bindings.map(binding => {
    const parts = binding.split(':')
    const port = parts.at(-1) ?? ''
    return {
      port: port.includes('/') ? port : `${port}/tcp`,
      host: { HostIp: parts.length > 2 ? parts.slice(0, -2).join(':') : '', HostPort: parts.at(-2) ?? '' },
    }
  })
}
