import { execFile, execFileSync } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The folder of the programs of a Python environment that has these packages, made once in the cache and named after
 * `name`; null where that is impossible (an error with REQUIRE_ALL=1).
 */
export async function pythonTools(name: string, packages: string[]): Promise<string | null> {
  const environment = resolve(`.millrace/cache/${name}-venv`)
  const programs = resolve(environment, 'bin')
  if (await exists(resolve(environment, 'complete'))) return programs
  try {
    await run('python3', ['-m', 'venv', '--clear', environment])
    await run(resolve(programs, 'pip'), ['install', '--quiet', ...packages], { timeout: 600_000 })
    await run('touch', [resolve(environment, 'complete')])
    return programs
  } catch (error) {
    if (process.env.REQUIRE_ALL === '1') throw error
    console.warn(`SKIPPED: what needs ${packages.join(' and ')} from PyPI, which could not be installed`)
    return null
  }
}

/** The wheel of pip that came with this machine's Python; run with it on the path, pip needs no installation. */
export async function pipWheel(): Promise<Buffer> {
  const code = `import ensurepip, glob, os
places = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"), "/usr/share/python-wheels"]
print(next(path for place in places for path in glob.glob(os.path.join(place, "pip-*.whl"))))`
  return await readFile(execFileSync('python3', ['-c', code]).toString().trim())
}

/** A package with one module, as a wheel. */
export function makeWheel(name: string, version: string, code: string): Buffer {
  const build = `import base64, io, sys, zipfile
name, version, code = sys.argv[1:]
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(wheel := io.BytesIO(), "w") as packed:
    packed.writestr(f"{name}.py", code)
    packed.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    packed.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    packed.writestr(f"{info}/RECORD", f"{name}.py,,\\n{info}/METADATA,,\\n{info}/WHEEL,,\\n{info}/RECORD,,\\n")
sys.stdout.buffer.write(wheel.getvalue())`
  return execFileSync('python3', ['-c', build, name, version, code])
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
