/** Many people of one duty approve the same step in the same instant (promise G2): one signature, one event, one receipt. */
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { hashPassword, insertAccount } from '../../db/accounts.ts'
import { recordEvent } from '../../db/audit.ts'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { findCycle } from '../../db/cycles.ts'
import { addPerson } from '../../db/person-changes.ts'
import { addPosition } from '../../db/position-changes.ts'
import { addTenure } from '../../db/tenure-changes.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { eventually } from '../../scripts/processes.ts'
import * as forms from '../support/act-forms.ts'
import { textOf } from '../support/html-forms.ts'
import { type Answer, type PreparedForm, signIn, type Visitor } from '../support/http.ts'
import { mustBe } from '../support/must-be.ts'
import { TEST_SECRET } from '../support/services.ts'
import { idOf } from '../support/town.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import { faultsOfRecord, mustAgree, untilSettled } from './invariants.ts'

export interface Race {
  people: number
  /** Identical requests of each of them. */
  each: number
}

export interface RaceFigures extends Race {
  winner: string
  receipts: number
  refused: number
  seconds: number
}

/** Throws unless exactly one of them approved, all their answers carry that receipt, and all others were told who and when. */
export async function runRace(bench: Bench, race: Race): Promise<RaceFigures> {
  const candidates = await hire(bench, race.people)
  const { cycleId, versionId } = await stepInApproval(bench)
  const path = `${forms.stepPath(cycleId, '1')}/revision`
  const ready = await Promise.all(
    candidates.map(async (visitor) => ({
      visitor,
      form: await visitor.prepare(path, 'huella', { verdict: 'approve' }),
    })),
  )
  const start = performance.now()
  const answered = await Promise.all(ready.flatMap((one) => Array.from({ length: race.each }, () => send(one))))
  const seconds = (performance.now() - start) / 1000
  await untilSettled(bench)
  const winners = answered.filter(({ answer }) => forms.receiptOf(answer) !== null)
  const losers = answered.filter(({ answer }) => answer.status === 409)
  const odd = answered.filter((one) => !winners.includes(one) && !losers.includes(one))
  mustBe(odd.length === 0, `${odd.length} odd answers, for example ${odd[0]?.answer.status} ${odd[0]?.answer.location}`)
  const winner = winners[0]?.visitor
  mustBe(winner !== undefined, 'nobody won')
  mustBe(winners.length === race.each, `${winners.length} receipts instead of ${race.each}`)
  const receipts = new Set(winners.map(({ answer }) => answer.location))
  mustBe(receipts.size === 1 && winners.every((one) => one.visitor === winner), 'more than one receipt')
  mustBe(losers.length === race.each * (race.people - 1), `${losers.length} refusals`)
  const name = nameOf(winner?.email ?? '')
  const silent = losers.filter(({ answer }) => !tellsWhoAndWhen(answer, name))
  mustBe(silent.length === 0, `${silent.length} refusals do not say who and when: ${mainText(silent[0]?.answer)}`)
  await mustStand(bench, cycleId, versionId, losers.length)
  return { ...race, winner: name, receipts: winners.length, refused: losers.length, seconds }
}

async function send({ visitor, form }: { visitor: Visitor; form: PreparedForm }) {
  return { visitor, answer: await visitor.post(form.path, form.entries) }
}

function tellsWhoAndWhen(answer: Answer, winner: string): boolean {
  return new RegExp(`ya fue aprobado por ${winner}.*\\d{1,2}:\\d{2}`).test(textOf(answer.body))
}

function mainText(answer: Answer | undefined): string {
  const text = textOf(answer?.body ?? '')
  const at = Math.max(0, text.indexOf('paso ya'))
  return text.slice(at, at + 300)
}

