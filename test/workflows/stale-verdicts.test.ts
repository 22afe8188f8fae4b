/** Somebody else was faster: the page says so, keeps what was written, and shows what stands now, without a button that cannot succeed. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeAction } from '../../app/commands/close-action.server.ts'
import { decideAcceptance } from '../../app/commands/decide-acceptance.server.ts'
import { analyseCauses, planAction } from '../../app/commands/keep-plans.server.ts'
import { registerRisk } from '../../app/commands/keep-risks.server.ts'
import { recordFinding } from '../../app/commands/record-finding.server.ts'
import { askAcceptance } from '../../app/commands/treat-risk.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import * as actionRoute from '../../app/routes/improvement/action.tsx'
import * as findingRoute from '../../app/routes/improvement/finding.tsx'
import * as runRoute from '../../app/routes/risks/control-run.tsx'
import * as treatmentRoute from '../../app/routes/risks/treatment.tsx'
import type { Actor } from '../../app/session.server.ts'
import { runText } from '../../app/text/control-runs.ts'
import { findingText } from '../../app/text/findings.ts'
import { actionText } from '../../app/text/improvement.ts'
import { notTakenText } from '../../app/text/parts.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { acceptanceText } from '../../app/text/risk-treatment.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { type Database, openDatabase } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findAcceptance } from '../../db/risk-acceptances.ts'
import { roleUrl } from '../../db/roles.ts'
import { addDays, addMonths } from '../../domain/civil-dates.ts'
import type { FindingInput } from '../../domain/improvement-inputs.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { acceptanceWorkflowId } from '../../workflows/messages.ts'
import { check, controlled, execute, keepOnce, loadRun, rowsIn, runsOf } from '../support/control-runs.ts'
import { cookieOf, openProduct, type Product } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { TEST_SECRET } from '../support/services.ts'
import { openWorld, type World } from '../support/world.ts'

const WRITTEN = 'Lo que muestra es del mes pasado.'

let world: World
let product: Product
let worker: Database
let owner: Actor
let head: Actor
beforeAll(async () => {
  world = await openWorld({ courier: true })
  const { ownerUrl, dataDir, temporal } = world
  const { address: temporalAddress, namespace } = temporal
  product = openProduct({ ownerUrl, temporalAddress, namespace, dataDir, url: 'http://localhost:3000' })
  worker = openDatabase(roleUrl(ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  ;[owner, head] = await Promise.all([world.actor('direccion_tic'), world.actor('jefatura_ogac')])
}, 120_000)
afterAll(async () => {
  await worker?.close()
  await product?.close()
  await world?.close()
}, 60_000)

/** A form sent from a page that was read before, as a browser without script sends it. */
async function send(
  route: Parameters<typeof pageOf>[0],
  { duty, path, address }: { duty: string; path: string; address: string },
  typed: Record<string, string>,
) {
  const cookie = await cookieOf(product.context, duty)
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const body = new URLSearchParams(typed)
  const request = new Request(`http://localhost:3000/${address}`, { method: 'POST', headers: { cookie }, body })
  const answer = await pageOf(route, path)(request, on)
  return { status: answer.status, html: await answer.text() }
}

/** The sentence and what was written stand once, outside any form. */
function expectTold({ status, html }: { status: number; html: string }, sentence: string, written = WRITTEN) {
  expect(status).toBe(409)
  expect(html.split(sentence)).toHaveLength(2)
  expect(html).toContain(notTakenText.copy)
  expect(html.split(written)).toHaveLength(2)
}

it('a run that somebody else checked, or executed', async () => {
  const control = await controlled(world, 'anual', owner)
  await keepOnce(worker, world, new Set())
  await expect.poll(() => runsOf(world, control.id), { timeout: 15_000 }).toHaveLength(1)
  const [{ id = '', period_start: start = '' } = {}] = await runsOf(world, control.id)
  const path = 'riesgos/:codigo/controles/:control/ejecuciones/:periodo'
  const address = `riesgos/${control.risk}/controles/${control.code}/ejecuciones/${start}`
  await execute(world, owner, id)
  const days = { from: start, to: appToday(), validUntil: addDays(appToday(), 30) }
  const late = await send(
    runRoute,
    { duty: 'direccion_tic', path, address },
    { formulario: 'execute', read: '', note: WRITTEN, ...days },
  )
  expectTold(late, refusalSentence('run_to_check'))
  expect(late.html).not.toContain(runText.execute)

  const { contentHash } = (await loadRun(world, id)).state
  await check(world, await world.actor('profesional_sig'), id)
  const stale = await send(
    runRoute,
    { duty: 'profesional_sig', path, address },
    { formulario: 'reject', read: contentHash ?? '', reason: WRITTEN },
  )
  expectTold(stale, refusalSentence('run_over'))
  for (const button of [runText.reject, runText.verify.executed]) expect(stale.html).not.toContain(button)
})

