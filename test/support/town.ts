/** A small municipality made by the product's own functions: every position of the procedure held by one person. */

import { recordOpening } from '../../activities/record-opening.ts'
import { recordStart } from '../../activities/record-start.ts'
import type { Tools } from '../../activities/tools.ts'
import { PROCEDURES } from '../../catalog/index.ts'
import { storeAct } from '../../db/acts.ts'
import type { ActingPerson } from '../../db/administration.ts'
import { addAgency } from '../../db/agencies.ts'
import { type Database, openDatabase, withActor, withEntity } from '../../db/client.ts'
import { requestCycle } from '../../db/cycle-requests.ts'
import { installEntity } from '../../db/entities.ts'
import { newId } from '../../db/ids.ts'
import { addPerson } from '../../db/person-changes.ts'
import { addPosition } from '../../db/position-changes.ts'
import { roleUrl } from '../../db/roles.ts'
import { addTenure } from '../../db/tenure-changes.ts'
import { DUTIES, GENERAL_DUTIES } from '../../domain/administration.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'

export interface Holder {
  personId: string
  positionId: string
  duty: string
}

export interface Town {
  database: FreshDatabase
  /** As caracteriza_web. */
  web: Database
  /** As caracteriza_worker. */
  worker: Database
  tools: Tools
  entityId: string
  admin: ActingPerson & { positionId: string }
  /** Who holds each duty. */
  holders: Record<string, Holder>
  close: () => Promise<void>
}

export const SINCE = '2020-01-01'

export async function smallTown(options: { smtpUrl?: string } = {}): Promise<Town> {
  const database = await freshDatabase()
  const web = openDatabase(roleUrl(database.ownerUrl, database.secret, 'web'), { max: 6 })
  const worker = openDatabase(roleUrl(database.ownerUrl, database.secret, 'worker'), { max: 6 })
  const tools: Tools = {
    database: worker,
    dataDir: 'unused',
    secret: database.secret,
    publicUrl: 'https://caracteriza.prueba.gov.co',
    mailFrom: 'Caracteriza <no-responder@prueba.gov.co>',
    ...options,
  }
  const admin = await installed(web, database.secret)
  const holders = await staffed(web, admin, database.secret)
  const close = async () => {
    await Promise.all([web.close(), worker.close()])
    await database.drop()
  }
  return { database, web, worker, tools, entityId: admin.entityId, admin, holders, close }
}

async function installed(web: Database, secret: string): Promise<Town['admin']> {
  const entityId = newId()
  return await withEntity(web, entityId, (trx) =>
    installEntity(
      trx,
      entityId,
      {
        name: 'Alcaldía de Prueba',
        shortName: 'Prueba',
        divipola: '47001',
        nit: '891780009-4',
        slogan: null,
        agencyName: 'Oficina TIC',
        positionName: 'Administración del sistema',
        actReference: 'Decreto 1',
        from: SINCE,
        administrator: { displayName: 'Administración', documentNumber: '1000', email: 'administracion@prueba.gov.co' },
      },
      secret,
    ),
  )
}

async function staffed(web: Database, admin: Town['admin'], secret: string): Promise<Record<string, Holder>> {
  return await withActor(web, admin, async (trx) => {
    const agency = { code: null, parentId: null, contactEmail: null }
    const agencyId = idOf(await addAgency(trx, admin, { ...agency, name: 'Secretaría General' }))
    const holders: Record<string, Holder> = {
      administracion: { personId: admin.personId, positionId: admin.positionId, duty: 'administracion' },
    }
    const duties = DUTIES.filter((duty) => !(GENERAL_DUTIES as readonly string[]).includes(duty))
    for (const [i, duty] of duties.entries()) {
      const headsAgency = duty === 'secretaria_general'
      const positionId = idOf(await addPosition(trx, admin, { agencyId, name: duty, duty, headsAgency }))
      const email = `${duty}@prueba.gov.co`
      const personId = idOf(
        await addPerson(trx, admin, { displayName: duty, documentNumber: String(2000 + i), email }, secret),
      )
      const tenure = {
        personId,
        positionId,
        kind: 'titular',
        from: SINCE,
        to: null,
        actReference: 'Decreto 2',
      } as const
      idOf(await addTenure(trx, admin, tenure))
      holders[duty] = { personId, positionId, duty }
    }
    return holders
  })
}

/** The row of a change that must have gone through. */
export function idOf(saved: { id?: string; problems?: unknown }): string {
  if (saved.id === undefined) throw new Error(`not saved: ${JSON.stringify(saved.problems)}`)
  return saved.id
}

/** A cycle started by Jefatura OGAC whose step, if one is named, is open since `now`, an ISO instant of the workflow's clock. */
export async function openCycle(town: Town, now: string, stepCode: StepCode | null = '1'): Promise<string> {
  const { entityId } = town
  const cycleId = newId()
  const actId = newId()
  const starter = town.holders.jefatura_ogac
  if (!starter) throw new Error('no Jefatura OGAC')
  await withActor(town.web, { entityId, personId: starter.personId }, async (trx) => {
    const version = await trx
      .selectFrom('procedure_version')
      .select('id')
      .where('procedure_code', '=', PROCEDURES[0]?.code ?? '')
      .executeTakeFirstOrThrow()
    const words = { vigencia: 2026, name: 'Caracterización 2026', radicado: cycleId, trd: '100.1' }
    const request = { ...words, formKey: cycleId, procedureVersionId: version.id }
    await requestCycle(trx, request, { entityId, personId: starter.personId, cycleId, actId })
    await storeAct(trx, {
      ...starter,
      id: actId,
      entityId,
      cycleId,
      stepCode: null,
      kind: 'start',
      objectType: 'cycle',
      objectId: cycleId,
      signatureRole: null,
      actingFor: null,
      k: 0,
      contentHash: null,
      bodyHash: 'x',
      proved: null,
      requestId: null,
      receiptCode: actId,
      observations: [],
    })
  })
  await recordStart(town.tools, { entityId, cycleId, actId, now })
  if (stepCode) await recordOpening(town.tools, { entityId, cycleId, stepCode, now })
  return cycleId
}

/** Reads anything, behind row-level security, as the owner of the tables. */
export async function asOwner<T>(town: Town, work: (database: Database) => Promise<T>): Promise<T> {
  const owner = openDatabase(town.database.ownerUrl, { max: 2 })
  try {
    return await work(owner)
  } finally {
    await owner.close()
  }
}
