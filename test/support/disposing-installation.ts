/** An installation on a cluster of its own, whose ended cycles have content, and disposals of them without any workflow. */
import { createHash } from 'node:crypto'
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { carryOutBegun } from '../../activities/carry-out-disposal.ts'
import { recordDisposalVerdict } from '../../activities/record-disposal-verdict.ts'
import { tendDisposal } from '../../activities/tend-disposal.ts'
import { storeAct } from '../../db/acts.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findDisposal, proposeDisposal, requireDisposable } from '../../db/disposals.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { adoptRule } from '../../db/retention.ts'
import { roleUrl } from '../../db/roles.ts'
import { sealFile } from '../../db/sealed-files.ts'
import { demoEntityId, seedDemonstration } from '../../db/seed.ts'
import type { DisposalVerdict } from '../../domain/disposal.ts'
import { codeFrom, spacedCode } from '../../domain/verification-codes.ts'
import { type Postgres, startPostgres } from '../../scripts/postgres.ts'
import { filesIn } from './disposals.ts'
import { TEST_SECRET as secret } from './services.ts'
import { type Person, peopleOf } from './signed-cycle.ts'

export interface Installation {
  dataDir: string
  postgres: Postgres
  owner: Database
  web: Database
  worker: Database
  entityId: string
  admin: Person
  head: Person
  close(): Promise<void>
}

export async function openInstallation(): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-disposing-'))
  const postgres = await startPostgres({ dataDir, secret, settings: { fsync: 'off' } })
  await migrateDatabase(postgres.ownerUrl(), secret)
  await seedDemonstration(postgres.ownerUrl(), secret)
  const owner = openDatabase(postgres.ownerUrl(), { max: 2 })
  const [web, worker] = (['web', 'worker'] as const).map((role) =>
    openDatabase(roleUrl(postgres.ownerUrl(), secret, role), { max: 2 }),
  ) as [Database, Database]
  const entityId = demoEntityId('santamarta')
  const people = await peopleOf(owner, entityId)
  const [admin, head] = [people.administracion as Person, people.jefatura_ogac as Person]
  const close = async () => {
    for (const one of [owner, web, worker]) await one.close()
    await postgres.stop()
  }
  return { dataDir, postgres, owner, web, worker, entityId, admin, head, close }
}

const told = (trx: Trx, { entityId }: Installation, cycleId: string) =>
  recordEvent(trx, { entityId, type: 'cycle.cancelled', objectId: cycleId, cycleId, origin: 'system' })

/** In one transaction with an event, as nothing may be written without one. */
export const change = <T>(on: Installation, cycleId: string, work: (trx: Trx) => Promise<T>): Promise<T> =>
  withEntity(on.owner, on.entityId, async (trx) => {
    const result = await work(trx)
    await told(trx, on, cycleId)
    return result
  })

/** An exercise that ended years ago with a frozen step, a draft, a received file and two attached ones, of which one is `shared`. */
export async function endedCycle(on: Installation, trd: string, shared: string): Promise<string> {
  const { entityId, dataDir } = on
  const [cycleId, stepId, attemptId, sourceId, importId] = [newId(), newId(), newId(), newId(), newId()]
  const by = on.admin.personId
  const key = { entity_id: entityId, cycle_id: cycleId, step_id: stepId }
  const received = Buffer.from(`documento;edad\n${importId};31\n`)
  const sha256 = createHash('sha256').update(received).digest('hex')
  writeFileSync(join(dataDir, 'recibido.csv'), received)
  await sealFile({ dataDir, secret, entityId, sha256 }, join(dataDir, 'recibido.csv'))
  const files = [`carta ${cycleId}`, shared].map((one) => storeFile(dataDir, Buffer.from(one)))
  const attached = await Promise.all(files)
  await change(on, cycleId, async (trx) => {
    const procedure = trx.selectFrom('procedure_version').select('id').where('entity_id', '=', entityId)
    await trx
      .insertInto('cycle')
      .values({
        ...{
          id: cycleId,
          entity_id: entityId,
          vigencia: 2023,
          name: 'Ejercicio',
          radicado: cycleId,
          trd,
          requested_by: by,
        },
        procedure_version_id: (await procedure.executeTakeFirstOrThrow()).id,
        ...{ status: 'cancelled', closed_at: '2023-03-01T15:00:00Z' },
      })
      .execute()
    await trx
      .insertInto('step')
      .values({ id: stepId, entity_id: entityId, cycle_id: cycleId, code: '1', status: 'cancelled' })
      .execute()
    await trx
      .insertInto('attempt')
      .values({ ...key, id: attemptId, n: 1, form_version: 1, opened_at: appNow() })
      .execute()
    await trx
      .insertInto('step_version')
      .values({
        ...{ ...key, id: newId(), step_code: '1', attempt_id: attemptId, n: 1, form_version: 1, frozen_by: by },
        ...{ answers: '{"objetivos":{"general":"Ana Díaz"}}', canonical: '{"a":1}', snapshot_html: '<p>Ana Díaz</p>' },
        ...{
          built_on: '{}',
          input_hashes: '[]',
          authors: '[]',
          hash: createHash('sha256').update(cycleId).digest('hex'),
        },
      })
      .execute()
    await trx
      .insertInto('step_draft')
      .values({ entity_id: entityId, step_id: stepId, answers: '{"objetivos":{"general":"borrador"}}' })
      .execute()
    await trx
      .insertInto('source')
      .values({
        ...{ id: sourceId, entity_id: entityId, cycle_id: cycleId, name: 'PQRSD', legal_basis: 'Ley 1755' },
        ...{ sensitivity: 'privada', period_from: '2022-01-01', period_to: '2022-12-31', attached_by: by },
      })
      .execute()
    await trx
      .insertInto('source_import')
      .values({
        ...{ id: importId, entity_id: entityId, source_id: sourceId, file_sha256: sha256, file_name: 'ana.csv' },
        ...{ bytes: received.length, sniff: '{}', status: 'failed', requested_by: by },
      })
      .execute()
    for (const file of attached)
      await trx
        .insertInto('attachment')
        .values({
          ...{ id: newId(), entity_id: entityId, cycle_id: cycleId, step_id: stepId, name: 'Carta de Ana.txt' },
          ...{ media_type: 'text/plain', sha256: file.sha256, bytes: file.bytes, added_by: by },
        })
        .execute()
  })
  for (const file of filesIn(dataDir)) utimesSync(file, new Date('2023-03-01'), new Date('2023-03-01'))
  return cycleId
}

