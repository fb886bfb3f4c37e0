/**
 * What a task of one tenant tries against another tenant, the cluster and this installation, on a real cluster under the
 * hosted policy. Each row says who refuses it. This cluster takes network policies and does not enforce them: what only
 * they refuse is looked up in the policies that the namespace really has.
 */
import { createHash } from 'node:crypto'
import { NetworkingV1Api } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecretBox, readMasterKeys } from '#db/secret-box'
import { createSecretStore } from '#db/secrets/secret-store'
import { createStorage } from '#db/storage/create-storage'
import { tenantDb } from '#db/tenant-db'
import type { Json, JsonObject } from '#language/json'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { type FreshDatabase, freshDatabase } from '../harness/database'
import { Engine } from '../harness/engine'
import { loadKubeConfig, testKubeconfig } from '../harness/kubernetes'
import { testMasterKey } from '../harness/master-key'
import { freshNamespace } from '../harness/namespace'
import { isEgressAllowed, isIngressAllowed } from './network-policy'

const kubeconfig = testKubeconfig()
/** In all that the other tenant has, and nowhere else. */
const mark = 'BELONGS-TO-B'
const core = 'io.kestra.plugin.core'
const shell = { type: 'io.kestra.plugin.scripts.shell.Commands', containerImage: 'busybox:1' }
const kubernetes = 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes'

function flow(id: string, tasks: JsonObject[]): string {
  return JSON.stringify({ id, namespace: 'company.team', tasks })
}

