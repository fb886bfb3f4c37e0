import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandSession } from '#language/define-plugin'
import { quote, shellOf } from '../shared/command-line'
import { runScripts, type ScriptProperties } from '../shared/run-scripts'
import { findPython, installDependencies } from './dependencies'

type Properties = ScriptProperties & {
  dependencies: string[]
  pythonVersion?: string
  dependencyCacheEnabled: boolean
  packageManager: 'UV' | 'PIP'
}

const env = { PYTHONUNBUFFERED: 'true', PIP_ROOT_USER_ACTION: 'ignore', PIP_DISABLE_PIP_VERSION_CHECK: '1' }

/**
 * A list or map of the flow renders to JSON, and a script uses it as Python: it needs JSON's names. They come as
 * builtins from beside the script, so that the script's line numbers stay its own.
 */
const jsonNames = `import builtins, os, sys
builtins.true, builtins.false, builtins.null = True, False, None
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [path for path in sys.path if os.path.abspath(path) != here]
del sys.modules["sitecustomize"]
try:
    import sitecustomize
except ImportError:
    pass
`

export default runScripts<Properties>({
  extension: '.py',
  command: (file, { interpreter }) =>
    shellOf(interpreter) === 'posix' ? `"$millrace_python" ${file.quoted}` : `python ${file.quoted}`,
  setUp: async ({ properties, session, ctx, script }) => {
    if (shellOf(properties.interpreter) !== 'posix') return { lines: [], env }
    const { dependencyCacheEnabled, ...wanted } = properties
    if (wanted.dependencies.length > 0)
      ctx.log('INFO', `Python packages of this task: ${wanted.dependencies.join(', ')}`)
    const cacheDir = dependencyCacheEnabled ? session.cacheDir : undefined
    const { workingDir } = session
    return {
      env,
      lines: [
        ...findPython(wanted.pythonVersion),
        ...installDependencies({ ...wanted, ...(cacheDir && { cacheDir }), workingDir, tenantId: ctx.tenantId }),
        ...(await defineJsonNames(script ?? '', session)),
      ],
    }
  },
})

async function defineJsonNames(script: string, session: CommandSession): Promise<string[]> {
  if (!/\b(?:true|false|null)\b/.test(script)) return []
  const folder = 'millrace_python'
  await mkdir(join(session.hostDir, folder), { recursive: true })
  await writeFile(join(session.hostDir, folder, 'sitecustomize.py'), jsonNames)
  return [`export PYTHONPATH=${quote(`${session.workingDir}/${folder}`)}"\${PYTHONPATH:+:$PYTHONPATH}"`]
}
