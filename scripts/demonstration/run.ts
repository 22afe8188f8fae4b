/** Brings the demonstration to life in the background once the system is ready; it can be stopped and taken up again. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { type AppContext, closeContext, openContext } from '../../app/context.server.ts'
import { withoutEntity } from '../../db/client.ts'
import { findDemonstration, tellDemonstration } from '../../db/demonstration.ts'
import { demoEntityId } from '../../db/seed.ts'
import { parseConfig } from '../../domain/config.ts'
import { liveAbsences } from './absences.ts'
import { liveAccesses, liveDelegationsOfCali } from './access.ts'
import { liveCaptures } from './capture.ts'
import { MUNICIPALITIES, STORIES } from './plan.ts'
import { livePlans } from './plans.ts'
import { liveReview } from './reviews.ts'
import { liveRights } from './rights.ts'
import { liveRiskFollow } from './risk-follow.ts'
import { liveMethodologies, liveRisks } from './risks.ts'
import { live } from './stories.ts'

/** Kept where the start page reads it: how far the demonstration is, in a sentence. */
async function tell(context: AppContext, sentence: string, done: boolean): Promise<void> {
  await withoutEntity(context.db, (trx) => tellDemonstration(trx, { sentence, done }))
  process.stdout.write(`» Demostración: ${sentence}\n`)
}

async function main(): Promise<void> {
  const config = parseConfig(process.env)
  if (config.INSTALLATION !== 'demo') throw new Error('the demonstration is refused in a production installation')
  const shared = openContext(config, pino({ level: 'warn', name: 'demonstration' }))
  const context: AppContext = { ...shared, nonce: '', requestId: randomUUID() }
  try {
    const known = await withoutEntity(context.db, findDemonstration)
    if (known?.done) return
    for (const { slug } of MUNICIPALITIES) {
      const { granted } = await liveAccesses(context, demoEntityId(slug))
      await liveCaptures(context, demoEntityId(slug), granted)
    }
    await liveDelegationsOfCali(context, demoEntityId('cali'))
    for (const { slug } of MUNICIPALITIES) await liveReview(context, demoEntityId(slug))
    for (const { slug } of MUNICIPALITIES) await liveAbsences(context, demoEntityId(slug))
    for (const { slug } of MUNICIPALITIES) await liveRights(context, demoEntityId(slug))
    for (const { slug } of MUNICIPALITIES) {
      const risk = await liveRisks(context, demoEntityId(slug))
      await livePlans(context, demoEntityId(slug), risk)
      await liveRiskFollow(context, demoEntityId(slug), risk)
      await liveMethodologies(context, demoEntityId(slug))
    }
    for (const [i, story] of STORIES.entries()) {
      const progress = `ejercicio ${i + 1} de ${STORIES.length}`
      await live(context, story, (sentence) => tell(context, `${progress}, ${sentence}`, false))
    }
    await tell(context, 'los ejercicios de demostración están listos', true)
  } finally {
    await closeContext(shared)
  }
}

await main()
