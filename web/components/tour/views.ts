import { commonText } from '#text/common'
import { tourText } from '#text/tour'
import type { Tour } from '#web/server/accounts/tour'

export type TourView = {
  /** 1 to `viewCount`. */
  position: number
  title: string
  /** None while somebody is elsewhere: then it stands in the side bar, where it covers nothing. */
  text?: string
  /** Which element it points at: `[data-tour=...]`. */
  target?: string
  /** What its button says, and where that leads or which step it takes. */
  action?: { label: string; path?: string; step?: Tour }
}

export const viewCount = 5
export const firstBlueprint = 'hello-world'

/** Pages below the tenant's: `/blueprints/hello-world`. */
const places = {
  start: /^\/(flows|dashboard)?$/,
  gallery: /^\/blueprints$/,
  blueprint: /^\/blueprints\/[^/]+$/,
  execution: /^\/executions\/[^/]+$/,
}

/** The step that being on a page amounts to: who opens a blueprint has chosen one. */
export function stepOn(step: Tour, path: string): Tour {
  if (step === 'CHOOSE' && places.blueprint.test(path)) return 'LOOK'
  if ((step === 'CHOOSE' || step === 'LOOK' || step === 'RUN') && places.execution.test(path)) return 'WATCH'
  return step
}

/** What the tour says on a page. */
export function viewOf(step: Tour, path: string): TourView | undefined {
  switch (step) {
    case 'CHOOSE':
      if (places.start.test(path)) return welcome
      return places.gallery.test(path) ? choose : aside(choose, '/blueprints')
    case 'LOOK':
      return places.blueprint.test(path) ? look : aside(look, `/blueprints/${firstBlueprint}`)
    case 'RUN':
      return places.blueprint.test(path) ? run : aside(run, `/blueprints/${firstBlueprint}`)
    case 'WATCH':
      return places.execution.test(path) ? watch : aside(watch, '/executions')
    case 'NEXT':
      return places.execution.test(path)
        ? next
        : { ...aside(next, ''), action: { label: tourText.finish, step: 'DONE' } }
    case 'DONE':
    case 'SKIPPED':
      return undefined
  }
}

/** Of a step whose page one has left: out of the way, with a way back. */
function aside(view: TourView, path: string): TourView {
  return { position: view.position, title: tourText.firstSteps, action: { label: commonText.goOn, path } }
}

const welcome: TourView = {
  position: 1,
  title: tourText.welcomeToMillrace,
  text: tourText.welcomeText,
  target: 'nav-blueprints',
  action: { label: tourText.showMe, path: '/blueprints' },
}

const choose: TourView = {
  position: 1,
  title: tourText.chooseABlueprint,
  text: tourText.whichBlueprint,
  target: `blueprint-${firstBlueprint}`,
  action: { label: tourText.takeHelloWorld, path: `/blueprints/${firstBlueprint}` },
}

const look: TourView = {
  position: 2,
  title: tourText.thisIsAFlow,
  text: tourText.whatAFlowIs,
  target: 'graph',
  action: { label: commonText.goOn, step: 'RUN' },
}

const run: TourView = {
  position: 3,
  title: tourText.nowRunIt,
  text: tourText.howToRunIt,
  target: 'use-and-run',
}

const watch: TourView = {
  position: 4,
  title: tourText.itRuns,
  text: tourText.waitForTheGreen,
  target: 'execution-state',
}

const next: TourView = {
  position: 5,
  title: tourText.greenWhatNext,
  text: tourText.whatNextText,
}
