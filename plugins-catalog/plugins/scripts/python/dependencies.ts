import { createHash } from 'node:crypto'
import { quote } from '../shared/command-line'

export type Dependencies = {
  dependencies: string[]
  packageManager: 'UV' | 'PIP'
  uvAutoInstallEnabled: boolean
  uvInstallerVersion?: string
}

/** Paths, as the user's code sees them. */
export type InstallPlace = {
  /** Where the packages come to lie; what tells one Python from another is added. */
  packages: string
  /** The dependencies, one a line. */
  requirements: string
  /** Packages kept by an earlier task; a wrong or broken archive is left out of account. */
  kept?: string
  /** Where to pack what was installed, for later tasks. */
  keepAs?: string
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

/** The same for the same packages by the same manager, `where` they are installed: an image has its own C library. */
export function dependencyHash({ dependencies, packageManager }: Dependencies, where: string[]): string {
  const wanted = JSON.stringify([...where, packageManager, [...dependencies].sort()])
  return createHash('sha256').update(wanted).digest('hex').slice(0, 32)
}

/** Files and folders that a dependency names may change: what is installed from them is not kept. */
export function canBeKept({ dependencies }: Dependencies): boolean {
  const isLocal = /^\s*(?:\.{0,2}\/|file:|-[rce]|--(?:requirement|constraint|editable)\b)|@\s*file:/
  return !dependencies.some(dependency => isLocal.test(dependency))
}

const tagCode = 'import sys; print(sys.implementation.cache_tag)'
const renameCode = 'import os, sys; os.rename(*sys.argv[1:])'
const unpackCode = `import os, sys, tarfile
archive, folder = sys.argv[1:]
with tarfile.open(archive) as packed: packed.extractall(folder + ".kept")
os.remove(archive)
os.rename(os.path.join(folder + ".kept", os.path.basename(folder)), folder)`
const packCode = `import os, sys, tarfile
folder, archive = sys.argv[1:]
with tarfile.open(archive + ".part", "w:gz", compresslevel=1) as packed: packed.add(folder, os.path.basename(folder))
os.rename(archive + ".part", archive)`

/**
 * Shell lines that install packages into a folder of their own and put it on the path. The folder is made elsewhere
 * first, so that a half-made one is never used, and left alone where it is there already.
 */
export function installDependencies(wanted: Dependencies, { packages, requirements, kept, keepAs }: InstallPlace) {
  const python = (code: string, ...args: string[]) =>
    ['"$millrace_python" -W ignore -c', quote(code), ...args].join(' ')
  return [
    `millrace_tag=$(${python(tagCode)})`,
    `millrace_packages=${quote(packages)}-$millrace_tag`,
    ...(kept === undefined ? [] : [`${python(unpackCode, quote(kept), '"$millrace_packages"')} 2>/dev/null || :`]),
    'if [ ! -d "$millrace_packages" ]; then',
    '  millrace_new="$millrace_packages.$$"',
    '  mkdir -p "$millrace_new"',
    ...installInto('"$millrace_new"', requirements, wanted),
    `  ${python(renameCode, '"$millrace_new" "$millrace_packages"')} 2>/dev/null || rm -rf "$millrace_new"`,
    ...(keepAs === undefined ? [] : [`  ${python(packCode, '"$millrace_packages"', quote(keepAs))}`]),
    'fi',
    // What was not used for long is removed.
    'touch "$millrace_packages" 2>/dev/null || :',
    'export PATH="$millrace_packages/bin:$PATH"',
    `export PYTHONPATH="$millrace_packages\${PYTHONPATH:+:$PYTHONPATH}"`,
  ]
}

function installInto(folder: string, requirements: string, wanted: Dependencies): string[] {
  const { packageManager, uvAutoInstallEnabled, uvInstallerVersion: version } = wanted
  const failed = (what: string) => `|| { rm -rf ${folder}; echo "${what} could not be installed" >&2; exit 1; }`
  const file = `--target ${folder} --requirement ${quote(requirements)} ${failed('The dependencies')}`
  const pip = `"$millrace_python" -m pip install --quiet`
  if (packageManager === 'PIP') return [`  ${pip} ${file}`]
  const uv = quote(version === undefined ? 'uv' : `uv==${version}`)
  const installUv = [
    '  command -v uv >/dev/null 2>&1 || {',
    `    ${pip} --target "$millrace_new.uv" ${uv} ${failed('uv')}`,
    '    export PATH="$millrace_new.uv/bin:$PATH"; }',
  ]
  return [
    ...(uvAutoInstallEnabled ? installUv : []),
    '  if command -v uv >/dev/null 2>&1; then',
    `    uv pip install --quiet --index-strategy unsafe-best-match --python "$millrace_python" ${file}`,
    `  else ${pip} ${file}; fi`,
    ...(uvAutoInstallEnabled ? ['  rm -rf "$millrace_new.uv"'] : []),
  ]
}
