/**
 * The Node half of every plugin that has one, by type; loaded when a task of the type first runs. Written by hand, since
 * bundlers must see each path; `runs.test.ts` compares it with the folders on disk.
 */
import type { Run } from '#language/define-plugin'

export const runs: Readonly<Record<string, () => Promise<{ default: Run<never> }>>> = {
  'io.kestra.plugin.core.http.Download': () => import('./plugins/core/http/download/run'),
  'io.kestra.plugin.jdbc.duckdb.Queries': () => import('./plugins/jdbc/duckdb/queries/run'),
  'io.kestra.plugin.jdbc.duckdb.Query': () => import('./plugins/jdbc/duckdb/query/run'),
  'io.kestra.plugin.scripts.bun.Commands': () => import('./plugins/scripts/bun/run'),
  'io.kestra.plugin.scripts.bun.Script': () => import('./plugins/scripts/bun/run'),
  'io.kestra.plugin.scripts.deno.Commands': () => import('./plugins/scripts/deno/run'),
  'io.kestra.plugin.scripts.deno.Script': () => import('./plugins/scripts/deno/run'),
  'io.kestra.plugin.scripts.dotnet.Commands': () => import('./plugins/scripts/dotnet/run'),
  'io.kestra.plugin.scripts.dotnet.Script': () => import('./plugins/scripts/dotnet/run'),
  'io.kestra.plugin.scripts.go.Commands': () => import('./plugins/scripts/go/run'),
  'io.kestra.plugin.scripts.go.Script': () => import('./plugins/scripts/go/run'),
  'io.kestra.plugin.scripts.groovy.Commands': () => import('./plugins/scripts/groovy/run'),
  'io.kestra.plugin.scripts.groovy.Script': () => import('./plugins/scripts/groovy/run'),
  'io.kestra.plugin.scripts.jbang.Commands': () => import('./plugins/scripts/jbang/run'),
  'io.kestra.plugin.scripts.jbang.Script': () => import('./plugins/scripts/jbang/run'),
  'io.kestra.plugin.scripts.julia.Commands': () => import('./plugins/scripts/julia/run'),
  'io.kestra.plugin.scripts.julia.Script': () => import('./plugins/scripts/julia/run'),
  'io.kestra.plugin.scripts.lua.Commands': () => import('./plugins/scripts/lua/run'),
  'io.kestra.plugin.scripts.lua.Script': () => import('./plugins/scripts/lua/run'),
  'io.kestra.plugin.scripts.node.Commands': () => import('./plugins/scripts/node/run'),
  'io.kestra.plugin.scripts.node.Script': () => import('./plugins/scripts/node/run'),
  'io.kestra.plugin.scripts.perl.Commands': () => import('./plugins/scripts/perl/run'),
  'io.kestra.plugin.scripts.perl.Script': () => import('./plugins/scripts/perl/run'),
  'io.kestra.plugin.scripts.php.Commands': () => import('./plugins/scripts/php/run'),
  'io.kestra.plugin.scripts.php.Script': () => import('./plugins/scripts/php/run'),
  'io.kestra.plugin.scripts.powershell.Commands': () => import('./plugins/scripts/powershell/run'),
  'io.kestra.plugin.scripts.powershell.Script': () => import('./plugins/scripts/powershell/run'),
  'io.kestra.plugin.scripts.python.Commands': () => import('./plugins/scripts/python/run'),
  'io.kestra.plugin.scripts.python.Script': () => import('./plugins/scripts/python/run'),
  'io.kestra.plugin.scripts.r.Commands': () => import('./plugins/scripts/r/run'),
  'io.kestra.plugin.scripts.r.Script': () => import('./plugins/scripts/r/run'),
  'io.kestra.plugin.scripts.ruby.Commands': () => import('./plugins/scripts/ruby/run'),
  'io.kestra.plugin.scripts.ruby.Script': () => import('./plugins/scripts/ruby/run'),
  'io.kestra.plugin.scripts.shell.Commands': () => import('./plugins/scripts/shell/run'),
  'io.kestra.plugin.scripts.shell.Script': () => import('./plugins/scripts/shell/run'),
}
