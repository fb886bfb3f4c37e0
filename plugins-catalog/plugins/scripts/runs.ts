/** The code of every language's tasks, loaded when one runs first; part of the worker's table. */
const languages = {
  bun: () => import('./bun/run'),
  deno: () => import('./deno/run'),
  dotnet: () => import('./dotnet/run'),
  go: () => import('./go/run'),
  groovy: () => import('./groovy/run'),
  jbang: () => import('./jbang/run'),
  julia: () => import('./julia/run'),
  lua: () => import('./lua/run'),
  node: () => import('./node/run'),
  perl: () => import('./perl/run'),
  php: () => import('./php/run'),
  powershell: () => import('./powershell/run'),
  python: () => import('./python/run'),
  r: () => import('./r/run'),
  ruby: () => import('./ruby/run'),
  shell: () => import('./shell/run'),
}

/** By type: `() => import('./<language>/run')`. */
export const scriptRuns = Object.fromEntries(
  Object.entries(languages).flatMap(([language, load]) => [
    [`io.kestra.plugin.scripts.${language}.Script`, load],
    [`io.kestra.plugin.scripts.${language}.Commands`, load],
  ]),
)
