/** Bench `ask`: a cross of three variables with a filter over HTTP, a million records; against one GROUP BY in PostgreSQL. */
import { join } from 'node:path'
import pg from 'pg'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { openSnapshot } from '../../db/aggregates/opened.ts'
import { withEntity } from '../../db/client.ts'
import { demoEntityId } from '../../db/seed.ts'
import { listSources } from '../../db/sources.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { signIn, type Visitor } from '../support/http.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import type { System } from '../support/system.ts'
import { type BenchRow, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const RECORDS = 1_000_000
const LIMIT_MS = 500
const WARM = 6
/** One question in so many is asked of PostgreSQL too, which sorts the persons of every cell for it. */
const COMPARED = 5
/** Records sent to PostgreSQL at once. */
const BATCH = 50_000

/** Seventy-two crosses of 12 to 1,100 cells: no two are the same, so none is answered from what another counted. */
const ROWS = ['organismo', 'comuna', 'tipo_comunicacion', 'grupo_etario', 'escolaridad', 'estrato']
const COLUMNS = ['canal', 'trimestre', 'zona', 'semestre']
const LAYERS = ['sexo', 'grupo_poblacional', 'discapacidad']
/** All records but those of one point of attention, another for each question: nearly everything is counted. */
const FILTERED = 'punto_atencion'
const KEY = 'numero_documento'
const TYPED = [...ROWS, ...COLUMNS, ...LAYERS, FILTERED]

interface Question {
  sides: [string, string, string]
  /** The value left out, as people write it and as the snapshot stores it. */
  without: string
  code: number
}

export function ask(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const product = openProduct(system)
    try {
      return await measure(system, product)
    } finally {
      await product.close()
    }
  })
}

async function measure(system: System, product: Product): Promise<BenchRow[]> {
  const { cycleId, hash } = await millionRecords(product)
  const { metadata, database, from } = await openSnapshot({ dir: join(system.dataDir, 'snapshots'), hash })
  const questions = questionsOn(metadata.categories[FILTERED] ?? [])
  const client = new pg.Client({ connectionString: system.superuserUrl })
  await client.connect()
  await load(client, (sql) => database.rows(sql), from)
  const visitor = await analyst(system)
  const ours: number[] = []
  const theirs: number[] = []
  // Turn by turn, so that whatever else the machine does weighs on both alike.
  for (const [i, question] of questions.entries()) {
    let page = ''
    const taken = await timed(async () => {
      page = await asked(visitor, cycleId, question)
    })
    if (i >= WARM) ours.push(taken)
    if (i % COMPARED !== 0) continue
    let total = 0
    theirs.push(
      await timed(async () => {
        total = await groupBy(client, question)
      }),
    )
    if (!page.includes(total.toLocaleString('es-CO'))) throw new Error(`${question.sides} is not of ${total} records`)
  }
  await client.end()
  const [value, baseline] = [percentile(ours, 95), percentile(theirs, 95)]
  return [
    {
      ...{ name: `ask: three-way cross of ${RECORDS} records over HTTP, p95`, value: round(value), unit: 'ms' },
      ...{
        baseline: round(baseline),
        ratio: round(baseline / value),
        target: `< ${LIMIT_MS} ms`,
        ok: value < LIMIT_MS,
      },
    },
  ]
}

/** A cycle of the product whose step 3 approved a source of a million records. */
async function millionRecords({ context }: Product): Promise<{ cycleId: string; hash: string }> {
  const entityId = demoEntityId('santamarta')
  const radicado = 'medicion-ask'
  const story = { entityId, slug: 'santamarta', municipality: 'Santa Marta', vigencia: 2025, radicado, rows: RECORDS }
  await live(context, { ...story, approved: 3, next: 'open' }, async () => undefined)
  return await withEntity(context.db, entityId, async (trx) => {
    const { id } = await trx.selectFrom('cycle').select('id').where('radicado', '=', radicado).executeTakeFirstOrThrow()
    const [source] = await listSources(trx, id)
    if (!source?.snapshotHash) throw new Error('the source has no snapshot')
    return { cycleId: id, hash: source.snapshotHash }
  })
}

function questionsOn(points: string[]): Question[] {
  const sides = ROWS.flatMap((rows) =>
    COLUMNS.flatMap((columns) => LAYERS.map((layers): Question['sides'] => [rows, columns, layers])),
  )
  return sides.map((one, i) => {
    const place = i % points.length
    return { sides: one, without: points[place] ?? '', code: place + 1 }
  })
}

async function analyst({ url }: System): Promise<Visitor> {
  const users = DEMO_ENTITIES.find(({ slug }) => slug === 'santamarta')?.users
  return await signIn(url, users?.find(({ duty }) => duty === 'profesional_ogac')?.email ?? '')
}

async function asked(visitor: Visitor, cycleId: string, { sides, without }: Question): Promise<string> {
  const [variable, cruce, capas] = sides
  const search = new URLSearchParams({
    ...{ variable, cruce, capas, grafica: 'calor', porcentajes: 'fila' },
    ...{ g0c0: FILTERED, g0c0de: FILTERED, g0c0o: 'neq', g0c0v: without },
  })
  const { status, body } = await visitor.get(`/ejercicios/${cycleId}/analisis?${search}`)
  if (status !== 200) throw new Error(`${sides} answered ${status}`)
  return body
}

/** The same records with the same codes, in typed columns. */
async function load(client: pg.Client, rows: (sql: string) => Promise<unknown[][]>, from: string): Promise<void> {
  const columns = TYPED.map((name) => `${name} smallint not null`).join(', ')
  await client.query(`create unlogged table asked (${columns}, ${KEY} uuid)`)
  const types = [...TYPED.map(() => 'smallint[]'), 'uuid[]']
  const insert = `insert into asked select * from unnest(${types.map((type, i) => `$${i + 1}::${type}`).join(', ')})`
  for (let at = 0; at < RECORDS; at += BATCH) {
    const batch = await rows(`SELECT ${TYPED.join(', ')}, ${KEY}::VARCHAR FROM ${from} LIMIT ${BATCH} OFFSET ${at}`)
    await client.query(
      insert,
      types.map((_, i) => batch.map((row) => row[i])),
    )
  }
  await client.query('vacuum analyze asked')
}

/** Records and persons of each cell, in one statement; answers how many records there are. */
async function groupBy(client: pg.Client, { sides, code }: Question): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select ${sides.join(', ')}, count(*)::int as n, count(distinct ${KEY})::int from asked
     where ${FILTERED} <> 0 and ${FILTERED} <> ${code} group by 1, 2, 3`,
  )
  return rows.reduce((sum, { n }) => sum + n, 0)
}