/** A series that is eliminated once its years went by. */
export async function adopt(on: Installation, code: string): Promise<void> {
  const { entityId, admin } = on
  const rule = { formKey: newId(), code, name: 'Caracterizaciones', officeYears: 0, centralYears: 0 }
  const act = { disposition: 'E', act: 'Resolución 12', actDate: '2020-01-15', inForceFrom: '2020-02-01' } as const
  const by = { entityId, ...admin, requestId: null }
  await withActor(on.web, by, (trx) => adoptRule(trx, by, { ...rule, ...act }))
}

export async function propose(on: Installation, cycleId: string, minutesNumber: string): Promise<string> {
  const { entityId, admin } = on
  const by = { entityId, ...admin, requestId: null, actingFor: null }
  return await withActor(on.web, by, async (trx) => {
    const { contentHash } = await requireDisposable(trx, { entityId, cycleId })
    const minutes = { minutesNumber, minutesDate: appToday() }
    return await proposeDisposal(trx, by, { formKey: newId(), cycleId, contentHash, ...minutes })
  })
}

const toolsOf = ({ worker, dataDir }: Installation) => ({
  ...{ database: worker, dataDir, secret, publicUrl: 'http://localhost:3000', mailFrom: 'a@b.co' },
})

/** The verdict of whoever leads the process, as the workflow would record it; answers its receipt. */
export async function decide(on: Installation, disposalId: string, kind: DisposalVerdict): Promise<string> {
  const { entityId, head } = on
  const id = newId()
  const receiptCode = spacedCode(codeFrom(createHash('sha256').update(id).digest().subarray(0, 12)))
  const contentHash = await withEntity(on.owner, entityId, async (trx) => {
    const found = await findDisposal(trx, disposalId)
    return found?.state.contentHash ?? ''
  })
  const who = { personId: head.personId, positionId: head.positionId, duty: 'jefatura_ogac', actingFor: null }
  await withActor(on.web, { entityId, ...head }, (trx) =>
    storeAct(trx, {
      ...{
        id,
        entityId,
        cycleId: null,
        disposalId,
        stepCode: null,
        kind,
        objectType: 'disposal',
        objectId: disposalId,
      },
      ...{
        signatureRole: null,
        ...who,
        k: 0,
        contentHash,
        bodyHash: contentHash,
        proved: null,
        requestId: null,
        receiptCode,
      },
      observations: [],
    }),
  )
  const verdict = { id, kind, disposalId, contentHash, ...who }
  await recordDisposalVerdict(toolsOf(on), { entityId, verdict, now: appNow().toISOString() })
  return receiptCode
}

export async function begin(on: Installation, disposalId: string): Promise<void> {
  const now = new Date(appNow().getTime() + 25 * 3_600_000).toISOString()
  await tendDisposal(toolsOf(on), { entityId: on.entityId, disposalId, now })
}

export async function carryOut(on: Installation, disposalId: string): Promise<void> {
  await carryOutBegun(toolsOf(on), { entityId: on.entityId, disposalId }, { restMs: 0 })
}

/** What anybody typed or sent in the contents of a cycle, as its rows still have it. */
export async function contentOf(owner: Database, entityId: string, cycleId: string) {
  return await withEntity(owner, entityId, async (trx) => {
    const { rows } = await sql<{ said: string }>`
      select snapshot_html as said from step_version where cycle_id = ${cycleId} and snapshot_html <> ''
      union all select d.answers::text from step_draft d join step s on s.id = d.step_id
        where s.cycle_id = ${cycleId} and d.answers <> '{}'
      union all select name from attachment where cycle_id = ${cycleId} and name <> ''
      union all select i.file_name from source_import i join source s on s.id = i.source_id
        where s.cycle_id = ${cycleId} and i.file_name <> ''`.execute(trx)
    return rows.map(({ said }) => said)
  })
}
