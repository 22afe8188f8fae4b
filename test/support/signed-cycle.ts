/** A cycle whose steps stand signed, written straight into a fresh database: for tests of what comes after an approval. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { demoMap } from '../../catalog/demo/divisions.ts'
import { type Database, openDatabase, type Trx, withEntity, withoutEntity } from '../../db/client.ts'
import { insertMap, insertMapFile, storeDivisions } from '../../db/division-maps.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import type { Answers } from '../../domain/forms.ts'
import { divisionsOf, readMapFile } from '../../domain/geojson.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { Mapping } from '../../domain/sources.ts'
import { codeFrom, spacedCode } from '../../domain/verification-codes.ts'
import { cityMapping, citySnapshot } from '../db/city-snapshot.ts'
import { demonstrationDatabase } from './database.ts'

export interface Person {
  personId: string
  positionId: string
  name: string
}

export interface SignedWorld {
  owner: Database
  web: Database
  worker: Database
  open: Database
  dataDir: string
  ownerUrl: string
  entityId: string
  /** Hash of the snapshot that cycles made here rest on. */
  snapshotHash: string
  mapping: Mapping
  people: Record<string, Person>
  tools: { database: Database; dataDir: string; secret: string; publicUrl: string; mailFrom: string }
  close(): Promise<void>
}

