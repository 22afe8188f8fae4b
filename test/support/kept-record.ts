/** A record in order, written straight into the database: one of each thing the automatic controls look at. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { openCycle, type Town } from './town.ts'

export interface KeptRecord {
  /** As nobody may: no trigger and no foreign key is asked. */
  write(query: string, values?: unknown[]): Promise<void>
  ids: Record<
    | 'cycle'
    | 'version'
    | 'approval'
    | 'grant'
    | 'ended'
    | 'campaign'
    | 'item'
    | 'dataset'
    | 'release'
    | 'file'
    | 'notice',
    string
  >
  close(): Promise<void>
}

const CANONICAL = '{"schema":1}'
export const HASH = createHash('sha256').update(CANONICAL).digest('hex')

/** A published file with one table, as its open data are written; `least` is the smallest number in it. */
export function publishedFile(least: number): Buffer {
  const counts = [least, 40].map((registros) => ({ registros }))
  const table = {
    ...{ filas: { variable: 'canal', etiqueta: 'Canal', valores: ['Presencial', 'Virtual'] }, columnas: null },
    ...{ celdas: counts.map((count) => [count]), totales_fila: counts, totales_columna: [] },
    ...{ total: { registros: least + 40 }, filtro: [], umbral: 5, metodo: [], corte_sha256: 'a'.repeat(64) },
  }
  return Buffer.from(JSON.stringify({ tablas: [table] }))
}

