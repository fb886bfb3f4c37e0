import { createHash } from 'node:crypto'
import { quote } from '../shared/command-line'

export type DependencyRequest = {
  dependencies: string[]
  packageManager: 'UV' | 'PIP'
  pythonVersion?: string
  /** Where installed packages stay, as the user's code sees it. */
  cacheDir?: string
  workingDir: string
  tenantId: string
}

/** Sets `$millrace_python` to the interpreter: `python` as Kestra says it, or what the machine has in its place. */
export function findPython(pythonVersion?: string): string[] {
  if (pythonVersion === undefined) {
    return ['if command -v python >/dev/null; then millrace_python=python; else millrace_python=python3; fi']
  }
  const version = quote(pythonVersion)
  return [
    `millrace_python=$(command -v python${version} || uv python find ${version} 2>/dev/null || { uv python install -q ${version} && uv python find ${version}; }) || {`,
    `  echo "No Python ${pythonVersion} here: use an image that has it, or one with uv" >&2; exit 1; }`,
  ]
}

/**
 * Shell lines that install packages into a folder of their own and put it on the path. With a cache the folder is named
 * after what lies in it and made elsewhere first, so that a half-made one is never used.
 */
export function installDependencies(request: DependencyRequest): string[] {
  if (request.dependencies.length === 0) return []
  return [
    ...placeOf(request),
    'if [ ! -d "$millrace_packages" ]; then',
    '  millrace_new="$millrace_packages.$$"',
    '  mkdir -p "$millrace_new"',
    ...installInto('"$millrace_new"', request),
    '  "$millrace_python" -c \'import os, sys; os.rename(*sys.argv[1:])\' "$millrace_new" "$millrace_packages" 2>/dev/null || rm -rf "$millrace_new"',
    'fi',
    'export PATH="$millrace_packages/bin:$PATH"',
    `export PYTHONPATH="$millrace_packages\${PYTHONPATH:+:$PYTHONPATH}"`,
  ]
}

function placeOf({ cacheDir, workingDir, tenantId, dependencies, packageManager }: DependencyRequest): string[] {
  if (cacheDir === undefined) return [`millrace_packages=${quote(`${workingDir}/millrace_packages`)}`]
  const wanted = JSON.stringify([tenantId, packageManager, [...dependencies].sort()])
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 32)
  return [
    `millrace_tag=$("$millrace_python" -c 'import sys; print(sys.implementation.cache_tag)')`,
    `millrace_packages=${quote(`${cacheDir}/python/${hash}`)}-$millrace_tag`,
  ]
}

function installInto(folder: string, { dependencies, packageManager }: DependencyRequest): string[] {
  const packages = dependencies.map(quote).join(' ')
  const pip = `"$millrace_python" -m pip install --quiet --target ${folder} ${packages}`
  const failed = `|| { rm -rf ${folder}; echo "The dependencies could not be installed" >&2; exit 1; }`
  if (packageManager === 'PIP') return [`  ${pip} ${failed}`]
  return [
    '  if command -v uv >/dev/null 2>&1; then',
    `    uv pip install --quiet --python "$millrace_python" --target ${folder} ${packages} ${failed}`,
    `  else ${pip} ${failed}; fi`,
  ]
}
