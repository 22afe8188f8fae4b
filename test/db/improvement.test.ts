import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueReport } from '../../activities/issue-report.ts'
import { tellOfAction } from '../../activities/tell-of-action.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findCycle } from '../../db/cycles.ts'
import { earlierObjection, findEarlierReports } from '../../db/earlier-reports.ts'
import { newId } from '../../db/ids.ts'
import { listMovedActions } from '../../db/improvement-actions.ts'
import { lockAction, recordCheck, recordProgress, recordResult } from '../../db/improvement-entries.ts'
import { findAction, listActions, listDueActions, listEntries } from '../../db/improvement-pages.ts'
import type { Answers, Row } from '../../domain/forms.ts'
import {
  eventsOf,
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'

let world: SignedWorld
let first: SignedCycle
beforeAll(async () => {
  world = await openSignedWorld()
  first = await signedCycle(world)
  await movedTo(first, 2025)
  await issue(first, recommending('2026-11-30', '2027-03-31', '2027-06-30'))
}, 180_000)
afterAll(() => world?.close())

async function movedTo({ cycleId }: SignedCycle, vigencia: number) {
  await withEntity(world.owner, world.entityId, (trx) =>
    trx.updateTable('cycle').set({ vigencia }).where('id', '=', cycleId).execute(),
  )
}

/** The report of the demonstration, its recommendations due on these days; fewer days, fewer recommendations. */
function recommending(...days: string[]): Answers {
  const answers = structuredClone(completeAnswers('6'))
  const rows = answers.recomendaciones?.lista as Row[]
  answers.recomendaciones = { lista: rows.slice(0, days.length).map((row, i) => ({ ...row, plazo: days[i] ?? '' })) }
  return answers
}

async function issue(cycle: SignedCycle, answers: Answers) {
  const stepVersionId = await signStep(world, cycle, '6', { answers })
  return await issueReport(world.tools, { entityId: world.entityId, cycleId: cycle.cycleId, stepVersionId })
}

const as = (duty: string) => ({ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null })

function readerOf(duty: string) {
  return { ...as(duty), duty }
}

/** As the command does it, by whoever holds the duty. */
async function reported(code: string, duty: string, what: 'progress' | 'result' | 'check' = 'progress') {
  const entry = { id: newId(), body: 'Se hicieron once de las doce jornadas.', evidence: 'Acta 12 de 2026' }
  await withActor(world.web, as(duty), async (trx) => {
    const action = await lockAction(trx, world.entityId, code)
    if (!action) throw new Error(`no ${code}`)
    if (what === 'progress') await recordProgress(trx, as(duty), action, { ...entry, status: 'in_progress' })
    else if (what === 'result') await recordResult(trx, as(duty), action, { ...entry, months: 6 })
    else await recordCheck(trx, as(duty), action, { ...entry, verdict: 'ineffective' })
  })
}

const ask = <T>(work: Parameters<typeof withActor<T>>[2]) => withActor(world.web, as('jefatura_ogac'), work)
const codesOf = (rows: { code: string }[]) => rows.map(({ code }) => code)

describe('what a signed report recommends', () => {
  it('becomes one action each, with owner, checker, indicator and day, in the transaction that issues the report', async () => {
    const { rows } = await ask((trx) => listActions(trx, world.entityId))
    expect(rows.map(({ code, status, owner, day }) => [code, status, owner, day])).toEqual([
      ['AM-2025-001', 'unreported', 'Jefatura OGAC', '2026-11-30'],
      ['AM-2025-002', 'unreported', 'Profesional TIC', '2027-03-31'],
      ['AM-2025-003', 'unreported', 'Profesional de Comunicaciones', '2027-06-30'],
    ])
    const made = await ask((trx) => findAction(trx, world.entityId, 'AM-2025-001'))
    expect(made).toMatchObject({
      ...{ checkerDuty: 'secretaria_general', indicator: 'Jornadas de atención realizadas en corregimientos.' },
      ...{ cycleId: first.cycleId, priority: 'alta', agency: 'Oficina de Gestión para la Atención al Ciudadano' },
    })
    expect(await eventsOf(world, first.cycleId)).toEqual([
      'document.issued',
      ...['improvement.created', 'improvement.created', 'improvement.created'],
    ])
  })

  it('is revised, and dropped where it is gone, when the report is signed anew', async () => {
    const cycle = await signedCycle(world)
    await movedTo(cycle, 2020)
    await issue(cycle, recommending('2026-11-30', '2027-03-31', '2027-06-30'))
    await issue(cycle, recommending('2026-12-15', '2027-03-31'))
    const actions = await Promise.all(
      ['AM-2020-001', 'AM-2020-002', 'AM-2020-003'].map((code) =>
        ask((trx) => findAction(trx, world.entityId, code)),
      ),
    )
    expect(actions.map((one) => [one?.status, one?.dueDate])).toEqual([
      ['unreported', '2026-12-15'],
      ['unreported', '2027-03-31'],
      ['dropped', '2027-06-30'],
    ])
    expect((await eventsOf(world, cycle.cycleId)).slice(4)).toEqual([
      ...['document.issued', 'improvement.changed', 'improvement.dropped'],
    ])
  })
})
