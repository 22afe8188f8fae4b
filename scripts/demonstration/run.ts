/** Brings the demonstration to life in the background once the system is ready; it can be stopped and taken up again. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { type AppContext, closeContext, openContext } from '../../app/context.server.ts'
import { CITY_FILE_TOTAL } from '../../catalog/demo/city-file.ts'
import { withoutEntity } from '../../db/client.ts'
import { findDemonstration, tellDemonstration } from '../../db/demonstration.ts'
import { demoEntityId } from '../../db/seed.ts'
import { parseConfig } from '../../domain/config.ts'
import { live, type Story } from './stories.ts'

const STORIES: Story[] = [
  story('santamarta', 'Santa Marta', 2025, 7, CITY_FILE_TOTAL),
  story('santamarta', 'Santa Marta', 2026, 2, 20_000),
  story('cali', 'Santiago de Cali', 2026, 2, 20_000),
]

function story(slug: string, municipality: string, vigencia: number, approved: number, rows: number): Story {
  const radicado = `${vigencia}4173010000${approved}504`
  return { entityId: demoEntityId(slug), slug, municipality, vigencia, radicado, approved, rows }
}

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
    for (const one of STORIES) await live(context, one, (sentence) => tell(context, sentence, false))
    await tell(context, 'los ejercicios de demostración están listos', true)
  } finally {
    await closeContext(shared)
  }
}

await main()