export async function keptRecord(town: Town, dataDir: string): Promise<KeptRecord> {
  const client = new pg.Client({ connectionString: town.database.superuserUrl })
  await client.connect()
  await client.query('set session_replication_role = replica')
  const write = async (query: string, values: unknown[] = []) => {
    await client.query(query, values)
  }
  const { entityId: entity } = town
  const { profesional_ogac: author, jefatura_ogac: chief, direccion_tic: clerk } = town.holders
  if (!author || !chief || !clerk) throw new Error('a town has everybody')
  const cycle = await openCycle(town, new Date(performance.timeOrigin + performance.now()).toISOString())
  const step = `(select id from step where cycle_id = '${cycle}' and code = '1')`
  const attempt = `(select attempt_id from step where cycle_id = '${cycle}' and code = '1')`
  const id = Object.fromEntries(
    ['version', 'approval', 'grant', 'ended', 'campaign', 'item', 'dataset', 'release', 'file', 'notice'].map(
      (name) => [name, newId()],
    ),
  ) as KeptRecord['ids']
  const act = async (
    actId: string,
    by: typeof chief,
    kind: string,
    about: { column: string; id: string; type: string },
  ) => {
    await write(
      `insert into act (id, entity_id, ${about.column}, kind, object_type, object_id, person_id, position_id, duty, body_hash, status,
        receipt_code) values ($1, $2, $3, $4, $5, $3, $6, $7, $8, 'x', 'confirmed', $9)`,
      [actId, entity, about.id, kind, about.type, by.personId, by.positionId, by.duty, `R-${actId.slice(-6)}`],
    )
    await write(
      `insert into event (id, entity_id, type, actor_person, object_type, object_id, act_id, origin)
        values ($1, $2, 'step.signed', $3, $4, $5, $6, 'workflow')`,
      [newId(), entity, by.personId, about.type, about.id, actId],
    )
  }
  await write(
    `insert into step_version (id, entity_id, cycle_id, step_id, step_code, attempt_id, n, form_version, answers, canonical, hash,
      snapshot_html, built_on, input_hashes, authors, frozen_by)
      values ($1, $2, $3, ${step}, '1', ${attempt}, 1, 1, '{}', $4, $5, '', '{}', '[]', $6, $7)`,
    [id.version, entity, cycle, CANONICAL, HASH, JSON.stringify([author.personId]), author.personId],
  )
  await act(id.approval, chief, 'approve', { column: 'cycle_id', id: cycle, type: 'cycle' })
  await write(
    `insert into signature (id, entity_id, cycle_id, step_id, step_version_id, role, verdict, person_id, position_id, person_name,
      position_name, tenure_kind, duty, statement, method, content_hash, reviewer_is_approver, receipt_code, signed_at)
      values ($1, $2, $3, ${step}, $4, 'approver', 'approve', $5, $6, 'x', 'Jefatura OGAC', 'titular', $7, 'x', 'password', $8, 'block',
      $9, now())`,
    [id.approval, entity, cycle, id.version, chief.personId, chief.positionId, chief.duty, HASH, newId()],
  )
  const point = newId()
  await write(
    `insert into service_point (id, entity_id, agency_id, name) select $1, $2, id, 'Punto' from agency where entity_id = $2 limit 1`,
    [point, entity],
  )
  for (const [n, grant, status] of [
    [1, id.grant, 'granted'],
    [2, id.ended, 'revoked'],
  ] as const) {
    await write(
      `insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado, radicado_on, reason,
        starts_on, ends_on, content_hash, asked_by, asked_position, asked_at, status, begun_at, ended_at, cause)
        select $1, $2, 2026, $3::int, 'AD-' || $3::int, extract(year from current_date), agency_id, id, $4, 'F004', 'R-1', current_date, 'x',
        date_trunc('year', now())::date, (date_trunc('year', now()) + interval '1 year - 1 day')::date, 'c', $5, $6, now() - interval '60 days',
        $7::text, now() - interval '60 days', case when $7 = 'revoked' then now() - interval '3 days' end,
        case when $7 = 'revoked' then 'transfer' end from service_point where id = $8`,
      [grant, entity, n, clerk.personId, author.personId, author.positionId, status, point],
    )
    const decision = newId()
    await act(decision, chief, 'grant', { column: 'grant_id', id: grant, type: 'access_grant' })
    await write(
      `insert into access_signature (id, entity_id, grant_id, kind, person_id, position_id, person_name, position_name, tenure_kind, duty,
        statement, method, content_hash, receipt_code)
        values ($1, $2, $3, 'grant', $4, $5, 'x', 'x', 'titular', $6, 'x', 'password', 'c', 'x')`,
      [decision, entity, grant, chief.personId, chief.positionId, chief.duty],
    )
  }
  await write(
    `insert into access_probe (id, entity_id, grant_id, moment, target, address, expected, outcome, status, facts, asked_at, answered_at, content_hash)
      values ($1, $2, $3, 'after', 'entry', '/x', 'denied', 'denied', 403, '{}', now(), now(), 'x')`,
    [newId(), entity, id.ended],
  )
  await write(
    `insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, opened_at, status, due_date, closed_at, executed_at)
      values ($1, $2, 2026, 1, 'RA-2026-0001', 'yearly', extract(year from current_date), 5, now() - interval '30 days', 'closed',
      current_date - 10, now() - interval '9 days', now() - interval '9 days')`,
    [id.campaign, entity],
  )
  await write(
    `insert into review_item (id, entity_id, campaign_id, grant_id, joined_at, before_status, before_ends_on, outcome, outcome_by, executed_at,
      after_status) values ($1, $2, $3, $4, now() - interval '30 days', 'granted', current_date, 'kept', 'answer', now() - interval '9 days',
      'granted')`,
    [id.item, entity, id.campaign, id.grant],
  )
  const stored = await storeFile(dataDir, publishedFile(12))
  await write(`insert into dataset (id, entity_id, slug, title) values ($1, $2, 'datos', 'Datos de prueba')`, [
    id.dataset,
    entity,
  ])
  await write(
    `insert into release (id, entity_id, dataset_id, cycle_id, step_version_id, version, status, metadata, change_note, snapshot_hash,
      release_hash, published_at) values ($1, $2, $3, $4, $5, 1, 'published', '{}', 'x', 'x', 'x', now())`,
    [id.release, entity, id.dataset, cycle, id.version],
  )
  await write(
    `insert into release_file (id, entity_id, release_id, name, kind, media_type, bytes, sha256)
      values ($1, $2, $3, 'datos.json', 'json', 'application/json', $4, $5)`,
    [id.file, entity, id.release, stored.bytes, stored.sha256],
  )
  await write(
    `insert into notice (id, entity_id, cycle_id, step_id, attempt_id, term_id, kind, duty, planned_on, planned_at, status, settled_at)
      select $1, $2, cycle_id, step_id, attempt_id, id, 'reminder-9', 'in_charge', current_date, now() - interval '1 day', 'sent', now()
      from term where cycle_id = $3 limit 1`,
    [id.notice, entity, cycle],
  )
  return { write, ids: { ...id, cycle }, close: () => client.end() }
}