export async function openSignedWorld(): Promise<SignedWorld> {
  const database = await demonstrationDatabase()
  const as = (role: 'web' | 'worker' | 'public') =>
    openDatabase(roleUrl(database.ownerUrl, database.secret, role), { max: 4 })
  const owner = openDatabase(database.ownerUrl, { max: 4 })
  const [web, worker, open] = [as('web'), as('worker'), as('public')]
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-signed-'))
  const city = await citySnapshot(dataDir, { rows: 20_000 })
  const entityId = demoEntityId('santamarta')
  return {
    ...{ owner, web, worker, open, dataDir, entityId, ownerUrl: database.ownerUrl, snapshotHash: city.source.hash },
    mapping: cityMapping(city.sniff),
    people: await peopleOf(owner, entityId),
    tools: {
      database: worker,
      dataDir,
      secret: database.secret,
      publicUrl: 'http://localhost:3000',
      mailFrom: 'a@b.co',
    },
    close: async () => {
      await Promise.all([owner, web, worker, open].map((one) => one.close()))
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** People of an entity by the duty they have. */
export async function peopleOf(owner: Database, entityId: string): Promise<Record<string, Person>> {
  const rows = await withoutEntity(owner, (trx) =>
    trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .innerJoin('person', 'person.id', 'tenure.person_id')
      .select(['position.duty', 'person.id as personId', 'position.id as positionId', 'person.display_name as name'])
      .where('tenure.entity_id', '=', entityId)
      .execute(),
  )
  return Object.fromEntries(rows.map(({ duty, ...person }) => [duty, person]))
}

export interface SignedCycle {
  cycleId: string
  stepIds: Record<string, string>
}

/** An active cycle with its source and snapshot, and steps 2, 4 and 5 approved. */
export async function signedCycle(world: SignedWorld): Promise<SignedCycle> {
  const { entityId, people, snapshotHash } = world
  const [cycleId, sourceId, importId] = [newId(), newId(), newId()]
  const author = people.profesional_ogac as Person
  const stepIds = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((code) => [code, newId()]))
  await withEntity(world.owner, entityId, async (trx) => {
    const procedure = await trx
      .selectFrom('procedure_version')
      .select('id')
      .where('entity_id', '=', entityId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('cycle')
      .values({
        ...{ id: cycleId, entity_id: entityId, procedure_version_id: procedure.id, vigencia: 2026, name: 'Ejercicio' },
        ...{ radicado: cycleId, trd: '100.10', status: 'active', requested_by: author.personId },
      })
      .execute()
    for (const [code, id] of Object.entries(stepIds)) {
      const key = { id, entity_id: entityId, cycle_id: cycleId, code }
      await trx
        .insertInto('step')
        .values({ ...key, status: 'not_started' })
        .execute()
    }
    await trx
      .insertInto('source')
      .values({
        ...{ id: sourceId, entity_id: entityId, cycle_id: cycleId, name: 'PQRSD 2024', legal_basis: 'Ley 1755' },
        ...{
          sensitivity: 'privada',
          period_from: '2024-01-01',
          period_to: '2024-12-31',
          demo_note: 'Datos de demostración',
        },
        ...{ attached_by: author.personId, import_id: importId, snapshot_hash: snapshotHash },
      })
      .execute()
    await trx
      .insertInto('source_import')
      .values({
        ...{ id: importId, entity_id: entityId, source_id: sourceId, file_sha256: 'a', file_name: 'a.csv', bytes: 1 },
        ...{ sniff: '{}', status: 'done', requested_by: author.personId },
      })
      .execute()
    await trx
      .insertInto('snapshot')
      .values({
        ...{ hash: snapshotHash, entity_id: entityId, source_id: sourceId, import_id: importId, rows: 1, bytes: 1 },
        ...{ columns: '[]', mapping: JSON.stringify(world.mapping) },
      })
      .execute()
  })
  const cycle = { cycleId, stepIds }
  await signStep(world, cycle, '2')
  const answers = completeAnswers('4', { map: await keptMap(world) })
  await signStep(world, cycle, '4', { answers, inputs: [snapshotHash] })
  await signStep(world, cycle, '5')
  return cycle
}

/** The demonstration map, kept; answers its hash. */
async function keptMap({ owner, entityId, dataDir, people }: SignedWorld): Promise<string> {
  const read = readMapFile(demoMap())
  const chosen = { code: 'codigo', name: 'nombre' }
  const made = read.ok ? divisionsOf(read.features, chosen) : read
  if (!made.ok) throw new Error('the demonstration map is none')
  const hash = await storeDivisions(dataDir, made.divisions)
  const by = { entityId, ...(people.profesional_tic as Person) }
  await withEntity(owner, entityId, async (trx) => {
    const { id: fileId } = await insertMapFile(trx, by, {
      ...(await storeFile(dataDir, Buffer.from(demoMap()))),
      name: 'm',
    })
    const properties = { codeProperty: chosen.code, nameProperty: chosen.name }
    await insertMap(trx, by, { name: 'Mapa', fileId, ...properties, hash, divisionCount: made.divisions.length })
  })
  return hash
}

const ROLES = [
  ['author', 'submit', 'profesional_ogac'],
  ['reviewer', 'approve', 'profesional_sig'],
  ['approver', 'approve', 'jefatura_ogac'],
] as const

/** Freezes and signs a version of a step; it stands approved and its id is the answer. */
export async function signStep(
  world: SignedWorld,
  { cycleId, stepIds }: SignedCycle,
  code: StepCode,
  options: { answers?: Answers; inputs?: string[] } = {},
): Promise<string> {
  const [versionId, attemptId] = [newId(), newId()]
  const { entityId, people } = world
  const stepId = stepIds[code] ?? ''
  const key = { entity_id: entityId, cycle_id: cycleId, step_id: stepId }
  const answers = JSON.stringify(options.answers ?? completeAnswers(code))
  const hash = createHash('sha256').update(`${versionId}${answers}`).digest('hex')
  await withEntity(world.owner, entityId, async (trx) => {
    const { n } = await trx
      .selectFrom('attempt')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('step_id', '=', stepId)
      .executeTakeFirstOrThrow()
    const next = Number(n) + 1
    await trx
      .insertInto('attempt')
      .values({ ...key, id: attemptId, n: next, form_version: 1, opened_at: sql<Date>`app_now()` })
      .execute()
    await trx
      .insertInto('step_version')
      .values({
        ...{ ...key, id: versionId, step_code: code, attempt_id: attemptId, n: next, form_version: 1, answers, hash },
        ...{ canonical: '{}', snapshot_html: '', built_on: '{}', input_hashes: JSON.stringify(options.inputs ?? []) },
        ...{ authors: '[]', frozen_by: (people.profesional_ogac as Person).personId },
      })
      .execute()
    for (const [role, verdict, duty] of ROLES)
      await sign(trx, key, { versionId, hash, role, verdict, duty }, people[duty] as Person)
    await trx
      .updateTable('step')
      .set({
        status: 'approved',
        version_id: versionId,
        attempt_n: next,
        attempt_id: attemptId,
        approved_at: sql<Date>`app_now()`,
      })
      .where('id', '=', stepId)
      .execute()
  })
  return versionId
}

async function sign(
  trx: Trx,
  key: { entity_id: string; cycle_id: string; step_id: string },
  mark: { versionId: string; hash: string; role: string; verdict: string; duty: string },
  person: Person,
): Promise<void> {
  const id = newId()
  const receipt = spacedCode(codeFrom(randomBytes(12)))
  const who = { person_id: person.personId, position_id: person.positionId }
  await trx
    .insertInto('act')
    .values({
      ...{
        id,
        entity_id: key.entity_id,
        cycle_id: key.cycle_id,
        ...who,
        kind: mark.verdict,
        object_type: 'step_version',
      },
      ...{ object_id: mark.versionId, body_hash: 'x', receipt_code: receipt, status: 'confirmed', duty: mark.duty },
    })
    .execute()
  await trx
    .insertInto('signature')
    .values({
      ...{
        ...key,
        ...who,
        id,
        step_version_id: mark.versionId,
        role: mark.role,
        verdict: mark.verdict,
        duty: mark.duty,
      },
      ...{
        person_name: person.name,
        position_name: person.name,
        tenure_kind: 'titular',
        statement: 'Firmo este contenido.',
      },
      ...{ method: 'Cuenta personal', content_hash: mark.hash, reviewer_is_approver: 'block', receipt_code: receipt },
      signed_at: sql<Date>`app_now()`,
    })
    .execute()
}

export async function eventsOf(world: SignedWorld, cycleId: string): Promise<string[]> {
  const rows = await withoutEntity(world.owner, (trx) =>
    trx.selectFrom('event').select('type').where('cycle_id', '=', cycleId).orderBy('at').orderBy('id').execute(),
  )
  return rows.map((row) => row.type)
}