it('an acceptance that was withdrawn', async () => {
  const answers = { ...DUB_RISK, timesPerYear: 1, reputational: 'leve' }
  const input = { formKey: newId(), ownerId: head.position.id, reason: '', answers } as RiskInput
  const keeper = await world.actor('profesional_ogac')
  const risk = await registerRisk(world.context, keeper, { code: 'guia_7', n: 0 }, input)
  const asked = { formKey: newId(), reason: 'Es poco probable.', until: addMonths(appToday(), 6) }
  await askAcceptance(world.context, keeper, risk, asked)
  const handle = world.context.temporal.workflow.getHandle(acceptanceWorkflowId(asked.formKey))
  const isThere = () =>
    handle.describe().then(
      () => true,
      () => false,
    )
  await expect.poll(isThere, { timeout: 10_000 }).toBe(true)
  const kept = await rowsIn(world, (trx) => findAcceptance(trx, asked.formKey))
  const verdict = { acceptanceId: asked.formKey, contentHash: kept?.state.contentHash ?? '', observation: WRITTEN }
  await decideAcceptance(
    world.context,
    { ...keeper, provedAt: appNow() },
    { ...verdict, verdict: 'withdraw_risk', observation: 'Se tratará.' },
  )
  const stale = await send(
    treatmentRoute,
    { duty: 'jefatura_ogac', path: 'riesgos/:codigo/tratamiento', address: `riesgos/${risk}/tratamiento` },
    { formulario: 'accept_risk', ...verdict },
  )
  expectTold(stale, refusalSentence('acceptance_over'))
  expect(stale.html).not.toContain(acceptanceText.verdicts.accept_risk.submit)
})

it('a finding whose causes somebody else said, and an action that somebody else reported as carried out', async () => {
  const auditor = await world.actor('control_interno')
  const finding = await recordFinding(world.context, auditor, {
    ...{ findingId: newId(), origin: 'audit', source: 'Informe de auditoría 04', radicado: '', risk: '' },
    ...{ foundOn: appToday(), criterion: 'MM-GAC-P-008, paso 3.', condition: 'Faltan 2 fuentes.' },
    ...{ cause: 'No hay un acuerdo.', effect: 'El corte queda incompleto.', positionId: head.position.id },
  } as FindingInput)
  const causes = { method: 'list' as const, steps: ['Nadie la pidió.'], root: 'Ningún documento lo dice.' }
  await analyseCauses(world.context, head, finding, { formKey: newId(), ...causes })
  const again = await send(
    findingRoute,
    { duty: 'jefatura_ogac', path: 'mejora/hallazgos/:codigo', address: `mejora/hallazgos/${finding}` },
    { formulario: 'causas', formKey: newId(), method: 'list', steps: 'Nadie la pidió.', root: WRITTEN },
  )
  expectTold(again, refusalSentence('causes_known'))
  expect(again.html).not.toContain(findingText.analyse)

  const what = { what: 'Acordar la entrega.', dueDate: addMonths(appToday(), 2), indicator: 'Acuerdo firmado.' }
  const positionId = head.position.id
  const code = await planAction(world.context, head, finding, { formKey: newId(), positionId, ...what })
  await closeAction(world.context, head, code, {
    entryId: newId(),
    body: 'Se firmó.',
    evidence: 'Acuerdo 012',
    files: [],
  })
  const late = await send(
    actionRoute,
    { duty: 'jefatura_ogac', path: 'mejora/:codigo', address: `mejora/${code}` },
    { formulario: 'avance', entryId: newId(), status: 'in_progress', body: WRITTEN, evidence: '' },
  )
  expectTold(late, refusalSentence('action_over'))
  expect(late.html).not.toContain(actionText.report)
})
