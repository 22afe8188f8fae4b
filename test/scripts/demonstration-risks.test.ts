import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyMethodology, editMethodology, publishMethodology } from '../../app/commands/keep-methodologies.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { withActor } from '../../db/client.ts'
import { listMethodologyChoices, listMethodologyVersions } from '../../db/methodologies.ts'
import { findMethodologyDraft } from '../../db/methodology-drafts.ts'
import { demoEntityId } from '../../db/seed.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { liveMethodologies } from '../../scripts/demonstration/risks.ts'
import { type Desk, openDesk } from '../support/capture.ts'

const CODE = GUIDE_7.code
const SHIPPED = { code: CODE, n: 0 }

let desk: Desk
let context: AppContext
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: 'https://caracteriza.prueba.gov.co' }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
}, 120_000)
afterAll(() => desk?.close())

/** The copy as the demonstration edits it; what was read of it afterwards. */
async function edited(entityId: string) {
  const keeper = await acts.actorOf(context, entityId, 'profesional_sig')
  const read = async () => {
    const draft = await withActor(context.db, keeper, (trx) => findMethodologyDraft(trx, entityId, CODE))
    return { copy: draft?.id ?? '', version: draft?.version ?? 0 }
  }
  await copyMethodology(context, keeper, SHIPPED)
  const adapted = { name: 'Guía de riesgos del municipio', 'probability.0.name': 'Rara' }
  const typed = { ...fieldsOfMethodology(GUIDE_7), ...adapted }
  await editMethodology(context, keeper, CODE, { typed, read: await read() })
  return { keeper, read: await read() }
}

async function lived(entityId: string) {
  await liveMethodologies(context, entityId)
  const keeper = await acts.actorOf(context, entityId, 'jefatura_ogac')
  return await withActor(context.db, keeper, async (trx) => ({
    versions: (await listMethodologyVersions(trx, entityId, CODE)).map(({ n }) => n),
    choices: (await listMethodologyChoices(trx, entityId)).map(({ typology, key }) => ({ typology, n: key.n })),
    draft: await findMethodologyDraft(trx, entityId, CODE),
  }))
}

const WHOLE = { versions: [1], choices: [{ typology: 'lavado', n: 1 }], draft: undefined }

it('goes on with the methodology it had edited, and is whole when it is asked again', async () => {
  const entityId = demoEntityId('cali')
  await edited(entityId)
  expect(await lived(entityId)).toEqual(WHOLE)
  expect(await lived(entityId)).toEqual(WHOLE)
})

it('chooses the methodology it had published', async () => {
  const entityId = demoEntityId('santamarta')
  const { keeper, read } = await edited(entityId)
  await publishMethodology(context, keeper, CODE, { reason: 'Así la publicó la demostración', read })
  expect(await lived(entityId)).toEqual(WHOLE)
})
