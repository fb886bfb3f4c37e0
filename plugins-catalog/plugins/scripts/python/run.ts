import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CommandSession, privateFilePrefix } from '#language/define-plugin'
import { quote, shellOf } from '../shared/command-line'
import { runScripts, type ScriptProperties } from '../shared/run-scripts'
import { bringPackages, type PackageWishes } from './bring-packages'
import { findPython } from './dependencies'

const env = { PYTHONUNBUFFERED: 'true', PIP_ROOT_USER_ACTION: 'ignore', PIP_DISABLE_PIP_VERSION_CHECK: '1' }

/**
 * A list or map of the flow renders to JSON, and a script uses it as Python: it needs JSON's names. They come as
 * builtins from beside the script, so that the script's line numbers stay its own. A module that loads must find itself
 * among the loaded ones, be it another of its name.
 */
const jsonNames = `import builtins, os, sys
builtins.true, builtins.false, builtins.null = True, False, None
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [path for path in sys.path if os.path.abspath(path) != here]
own = sys.modules.pop("sitecustomize")
try:
    import sitecustomize
except ImportError:
    sys.modules["sitecustomize"] = own
`

export default runScripts<ScriptProperties & PackageWishes>({
  extension: '.py',
  command: (file, { interpreter }) =>
    shellOf(interpreter) === 'posix' ? `"$millrace_python" ${file.quoted}` : `python ${file.quoted}`,
  setUp: async ({ properties, session, ctx, script }) => {
    if (shellOf(properties.interpreter) !== 'posix') return { lines: [], env }
    return {
      ...(await bringPackages(properties, session, ctx)),
      env,
      // Once more after `beforeCommands`, which may have entered an environment of their own.
      lines: [...findPython(properties.pythonVersion), ...(await defineJsonNames(script ?? '', session))],
    }
  },
})

async function defineJsonNames(script: string, session: CommandSession): Promise<string[]> {
  if (!/\b(?:true|false|null)\b/.test(script)) return []
  const folder = `${privateFilePrefix}python`
  await mkdir(join(session.hostDir, folder), { recursive: true })
  await writeFile(join(session.hostDir, folder, 'sitecustomize.py'), jsonNames)
  return [`export PYTHONPATH=${quote(`${session.workingDir}/${folder}`)}"\${PYTHONPATH:+:$PYTHONPATH}"`]
}
