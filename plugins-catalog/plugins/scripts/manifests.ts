/** The tasks of every language; part of the catalog's list. */
import * as bun from './bun/plugin'
import * as deno from './deno/plugin'
import * as dotnet from './dotnet/plugin'
import * as go from './go/plugin'
import * as groovy from './groovy/plugin'
import * as jbang from './jbang/plugin'
import * as julia from './julia/plugin'
import * as lua from './lua/plugin'
import * as node from './node/plugin'
import * as perl from './perl/plugin'
import * as php from './php/plugin'
import * as powershell from './powershell/plugin'
import * as python from './python/plugin'
import * as r from './r/plugin'
import * as ruby from './ruby/plugin'
import * as shell from './shell/plugin'

const languages = [
  bun,
  deno,
  dotnet,
  go,
  groovy,
  jbang,
  julia,
  lua,
  node,
  perl,
  php,
  powershell,
  python,
  r,
  ruby,
  shell,
]

export const scriptManifests = languages.flatMap(({ script, commands }) => [script, commands])