/** One signature and one event of the approval, a refusal event for every 409, nothing left over. */
async function mustStand(bench: Bench, cycleId: string, versionId: string, refused: number): Promise<void> {
  const { signatures, events } = await read(bench, async (trx) => ({
    signatures: await trx
      .selectFrom('signature')
      .select('id')
      .where('step_version_id', '=', versionId)
      .where('role', '=', 'approver')
      .execute(),
    events: await trx
      .selectFrom('event')
      .select(['type', 'object_id', 'cycle_id', 'step_code'])
      .where('cycle_id', '=', cycleId)
      .where('step_code', '=', '1')
      .execute(),
  }))
  const counted = (type: string) => events.filter((event) => event.type === type).length
  mustBe(signatures.length === 1, `${signatures.length} signatures`)
  mustBe(counted('step.signed') === 1 && counted('step.approved') === 1, 'not exactly one approval event')
  mustBe(counted('act.refused') === refused, `${counted('act.refused')} refusal events for ${refused} refusals`)
  const faults = await faultsOfRecord(bench, [])
  mustBe(faults.length === 0, faults.join('\n'))
  await mustAgree(bench, cycleId)
}

const nameOf = (email: string) => `Jefatura ${email.split('@')[0]?.split('-').slice(1).join('-')}`

let hired = 0

/** People with positions of the approving duty: set-up, not acts, so made in the database. */
async function hire(bench: Bench, people: number): Promise<Visitor[]> {
  const emails = Array.from({ length: people }, () => {
    hired += 1
    return `jefatura-${process.pid}-${hired}@carrera.test`
  })
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const owner = openDatabase(bench.system.ownerUrl, { max: 1 })
  try {
    for (const email of emails) {
      const personId = await appoint(bench, email)
      const { entityId } = bench
      // An account and its event are one transaction here too: nothing may stand without its event.
      await withEntity(owner, entityId, async (trx) => {
        await insertAccount(trx, { entityId, personId, name: nameOf(email), email, passwordHash })
        await recordEvent(trx, { entityId, type: 'account.added', objectId: personId, origin: 'system' })
      })
    }
  } finally {
    await owner.close()
  }
  return await Promise.all(emails.map((email) => signIn(bench.system.url, email)))
}

async function appoint(bench: Bench, email: string): Promise<string> {
  const { entityId } = bench
  const known = await read(bench, async (trx) => ({
    agency: await trx
      .selectFrom('agency')
      .select('id')
      .where('code', '=', 'atencion-ciudadano')
      .executeTakeFirstOrThrow(),
    admin: await trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select(['tenure.person_id', 'tenure.position_id'])
      .where('position.duty', '=', 'administracion')
      .executeTakeFirstOrThrow(),
  }))
  const actor = { entityId, personId: known.admin.person_id, positionId: known.admin.position_id, requestId: 'carrera' }
  return await withActor(bench.owner, actor, async (trx) => {
    const name = nameOf(email)
    const post = { agencyId: known.agency.id, name, duty: 'jefatura_ogac', headsAgency: false } as const
    const positionId = idOf(await addPosition(trx, actor, post))
    const person = { displayName: name, documentNumber: email.replace(/\D/g, ''), email }
    const personId = idOf(await addPerson(trx, actor, person, TEST_SECRET))
    const term = { kind: 'titular', from: '2024-01-01', to: null, actReference: 'Acto de prueba' } as const
    idOf(await addTenure(trx, actor, { personId, positionId, ...term }))
    return personId
  })
}

/** A new cycle whose first step was submitted and reviewed. */
async function stepInApproval(bench: Bench): Promise<{ cycleId: string; versionId: string }> {
  const person = (duty: string) => visitorOf(bench.people, duty)
  const started = await forms.startCycle(person('jefatura_ogac'), `C-${process.pid}-${hired}`)
  const cycleId = forms.receiptOf(started)?.cycleId ?? ''
  const stateOf = async () => (await read(bench, (trx) => findCycle(trx, cycleId)))?.state
  await eventually(async () => mustBe((await stateOf())?.steps[0]?.status === 'in_progress', 'step 1 is not open'), 30)
  await forms.saveStep(person('profesional_ogac'), cycleId, '1')
  await forms.submitStep(person('profesional_ogac'), cycleId, '1')
  await forms.decide(person('profesional_sig'), cycleId, '1', 'approve')
  const state = await stateOf()
  const step = state && stepOf(state, '1')
  mustBe(step?.status === 'in_approval', `step 1 is ${step?.status}`)
  return { cycleId, versionId: step?.version?.id ?? '' }
}
