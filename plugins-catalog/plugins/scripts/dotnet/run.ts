import { runScripts } from '../shared/run-scripts'

/** The SDK has no runner of scripts of its own: it is installed where the image does not bring it. */
const installRunner = [
  'export PATH="$PATH:$HOME/.dotnet/tools"',
  'command -v dotnet-script >/dev/null || dotnet tool install -g dotnet-script',
]

export default runScripts({
  extension: '.csx',
  command: file => `dotnet-script ${file.quoted}`,
  setUp: async ({ script }) => ({ lines: script === undefined ? [] : installRunner }),
})