describe.skipIf(kubeconfig === undefined)('a task of tenant A', () => {
  let database: FreshDatabase
  let temporalAddress: string
  let a: Engine
  let b: Engine
  /** The other tenant's: an execution that runs, and a file that it has stored. */
  let victim: { executionId: string; uri: string; namespace: string; pod: string }
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  const namespaceOf = (tenantId: string) => `millrace-test-${tenantId}`

  beforeAll(async () => {
    database = await freshDatabase()
    const { tenantId, otherTenantId, url: databaseUrl } = database
    const temporal = await freshNamespace()
    temporalAddress = temporal.address
    const options = { databaseUrl, temporalAddress, namespace: temporal.namespace }
    a = await Engine.start({
      ...options,
      tenantId,
      env: {
        MILLRACE_POLICY: 'hosted',
        MILLRACE_KUBECONFIG: kubeconfig!,
        MILLRACE_KUBERNETES_PREFIX: 'millrace-test',
        MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
      },
    })
    b = await Engine.attach({ ...options, tenantId: otherTenantId })
    victim = await startVictim()
  }, 300_000)
  afterAll(async () => {
    const { tenantId, otherTenantId } = database
    if (victim !== undefined) {
      await b.handle(victim.executionId).signal('kill')
      await b.result(victim.executionId)
    }
    for (const id of [tenantId, otherTenantId]) {
      await cluster()
        .core.deleteNamespace({ name: namespaceOf(id) })
        .catch(() => undefined)
    }
    await b?.stop()
    await a?.stop()
    await database?.drop()
  }, 300_000)

  /** All kinds of things that a tenant may have: a secret, a key, files, a flow, a Job with a Secret. */
  async function startVictim(): Promise<typeof victim> {
    const { otherTenantId: tenantId } = database
    const box = createSecretBox(readMasterKeys({ MILLRACE_MASTER_KEY: testMasterKey }), id => tenantDb(id))
    const secrets = createSecretStore(box, id => tenantDb(id))
    await secrets.put({ tenantId, namespace: 'company.team', key: 'B_TOKEN', value: `${mark}-secret` })
    const storage = createStorage(process.env.STORAGE_URL ?? '')
    await storage.put(tenantId, 'company/team/_files/plan.txt', `${mark}-plan`)
    await b.saveFlow(flow('b-flow', [{ id: 'say', type: `${core}.debug.Return`, format: `${mark}-flow` }]))
    const executionId = await b.startExecution(
      flow('b-held', [
        { id: 'key', type: `${core}.kv.Set`, key: 'b-key', value: `${mark}-value` },
        { id: 'file', type: `${core}.storage.Write`, content: `${mark}-file`, extension: '.txt' },
        { id: 'job', ...shell, env: { TOKEN: "{{ secret('B_TOKEN') }}" }, commands: ['echo held', 'sleep 3000'] },
      ]),
    )
    await b.waitForLog(executionId, 'held')
    const { taskRuns } = await b.read(executionId)
    const { uri } = taskRuns.find(({ taskId }) => taskId === 'file')!.outputs as { uri: string }
    const namespace = namespaceOf(tenantId)
    const { items } = await cluster().core.listNamespacedPod({ namespace })
    return { executionId, uri, namespace, pod: items[0]!.status!.podIP! }
  }

  /** What stands in a row for what is known only once the other tenant is there: a well-informed attacker. */
  function told<T extends Json>(value: T): T {
    const { port } = new URL(database.url)
    const [temporalHost = '', temporalPort = ''] = temporalAddress.split(':')
    const known: Record<string, string> = {
      URI: victim.uri,
      EXECUTION: victim.executionId,
      TENANT: database.otherTenantId,
      NAMESPACE: victim.namespace,
      POSTGRES: `127.0.0.1:${port}`,
      POSTGRES_PORT: port,
      TEMPORAL: `${temporalHost}:${temporalPort}`,
      TEMPORAL_PORT: temporalPort,
    }
    return JSON.parse(JSON.stringify(value).replace(/<([A-Z_]+)>/g, (all, name: string) => known[name] ?? all)) as T
  }

  async function attempt(tasks: JsonObject[]) {
    const id = createHash('sha256').update(JSON.stringify(tasks)).digest('hex').slice(0, 16)
    const execution = await a.run(flow(id, told(tasks)))
    const text = JSON.stringify(execution)
    expect(text.replaceAll(JSON.stringify(told(tasks)), '')).not.toContain(mark)
    const errors = execution.logs.filter(({ level }) => level === 'ERROR').map(({ message }) => message)
    return { ...execution, errors: errors.join('\n') }
  }

  const returns = (format: string) => ({ type: `${core}.debug.Return`, format })
  const gets = (uri: string) => ({ type: `${core}.http.Request`, uri })

  describe('is refused by Millrace', () => {
    test.each<[what: string, task: JsonObject, by: RegExp]>([
      ['a file by its URI, in read()', returns("{{ read('<URI>') }}"), /is no file of this execution/],
      [
        'a file by its URI, as inputFiles',
        { ...shell, inputFiles: { x: '<URI>' }, commands: ['cat x'] },
        /is no file of/,
      ],
      ['a file by its URI, in commands', { ...shell, commands: ['cat <URI>'] }, /is no file of this execution/],
      ['the size of a file', { type: `${core}.storage.Size`, uri: '<URI>' }, /is no file of this execution/],
      ['deleting a file', { type: `${core}.storage.Delete`, uri: '<URI>' }, /is no file of this execution/],
      [
        'a file by climbing',
        returns("{{ read('kestra:///../<TENANT>/company/team/_files/plan.txt') }}"),
        /is no file of this execution/,
      ],
      [
        'a file by climbing from one’s own',
        returns(
          "{{ read('kestra:///company/team/x/executions/' ~ execution.id ~ '/../../../../../../<TENANT>/a.txt') }}",
        ),
        /climbs with \.\./,
      ],
      ['a namespace file', returns("{{ read('nsfile:///plan.txt') }}"), /There is no file nsfile:\/\/\/plan\.txt/],
      [
        'a namespace file by climbing',
        returns("{{ read('nsfile:///../../../../<TENANT>/company/team/_files/plan.txt') }}"),
        /climbs with \.\./,
      ],
      [
        'namespace files of a namespace that is a path',
        { type: `${core}.namespace.DownloadFiles`, namespace: '../<TENANT>/company', files: ['**'] },
        /is no name of a namespace/,
      ],
      ['a secret', returns("{{ secret('B_TOKEN') }}"), /There is no secret 'B_TOKEN'/],
      ['a key', { type: `${core}.kv.Get`, key: 'b-key', errorOnMissing: true }, /b-key/],
      ['a key, in kv()', returns("{{ kv('b-key') }}"), /b-key/],
      ['a flow', { type: `${core}.flow.Subflow`, namespace: 'company.team', flowId: 'b-flow' }, /b-flow/],
      ['resuming an execution', { type: `${core}.execution.Resume`, executionId: '<EXECUTION>' }, /<EXECUTION>/],
      ['the metadata address', gets('http://169.254.169.254/latest/meta-data/'), /is link-local or cloud metadata/],
      ['the same as a number', gets('http://2852039166/latest/'), /is link-local or cloud metadata/],
      ['the same in IPv6', gets('http://[::ffff:a9fe:a9fe]/'), /is link-local or cloud metadata/],
      ['the same, in http()', returns("{{ http('http://169.254.169.254/') }}"), /is link-local or cloud metadata/],
      ['the API server', gets('https://10.96.0.1/api'), /is private/],
      ['the kubelet', gets('https://localhost:10250/pods'), /is refused/],
      ['Postgres over HTTP', gets('http://<POSTGRES>/'), /is refused/],
      ['Temporal over HTTP', gets('http://<TEMPORAL>/'), /is refused/],
      [
        'Postgres by JDBC',
        {
          type: 'io.kestra.plugin.jdbc.postgresql.Query',
          url: 'jdbc:postgresql://<POSTGRES>/postgres',
          username: 'postgres',
          password: 'x',
          sql: 'select 1',
        },
        /is refused/,
      ],
      [
        'Redis beside it',
        { type: 'io.kestra.plugin.redis.string.Get', url: 'redis://127.0.0.1:6379', key: 'x' },
        /is refused/,
      ],
      [
        'an S3 of its own network',
        {
          type: 'io.kestra.plugin.aws.s3.List',
          bucket: 'x',
          endpointOverride: 'http://127.0.0.1:9000',
          accessKeyId: 'x',
          secretKeyId: 'x',
        },
        /is refused/,
      ],
      [
        'the worker’s credentials for S3',
        { type: 'io.kestra.plugin.aws.s3.List', bucket: 'x', region: 'us-east-1' },
        /lends tasks no credentials/,
      ],
      [
        'a file of the worker',
        { ...shell, inputFiles: { x: 'file:///etc/passwd' }, commands: ['cat x'] },
        /no file below a folder that is open to tasks/,
      ],
      [
        'a file of the worker, in SQL',
        {
          type: 'io.kestra.plugin.jdbc.duckdb.Query',
          sql: "select * from read_text('/etc/passwd')",
          fetchType: 'FETCH',
        },
        /disabled/,
      ],
      ['a folder of the worker', { type: 'io.kestra.plugin.fs.local.List', from: '/etc' }, /folder|allow/i],
      ['the worker’s environment', returns('{{ envs.database_url }}'), /database_url/],
      [
        'a name that climbs, as input',
        { ...shell, inputFiles: { '../x': 'y' }, commands: ['true'] },
        /not a file below/,
      ],
      [
        'a name of the machine, as input',
        { ...shell, inputFiles: { '/etc/x': 'y' }, commands: ['true'] },
        /not a file below/,
      ],
      [
        'a glob that climbs, as output',
        { ...shell, outputFiles: ['../*'], commands: ['true'] },
        /leaves the working directory/,
      ],
    ])('%s', async (_what, task, by) => {
      const { state, errors } = await attempt([{ id: 'try', ...task }])
      expect(errors).toMatch(new RegExp(told(by.source), by.flags))
      expect(state).toBe('FAILED')
    })

    test.each<[options: JsonObject, by: RegExp]>([
      [{ podSpec: { hostNetwork: true, hostPID: true } }, /"podSpec" is not allowed/],
      [{ containerSpec: { securityContext: { privileged: true } } }, /"containerSpec" is not allowed/],
      [{ containerDefaultSpec: { volumeMounts: [] } }, /"containerDefaultSpec" is not allowed/],
      [{ namespace: 'kube-system' }, /"namespace" is not allowed/],
      [{ namespace: '<NAMESPACE>' }, /"namespace" is not allowed/],
      [{ config: { masterUrl: 'https://elsewhere' } }, /"config" is not allowed/],
      [{ serviceAccountName: 'default' }, /"serviceAccountName: default" is not allowed/],
      [{ nodeSelector: { 'kubernetes.io/hostname': 'localhost' } }, /"nodeSelector" is not allowed/],
      [{ labels: { 'millrace.tenant': '<TENANT>' } }, /the label "millrace.tenant" is not allowed/],
      [{ labels: { 'millrace.instance': 'x' } }, /the label "millrace.instance" is not allowed/],
      [{ labels: { 'job-name': 'x' } }, /the label "job-name" is not allowed/],
    ])('taskRunner %j', async (options, by) => {
      const { state, errors } = await attempt([
        { id: 'try', ...shell, taskRunner: { type: kubernetes, ...options }, commands: ['id'] },
      ])
      expect(errors).toMatch(by)
      expect(state).toBe('FAILED')
    })

    test('what a Docker runner may do: it is a Job all the same, without a folder of the node and without root', async () => {
      const taskRunner = {
        type: 'io.kestra.plugin.scripts.runner.docker.Docker',
        ...{ privileged: true, user: 'root', networkMode: 'host', volumes: ['/:/host'] },
      }
      const { state, logs } = await attempt([
        { id: 'try', ...shell, taskRunner, commands: ['id -u', 'ls /host || true'] },
      ])
      expect(state).toBe('SUCCESS')
      expect(logs.map(({ message }) => message)).toEqual(
        expect.arrayContaining(['1000', 'ls: /host: No such file or directory']),
      )
    })

    test('labels of Kestra that say something else are set as they should be', async () => {
      const taskRunner = { type: kubernetes, labels: { 'kestra.io/namespace': 'other', team: 'x' } }
      const id = await a.startExecution(
        flow('labels', [{ id: 'job', ...shell, taskRunner, commands: ['echo on', 'sleep 300'] }]),
      )
      await a.waitForLog(id, 'on')
      const labelSelector = `millrace.execution=${id}`
      const { items } = await cluster().core.listNamespacedPod({
        namespace: namespaceOf(database.tenantId),
        labelSelector,
      })
      expect(items[0]?.metadata?.labels).toMatchObject({ 'kestra.io/namespace': 'company.team', team: 'x' })
      await a.handle(id).signal('kill')
      await a.result(id)
    })
  })

  describe('is refused by the pod it runs in', () => {
    /** Without what it says: it fails, however. */
    const probes: [what: string, command: string, said?: RegExp][] = [
      ['being root', 'id -u', /^1000$/],
      ['becoming root', 'su root -c id', /not found|must be suid|not permitted|denied/],
      [
        'capabilities',
        'grep -E "^Cap(Eff|Prm|Bnd)|^NoNewPrivs" /proc/self/status',
        /CapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+\nNoNewPrivs:\t1/,
      ],
      ['system calls', 'grep ^Seccomp: /proc/self/status', /Seccomp:\t2/],
      ['mounting', 'mount -t tmpfs none /tmp', /denied|not permitted|must be root|are you root/],
      ['a device of the node', 'mknod /tmp/disk b 8 0', /not permitted/],
      ['another root', 'chroot /proc/1/root id', /not permitted/],
      ['namespaces of the node', 'unshare -m id', /not permitted|denied/],
      ['its image', 'touch /bin/x', /Read-only/],
      ['the kernel', 'echo b > /proc/sysrq-trigger', /Read-only|denied|nonexistent/],
      ['cgroups', 'mkdir /sys/fs/cgroup/pids/x', /Read-only|denied|nonexistent|No such/],
      ['the node’s folders', 'ls /host /var/lib/kubelet /run/containerd /etc/kubernetes', /(No such file[\s\S]*){4}/],
      ['sockets of the node', 'ls /run/containerd/containerd.sock /var/run/docker.sock', /(No such file[\s\S]*){2}/],
      ['other processes', 'ls -d /proc/[0-9]* | wc -l', /^[1-9]$/],
      ['a token', 'ls /var/run/secrets /run/secrets', /(No such file[\s\S]*){2}/],
      [
        'the worker’s environment',
        'cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep -cE "^(MILLRACE_MASTER|MILLRACE_SECRET|DATABASE_URL|TEMPORAL)"',
        /^0$/,
      ],
      [
        'the environment, where the kubelet names the API server',
        'env | grep -E "^(KUBERNETES_SERVICE_HOST|TOKEN)="; true',
        /^(KUBERNETES_SERVICE_HOST=\S+)?$/,
      ],
      [
        'the API server',
        'timeout 5 wget -qO- --no-check-certificate https://10.96.0.1/api/v1/namespaces/<NAMESPACE>/secrets',
      ],
      [
        'the API server on its node',
        'timeout 5 wget -qO- --no-check-certificate https://10.244.0.1:6443/api/v1/secrets',
      ],
      ['the kubelet', 'timeout 5 wget -qO- --no-check-certificate https://10.244.0.1:10250/pods'],
      ['the metadata address', 'timeout 5 wget -qO- http://169.254.169.254/latest/meta-data/'],
      ['Postgres', 'timeout 5 nc 10.244.0.1 <POSTGRES_PORT> < /dev/null'],
      ['Temporal', 'timeout 5 nc 10.244.0.1 <TEMPORAL_PORT> < /dev/null'],
      ['what its files came by', 'ls /millrace/in', /No such file|denied/],
    ]
    const says = new Map<string, string>()

    beforeAll(async () => {
      const lines = probes.map(([, command], index) => `echo "@@ ${index}"; ( ${command} ) 2>&1; echo "@? $?"`)
      const { logs, state } = await attempt([{ id: 'probe', ...shell, failFast: false, commands: lines }])
      expect(state).toBe('SUCCESS')
      const said = logs.map(({ message }) => message).join('\n')
      for (const [index, [what]] of probes.entries()) {
        says.set(what, said.split(`@@ ${index}\n`)[1]?.split(/\n?@@ /)[0] ?? 'nothing')
      }
    }, 300_000)

    test.each(probes)('%s', (what, _command, said) => {
      const [output = '', code] = says.get(what)!.split(/\n?@\? /)
      if (said === undefined) expect(Number(code)).toBeGreaterThan(0)
      else expect(output).toMatch(said)
      expect(output).not.toMatch(/"(Secret|Pod)List"/)
    })
  })

  test('leaves links, pipes and devices: none is brought back', async () => {
    const { state, taskRuns } = await attempt([
      {
        id: 'try',
        ...shell,
        outputFiles: ['**'],
        commands: [
          'ln -s /etc/passwd a.txt; ln -s /proc/1/environ b.txt; ln -s / root; mkfifo pipe',
          'mkdir d; echo x > d/x; rm -r d; ln -s /etc d; rm -rf .outputs; ln -s /etc .outputs',
          'echo fine > "with space.txt"; ln "with space.txt" hard.txt',
        ],
      },
    ])
    expect(state).toBe('SUCCESS')
    const { outputFiles } = taskRuns[0]!.outputs as { outputFiles: Record<string, string> }
    expect(['with space.txt', 'hard.txt']).toEqual(expect.arrayContaining(Object.keys(outputFiles)))
  })

  describe('is refused by the network policies of its namespace', () => {
    const networking = () => loadKubeConfig(kubeconfig!).makeApiClient(NetworkingV1Api)
    const policiesOf = async (tenantId: string) => {
      const { items } = await networking().listNamespacedNetworkPolicy({ namespace: namespaceOf(tenantId) })
      return items
    }
    const inNamespace = (name: string) => ({ 'kubernetes.io/metadata.name': name })

    test('whatever is no public address, and every pod', async () => {
      const policies = await policiesOf(database.tenantId)
      expect(policies.map(({ spec }) => spec?.podSelector)).toEqual([{}, {}])
      const to = (address: string) => isEgressAllowed(policies, { address })
      const pod = { namespace: inNamespace(victim.namespace), labels: {} }
      expect(isEgressAllowed(policies, { address: victim.pod, pod })).toBe(false)
      expect(isEgressAllowed(policies, { address: '10.96.0.1' })).toBe(false)
      const refused = ['169.254.169.254', '10.244.0.1', '127.0.0.1', '172.17.0.1', '192.168.1.1', '100.100.100.200']
      expect([...refused, 'fd00:ec2::254', 'fe80::1', '::1', '64:ff9b::a9fe:a9fe'].filter(to)).toEqual([])
      expect(['1.1.1.1', '140.82.112.3', '2606:4700::1111'].filter(to)).toHaveLength(3)
      const dns = { namespace: inNamespace('kube-system'), labels: { 'k8s-app': 'kube-dns' } }
      expect(isEgressAllowed(policies, { address: '10.244.0.9', pod: dns })).toBe(true)
      const likeDns = { namespace: inNamespace(victim.namespace), labels: { 'k8s-app': 'kube-dns' } }
      expect(isEgressAllowed(policies, { address: '10.244.0.9', pod: likeDns })).toBe(false)
    })

    test('whoever comes to the other tenant’s pods', async () => {
      const policies = await policiesOf(database.otherTenantId)
      const pod = { namespace: inNamespace(namespaceOf(database.tenantId)), labels: {} }
      expect(isIngressAllowed(policies, { address: '10.244.0.7', pod })).toBe(false)
    })
  })

  test('has done nothing to the other tenant', async () => {
    const { namespace } = victim
    const [{ items: pods }, { items: secrets }] = await Promise.all([
      cluster().core.listNamespacedPod({ namespace }),
      cluster().core.listNamespacedSecret({ namespace }),
    ])
    expect(pods.map(({ status }) => status?.phase)).toEqual(['Running'])
    expect(secrets).toHaveLength(1)
    const { taskRuns } = await b.read(victim.executionId)
    expect(taskRuns.at(-1)).toMatchObject({ taskId: 'job', state: 'RUNNING' })
  })
})
