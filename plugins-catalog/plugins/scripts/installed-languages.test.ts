/** The same four tries in every language that this machine has; `languages.test.ts` tries the others with a stand-in. */
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { manifests } from '#catalog/manifests'
import { runs } from '#catalog/runs'
import type { RunContext, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { type ScriptHarness, startScriptHarness } from '../../../test/harness/script-context'

type AnyRun = (ctx: RunContext, properties: unknown) => Promise<{ [name: string]: Json }>

type Language = {
  program: string
  /** Reads `in.txt`, writes it in capitals to `out.txt`, tells its length as the output `size`. */
  copies: string
  /** Ends with the code 7 after `the cause` on stderr. */
  fails: string
  isWrong: string
  /** What the language says of that. */
  complaint: RegExp
}

const languages: Record<string, Language> = {
  shell: {
    program: 'sh',
    copies: `tr a-z A-Z < in.txt > out.txt\necho "::{\\"outputs\\":{\\"size\\":$(wc -c < in.txt)}}::"`,
    fails: 'echo "the cause" >&2\nexit 7',
    isWrong: 'if true; then\n',
    complaint: /[Ss]yntax error/,
  },
  python: {
    program: 'python3',
    copies: `text = open("in.txt").read()\nopen("out.txt", "w").write(text.upper())\nprint('::{"outputs":{"size":%d}}::' % len(text))`,
    fails: 'import sys\nsys.stderr.write("the cause\\n")\nsys.exit(7)',
    isWrong: 'x = (\n',
    complaint: /SyntaxError/,
  },
  node: {
    program: 'node',
    copies: `const { readFileSync, writeFileSync } = require('node:fs')
const text = readFileSync('in.txt', 'utf8')
writeFileSync('out.txt', text.toUpperCase())
console.log('::' + JSON.stringify({ outputs: { size: text.length } }) + '::')`,
    fails: 'console.error("the cause")\nprocess.exit(7)',
    isWrong: 'const x = (\n',
    complaint: /SyntaxError/,
  },
  perl: {
    program: 'perl',
    copies: `open(my $in, '<', 'in.txt'); my $text = <$in>; open(my $out, '>', 'out.txt'); print $out uc $text;
print '::{"outputs":{"size":' . length($text) . "}}::\\n";`,
    fails: 'print STDERR "the cause\\n"; exit 7;',
    isWrong: 'my $x = (;\n',
    complaint: /syntax error/,
  },
  ruby: {
    program: 'ruby',
    copies: `text = File.read('in.txt')\nFile.write('out.txt', text.upcase)\nputs '::{"outputs":{"size":' + text.size.to_s + '}}::'`,
    fails: 'warn "the cause"\nexit 7',
    isWrong: 'x = (\n',
    complaint: /syntax error/i,
  },
  php: {
    program: 'php',
    copies: `<?php $text = file_get_contents('in.txt'); file_put_contents('out.txt', strtoupper($text));
echo '::', json_encode(['outputs' => ['size' => strlen($text)]]), '::', PHP_EOL;`,
    fails: '<?php fwrite(STDERR, "the cause\\n"); exit(7);',
    isWrong: '<?php $x = (;\n',
    complaint: /exit code 255/,
  },
  lua: {
    program: 'lua',
    copies: `local text = io.open('in.txt'):read('a')\nio.open('out.txt', 'w'):write(text:upper())
print('::{"outputs":{"size":' .. #text .. '}}::')`,
    fails: 'io.stderr:write("the cause\\n")\nos.exit(7)',
    isWrong: 'x = (\n',
    complaint: /unexpected symbol/,
  },
  r: {
    program: 'Rscript',
    copies: `text <- readLines('in.txt', warn = FALSE)\ncat(toupper(text), file = 'out.txt')
cat(sprintf('::{"outputs":{"size":%d}}::\\n', nchar(text)))`,
    fails: 'message("the cause")\nquit(status = 7)',
    isWrong: 'x <- (\n',
    complaint: /unexpected end of input/,
  },
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}

let harness: ScriptHarness
beforeEach(async () => {
  harness = await startScriptHarness()
})
afterEach(() => harness.stop())

async function runTask(type: string, properties: Record<string, unknown>) {
  const manifest = manifests.find(one => one.type === type)!
  const { default: run } = (await runs[type]!()) as unknown as { default: AnyRun }
  const taskRunner = { type: 'io.kestra.plugin.core.runner.Process' }
  return await run(harness.ctx, manifest.properties.parse({ taskRunner, ...properties }))
}

const failureOf = (type: string, script: string): Promise<TaskError> =>
  runTask(type, { script }).then(
    () => expect.unreachable(),
    error => error,
  )

describe.each(Object.entries(languages))('%s', (name, { program, copies, fails, isWrong, complaint }) => {
  const type = `io.kestra.plugin.scripts.${name}.Script`

  describe.skipIf(!isInstalled(program))(`(${program})`, () => {
    test('a script reads files, leaves files and tells outputs', async () => {
      const outputs = await runTask(type, {
        script: copies,
        inputFiles: { 'in.txt': 'hello' },
        outputFiles: ['out.txt'],
      })
      expect(outputs).toMatchObject({ exitCode: 0, vars: { size: 5 } })
      expect(await harness.read((outputs.outputFiles as Record<string, string>)['out.txt'])).toBe('HELLO')
    }, 60_000)

    test('commands run in the same folder', async () => {
      const properties = { commands: ['cat in.txt > out.txt'], inputFiles: { 'in.txt': 'a' }, outputFiles: ['out.txt'] }
      const outputs = await runTask(type.replace('.Script', '.Commands'), properties)
      expect(await harness.read((outputs.outputFiles as Record<string, string>)['out.txt'])).toBe('a')
    }, 60_000)

    test('its exit code and its last words are told', async () => {
      const { message, outputs } = await failureOf(type, fails)
      expect(outputs).toMatchObject({ exitCode: 7 })
      expect(message).toContain('the cause')
    }, 60_000)

    test('a syntax error is told in its own words', async () => {
      const { message, outputs } = await failureOf(type, isWrong)
      expect(outputs.exitCode).not.toBe(0)
      expect(message).toMatch(complaint)
    }, 60_000)
  })
})

test('a program that is not there is named', async () => {
  const { message } = await failureOf('io.kestra.plugin.scripts.julia.Script', 'println(1)')
  expect(message).toMatch(/exit code 127/)
  expect(message).toMatch(/julia/)
})
