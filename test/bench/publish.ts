/** Bench `publish`: fifty datasets of ten versions each, read by anyone as a page and as a catalogue. */
import pg from 'pg'
import { openDatabase, withoutEntity } from '../../db/client.ts'
import { listSeries } from '../../db/public-catalogue.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { catalogueNodes } from '../../documents/dcat.ts'
import { toJsonLd } from '../../documents/rdf.ts'
import { TEST_SECRET } from '../support/services.ts'
import type { System } from '../support/system.ts'
import { type BenchRow, below, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const DATASETS = 50
const VERSIONS = 10
const REQUESTS = 150
const WARM = 10
/** One request in so many finds that something was published, corrected or withdrawn since. */
const CHANGES = 10

export function publish(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const client = new pg.Client({ connectionString: system.superuserUrl })
    await client.connect()
    await fill(client)
    const page = await times(system, client, '/datos-abiertos')
    const dataset = await times(system, client, '/datos-abiertos/conjunto-7')
    const jsonld = await times(system, client, '/datos-abiertos/catalogo.jsonld')
    const turtle = await times(system, client, '/datos-abiertos/catalogo.ttl')
    await client.end()
    const naive = percentile(await naiveTimes(system), 95)
    const p95 = (name: string, measured: number[]) =>
      below(`publish: ${name}, p95`, percentile(measured, 95), 'ms', 150)
    const against = (row: BenchRow) => ({ ...row, baseline: round(naive), ratio: round(naive / row.value) })
    return [
      p95('catalogue page', page),
      p95('dataset page', dataset),
      against(p95('DCAT JSON-LD', jsonld)),
      against(p95('DCAT Turtle', turtle)),
    ]
  })
}

/** Straight into the tables: what publishing itself does is measured elsewhere. */
async function fill(client: pg.Client): Promise<void> {
  await client.query(`set session_replication_role = replica`)
  await client.query(
    `with e as (select id, (select id from procedure_version v where v.entity_id = entity.id limit 1) as procedure,
       (select id from person p where p.entity_id = entity.id limit 1) as person from entity where id = $1),
     cycles as (insert into cycle (id, entity_id, procedure_version_id, vigencia, name, radicado, trd, status, requested_by)
       select gen_random_uuid(), e.id, e.procedure, 2015 + n, 'Ejercicio ' || n, 'B-' || n, '1', 'closed', e.person
       from e, generate_series(1, ${VERSIONS}) n returning id, entity_id, vigencia),
     sets as (insert into dataset (id, entity_id, slug, title)
       select gen_random_uuid(), e.id, 'conjunto-' || n, 'Conjunto ' || n from e, generate_series(1, ${DATASETS}) n
       returning id, entity_id, title),
     made as (select gen_random_uuid() as id, sets.entity_id, sets.id as dataset_id, sets.title, cycles.id as cycle_id,
       cycles.vigencia from sets, cycles),
     releases as (insert into release (id, entity_id, dataset_id, cycle_id, corrects_id, version, status, metadata,
         change_note, snapshot_hash, release_hash, published_at)
       select id, entity_id, dataset_id, cycle_id, id, vigencia - 2015, 'published',
         jsonb_build_object('title', title, 'description', repeat('Descripción del conjunto. ', 20),
           'licence', jsonb_build_object('code', 'CC-BY-4.0', 'label', 'CC BY 4.0'), 'periodFrom', vigencia || '-01-01',
           'periodTo', vigencia || '-12-31', 'frequency', 'anual', 'agency', 'Oficina', 'email', 'a@b.co',
           'keywords', jsonb_build_array('pqrsd', 'atención'), 'menu', 'Datos abiertos', 'tables', '[]'::jsonb),
         'Versión de la vigencia', repeat('a', 64), repeat('b', 64), now() - (2030 - vigencia) * interval '1 day'
       from made returning id, entity_id, version)
     insert into release_file (id, entity_id, release_id, name, kind, media_type, bytes, sha256)
     select gen_random_uuid(), entity_id, id, 'datos-v' || version || '.' || kind, kind, 'text/csv', 12345, repeat('c', 64)
     from releases, unnest(array['csv', 'json', 'parquet', 'xlsx', 'dictionary', 'pdf']) kind`,
    [demoEntityId('santamarta')],
  )
  await client.query('analyze release, release_file, dataset, cycle')
}

/** Over HTTP as anyone, while now and then something of the catalogue changes. */
async function times({ url }: System, client: pg.Client, path: string): Promise<number[]> {
  const measured: number[] = []
  for (let i = 0; i < REQUESTS + WARM; i++) {
    if (i % CHANGES === 0)
      await client.query(
        `update release set status = case status when 'published' then 'corrected' else 'published' end
         where id = (select id from release order by id limit 1)`,
      )
    measured.push(
      await timed(async () => {
        const answer = await fetch(`${url}${path}`)
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
        await answer.text()
      }),
    )
  }
  return measured.slice(WARM)
}

/** Baseline: the same JSON-LD asked for dataset by dataset and written each time, spared the way over HTTP. */
async function naiveTimes({ ownerUrl }: System): Promise<number[]> {
  const anyone = openDatabase(roleUrl(ownerUrl, TEST_SECRET, 'public'), { max: 2 })
  const measured: number[] = []
  for (let i = 0; i < 20; i++)
    measured.push(
      await timed(() =>
        withoutEntity(anyone, async (trx) => {
          const slugs = await trx.selectFrom('dataset').select('slug').execute()
          const series = []
          for (const { slug } of slugs) series.push(...(await listSeries(trx, [slug])))
          toJsonLd(catalogueNodes('https://ejemplo.gov.co', series))
        }),
      ),
    )
  await anyone.close()
  return measured
}
