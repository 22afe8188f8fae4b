/** Approvals by the hundred: cycles whose step 1 waits for its reviewer, and the reviewer over HTTP. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { receiptOf } from '../support/act-forms.ts'
import type { Visitor } from '../support/http.ts'
import type { Product } from '../support/lived-in.ts'
import { inParallel } from './figures.ts'

/** A cycle whose step 1 waits for its reviewer. */
export interface Waiting {
  cycleId: string
  stepId: string
  attemptId: string
  versionId: string
  hash: string
}

export function reviewerEmail(): string {
  const users = DEMO_ENTITIES.find((entity) => entity.slug === 'santamarta')?.users
  return users?.find((user) => user.duty === 'profesional_sig')?.email ?? ''
}

/** By the product's own commands, several at a time. */
export async function prepared({ context }: Product, count: number): Promise<Waiting[]> {
  const entityId = demoEntityId('santamarta')
  const made: Waiting[] = []
  await inParallel(Array.from({ length: count }, newId), 10, async (formKey) => {
    const asked = { formKey, vigencia: 2026, name: 'Ejercicio medido', radicado: formKey, trd: '100.10' }
    const cycleId = await acts.start(context, entityId, asked)
    await untilOpen(context, entityId, cycleId)
    await acts.elaborate(context, entityId, cycleId, '1')
    const cycle = await acts.requireCycle(context, entityId, cycleId)
    const { version } = stepOf(cycle.state, '1')
    if (!version) throw new Error(`step 1 of ${cycleId} was not submitted`)
    const ids = { stepId: cycle.stepIds['1'] ?? '', attemptId: cycle.attemptIds['1'] ?? '' }
    made.push({ cycleId, ...ids, versionId: version.id, hash: version.hash })
  })
  return made
}

async function untilOpen(context: Product['context'], entityId: string, cycleId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const status = await withEntity(context.db, entityId, (trx) =>
      trx
        .selectFrom('step')
        .select('status')
        .where('cycle_id', '=', cycleId)
        .where('code', '=', '1')
        .executeTakeFirst(),
    )
    if (status?.status === 'in_progress') return
    await sleep(50)
  }
  throw new Error(`step 1 of ${cycleId} did not open`)
}

/** Throws unless the answer is a receipt. */
export async function approve(visitor: Visitor, { cycleId, versionId, hash }: Waiting): Promise<void> {
  const answer = await visitor.post(`/ejercicios/${cycleId}/pasos/1/revision`, [
    ['version', versionId],
    ['huella', hash],
    ['rol', 'reviewer'],
    ['verdict', 'approve'],
  ])
  if (!receiptOf(answer)) throw new Error(`no receipt: ${answer.status} ${answer.location}`)
}
