/** Benches `capture` and `scope`: saving a citizen's record, and a delegate's list beside a million records. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { recordCitizen } from '../../app/commands/record-citizen.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DEMO_CITIZENS } from '../../catalog/demo/citizens.ts'
import { insertCaptureDraft } from '../../db/capture-drafts.ts'
import { listCaptureRecords } from '../../db/capture-pages.ts'
import { withActor } from '../../db/client.ts'
import { findGrantInForce, type GrantInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import type { Answers } from '../../domain/forms.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { CONTENT, type Delegate, type Desk, openDesk } from '../support/capture.ts'
import { TEST_SECRET } from '../support/services.ts'
import { atLeast, type BenchRow, below, inParallel, percentile, timed } from './figures.ts'

const CALLERS = 10
const SAVED = 1_500
const WARM = 100
const RECORDS = 1_000_000
const OWN = 5_000
const PAGES = 400

/** On PostgreSQL as `npm start` runs it: every commit reaches the disk. */
async function onRealDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-bench-'))
  const postgres = await startPostgres({ dataDir, secret: TEST_SECRET })
  process.env.TEST_POSTGRES_URL = postgres.superuserUrl()
  process.env.TEST_TEMPORAL_ADDRESS = 'unused'
  try {
    const desk = await openDesk()
    try {
      return await work(desk)
    } finally {
      await desk.close()
    }
  } finally {
    await postgres.stop()
    rmSync(postgres.folder, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The command that keeps a record: encryption, uniqueness, consents, count and event in one transaction. */
export function capture(): Promise<BenchRow[]> {
  return onRealDesk(async (desk) => {
    const clerk = await desk.delegate('atencion')
    const grantId = await desk.grant(clerk)
    const drafts = await unfinished(desk, clerk, grantId)
    const config = { APP_SECRET: desk.secret }
    const context = { db: desk.web, config, requestId: 'medida' } as unknown as AppContext
    const actor = await acts.actorOf(context, desk.entityId, 'atencion')
    const save = (id: string) => recordCitizen(context, actor, id)
    await inParallel(drafts.slice(0, WARM), CALLERS, async (id) => void (await save(id)))
    const times: number[] = []
    const whole = await timed(() =>
      inParallel(drafts.slice(WARM), CALLERS, async (id) => void times.push(await timed(() => save(id)))),
    )
    return [
      below('capture: one record, 10 callers, p95', percentile(times, 95), 'ms', 150),
      atLeast('capture: records saved, 10 callers', (times.length / whole) * 1_000, '/s', 60),
    ]
  })
}

/** Drafts with every page answered, each of another invented citizen. */
async function unfinished(desk: Desk, clerk: Delegate, grantId: string): Promise<string[]> {
  const ids = Array.from({ length: SAVED + WARM }, newId)
  const { answers } = DEMO_CITIZENS[1] as { answers: Answers }
  const ring = { secret: desk.secret, entityId: desk.entityId }
  await inParallel([...ids.entries()], CALLERS, async ([i, id]) => {
    await withActor(desk.web, clerk, async (trx) => {
      const grant = (await findGrantInForce(trx, clerk.personId, grantId)) as GrantInForce
      const identificacion = { ...answers.identificacion, numero_documento: `${1_100_000_000 + i}` }
      const content = { ...CONTENT, answers: { ...answers, identificacion } }
      const draft = { id, personId: clerk.personId, grant, formVersion: 1, recordId: null, content }
      await insertCaptureDraft(trx, ring, draft)
    })
  })
  return ids
}

/** A delegate of five thousand records, page after page, beside a million of other points. */
export function scope(): Promise<BenchRow[]> {
  return onRealDesk(async (desk) => {
    const clerk = await desk.delegate('atencion')
    const grantId = await desk.grant(clerk)
    await fill(desk, clerk, grantId)
    const times: number[] = []
    let cursor: string | null = null
    while (times.length < PAGES) {
      times.push(
        await timed(async () => {
          cursor = await withActor(desk.web, clerk, async (trx) => {
            const grant = await findGrantInForce(trx, clerk.personId, grantId)
            const actor = { ...clerk, scopes: [grant?.scope ?? ''] }
            const page = await listCaptureRecords(trx, actor, { cursor })
            if (page.rows.length !== 25) throw new Error(`a page of ${page.rows.length}`)
            return page.next
          })
        }),
      )
    }
    return [below('scope: page of a delegate beside 1,000,000 records, p95', percentile(times, 95), 'ms', 50)]
  })
}

/** Rows as the product would have made them; the references are not checked one by one. */
async function fill(desk: Desk, { personId, positionId }: Delegate, grantId: string): Promise<void> {
  const client = new pg.Client({ connectionString: desk.superuserUrl })
  await client.connect()
  try {
    const made = [desk.entityId, grantId, personId, positionId, RECORDS, OWN]
    await client.query(`set session_replication_role = replica; create temporary table n_points as
      select n, gen_random_uuid() as point from generate_series(0, 399) n`)
    await client.query(
      `insert into capture_record (id, entity_id, code, citizen_id, point_id, form, form_version, vigencia, grant_id, mode,
         network, network_basis, captured_by, captured_position, captured_at)
       select gen_random_uuid(), $1, 'F004-' || i, gen_random_uuid(), case when i <= $6 then g.point_id else p.point end, 'F004', 1,
         g.vigencia, $2, 'online', 'remi', 'declared', $3, $4, now() - i * interval '1 minute'
       from generate_series(1, $5::int) i join n_points p on p.n = i % 400 cross join access_grant g where g.id = $2`,
      made,
    )
    await client.query('analyze capture_record')
  } finally {
    await client.end()
  }
}
