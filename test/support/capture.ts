/** Delegates at points of attention of the demonstration, on a real database without Temporal: their accesses are rows. */
import { sql } from 'kysely'
import { CONSENT } from '../../catalog/capture/consent.ts'
import type { DraftContent } from '../../db/capture-drafts.ts'
import { insertRecord } from '../../db/capture-records.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { findGrantInForce, type GrantInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import type { Answers } from '../../domain/forms.ts'
import type { CaptureForm, GrantStatus } from '../../domain/grants.ts'
import { demonstrationDatabase } from './database.ts'

export interface Delegate {
  entityId: string
  personId: string
  positionId: string
  duty: string
}

export interface Desk {
  ownerUrl: string
  /** As superuser: for filling tables and looking behind row-level security. */
  superuserUrl: string
  secret: string
  web: Database
  worker: Database
  owner: Database
  entityId: string
  delegate(duty: string, slug?: string): Promise<Delegate>
  points(): Promise<{ id: string; agencyId: string; name: string }[]>
  grant(to: Delegate, given?: GivenAccess): Promise<string>
  close(): Promise<void>
}

export interface GivenAccess {
  point?: number
  form?: CaptureForm
  status?: GrantStatus
  /** Civil dates relative to today, in days; the vigencia is that of the first day. */
  from?: number
  to?: number
}

export async function openDesk(): Promise<Desk> {
  const database = await demonstrationDatabase()
  const open = (role: 'web' | 'worker') => openDatabase(roleUrl(database.ownerUrl, database.secret, role), { max: 12 })
  const [web, worker, owner] = [open('web'), open('worker'), openDatabase(database.ownerUrl, { max: 4 })]
  const entityId = demoEntityId('santamarta')
  const points = () =>
    withEntity(owner, entityId, (trx) =>
      trx
        .selectFrom('service_point')
        .select(['id', 'agency_id as agencyId', 'name'])
        .where('entity_id', '=', entityId)
        .orderBy('name')
        .execute(),
    )
  const delegate = async (duty: string, slug = 'santamarta') => {
    const id = demoEntityId(slug)
    const held = await withEntity(owner, id, (trx) =>
      sql<{ personId: string; positionId: string }>`select t.person_id as "personId", t.position_id as "positionId"
        from tenure t join position p on p.id = t.position_id where p.duty = ${duty} and t.entity_id = ${id}`.execute(
        trx,
      ),
    )
    return { entityId: id, duty, ...(held.rows[0] as { personId: string; positionId: string }) }
  }
  return {
    ...{
      ownerUrl: database.ownerUrl,
      superuserUrl: database.superuserUrl,
      secret: database.secret,
      web,
      worker,
      owner,
      entityId,
      delegate,
      points,
    },
    grant: async (to, given = {}) => {
      const place = (await points())[given.point ?? 0]
      const asker = await delegate(to.duty === 'dependencia' ? 'jefatura_ogac' : 'dependencia')
      return await withEntity(owner, entityId, (trx) => insertGrantRow(trx, { ...given, holder: to, asker, place }))
    },
    close: async () => {
      await Promise.all([web.close(), worker.close(), owner.close()])
      await database.drop()
    },
  }
}

interface GrantRow extends GivenAccess {
  holder: Delegate
  asker: Delegate
  place: { id: string; agencyId: string } | undefined
}

let granted = 0

/** A row as the record would hold it, in whatever state. */
async function insertGrantRow(trx: Trx, row: GrantRow): Promise<string> {
  const { holder, asker, place, form = 'F004', status = 'granted', from = 0, to } = row
  const id = newId()
  granted += 1
  const isOver = !['filed', 'asked', 'accepted', 'granted'].includes(status)
  const last =
    to === undefined
      ? sql`make_date(extract(year from app_today() + ${from}::int)::int, 12, 31)`
      : sql`app_today() + ${to}::int`
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status, ended_at, cause)
    select ${id}, ${holder.entityId}, 2026, ${granted}, ${`AD-PRUEBA-${granted}`}, extract(year from app_today() + ${from}::int),
      ${place?.agencyId}, ${place?.id}, ${holder.personId}, ${form}, 'x', app_today(), 'x', app_today() + ${from}::int, ${last},
      repeat('a', 64), ${asker.personId}, ${asker.positionId}, ${status}, ${isOver ? sql`app_now()` : null},
      ${status === 'revoked' ? 'transfer' : null}`.execute(trx)
  return id
}

export const CONTENT: Omit<DraftContent, 'answers'> = {
  origin: { mode: 'online', paper: null, network: 'remi', networkBasis: 'declared' },
  given: ['caracterizacion'],
  channel: 'oral',
  textVersion: CONSENT.version,
  textHash: 'a'.repeat(64),
  givenAt: '2026-01-05T15:00:00.000Z',
}

/** What a citizen with this document said; invented. */
export const said = (number: string): Answers => ({
  identificacion: { tipo_documento: 'CC', numero_documento: number, nombre: `Persona Inventada ${number}` },
})

/** A record captured by a delegate under one of their accesses; answers its id. Throws where none lets them. */
export async function capture(
  desk: Pick<Desk, 'web' | 'secret'>,
  by: Delegate,
  grantId: string,
  number: string,
): Promise<string> {
  return await withActor(desk.web, by, async (trx) => {
    const grant = (await findGrantInForce(trx, by.personId, grantId)) as GrantInForce
    const { personId, positionId, entityId } = by
    const made = { id: newId(), code: newId(), grant, formVersion: 1, answers: said(number), content: { ...CONTENT } }
    const document = { type: 'CC', number }
    return (await insertRecord(trx, { secret: desk.secret, entityId }, { ...made, document, personId, positionId })).id
  })
}
