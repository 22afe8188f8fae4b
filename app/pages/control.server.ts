import { findShowingCheck } from '../../db/check-showings.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import {
  findStandingOf,
  listControlRuns,
  listPauses,
  listRunsOfYear,
  listShownEvidence,
} from '../../db/control-pages.ts'
import { listWaitingRuns } from '../../db/control-waiting.ts'
import { newId } from '../../db/ids.ts'
import { listControls } from '../../db/risk-pages.ts'
import { findControl, type RunControl } from '../../db/run-controls.ts'
import { addDays, yearOf } from '../../domain/civil-dates.ts'
import { isPauseStanding } from '../../domain/control-pauses.ts'
import { periodsOfYear } from '../../domain/control-periods.ts'
import { squareOf } from '../../domain/control-year.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { showingSentence } from '../text/automatic-checks.ts'
import { firstOf, SHOWN } from './first-of.ts'
import { riskObjection } from './risks.server.ts'

export interface ControlPlace {
  risk: string
  control: string
}

export async function requireControlAt(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  place: ControlPlace,
): Promise<RunControl> {
  const control = await findControl(trx, actor.entityId, place)
  if (!control) throw notFound(context.requestId)
  return control
}

/** A control with its year, its runs, what was shown of it and its pauses. */
export async function loadControl(context: AppContext, actor: Actor, place: ControlPlace, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const control = await requireControlAt(trx, context, actor, place)
    const words = (await listControls(trx, control.riskId)).find((one) => one.id === control.id)
    const today = appToday()
    const year = yearIn(search, yearOf(today))
    const runs = await listControlRuns(trx, control.id, search.get('ejecuciones'))
    const pauses = await listPauses(trx, control.id)
    const evidence = await listShownEvidence(trx, { controlId: control.id }, search.get('evidencias'))
    return {
      ...{
        ...place,
        owner: control.ownerName,
        isRetired: control.retiredOn !== null,
        hasRhythm: control.rhythm !== null,
      },
      periodicity: control.periodicity,
      ...{ action: words?.action ?? '', complement: words?.complement ?? '' },
      standing: await findStandingOf(trx, control.id),
      shownBy: await checkOf(trx, control.id),
      ...{ year, thisYear: yearOf(today), months: await monthsOf(trx, control, year, today) },
      runs: runs.rows,
      nextRuns: runs.next,
      evidence: evidence.rows.map((one) => ({ ...one, uploadedAt: one.uploadedAt.toISOString() })),
      nextEvidence: evidence.next,
      pauses,
      standingPauses: pauses.filter((one) => isPauseStanding(one, today)).reverse(),
      ...{ formKey: newId(), today, tomorrow: addDays(today, 1) },
      whyNot: riskObjection(actor),
    }
  })
}

/** The automatic control that shows it, and what came of its last run. */
async function checkOf(trx: Trx, controlId: string) {
  const shown = await findShowingCheck(trx, controlId)
  if (!shown) return null
  const { check, bears, last } = shown
  return { check, sentence: showingSentence({ check, bears, last }) }
}

/** `anio` in the address, within the years a control can have. */
function yearIn(search: URLSearchParams, thisYear: number): number {
  const asked = Number(search.get('anio'))
  return Number.isInteger(asked) && asked >= 2000 && asked <= thisYear + 1 ? asked : thisYear
}

/** The year month by month: a square for each period that begins in it. */
async function monthsOf(trx: Trx, control: RunControl, year: number, today: string) {
  const { id, rhythm } = control
  if (rhythm === null) return []
  const runs = new Map((await listRunsOfYear(trx, id, year)).map((run) => [run.start, run.status]))
  const squares = periodsOfYear(rhythm, year).map(({ start }) => ({
    ...{ start, state: squareOf({ start }, runs.get(start), control, today) },
  }))
  return Array.from({ length: 12 }, (_, i) => {
    const month = String(i + 1).padStart(2, '0')
    return { month: `${year}-${month}`, squares: squares.filter(({ start }) => start.slice(5, 7) === month) }
  })
}

export async function waitingRuns(trx: Trx, actor: Actor) {
  const today = appToday()
  const reader = { ...permitted(actor), actingFor: actor.position.actingFor?.personId ?? null }
  const { rows, more } = firstOf(await listWaitingRuns(trx, reader, today, SHOWN + 1), SHOWN)
  return { rows: rows.map((line) => ({ ...line, isOverdue: line.task === 'execute' && line.dueOn < today })), more }
}
