/** The data source of a cycle under fire: attached, uploaded and imported by Profesional TIC, one look at a time. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listImports } from '../../db/imports.ts'
import { listSources } from '../../db/sources.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import * as forms from '../support/source-forms.ts'
import { type Bench, read, visitorOf } from './bench.ts'

const ROWS = 300

let file: Promise<Uint8Array<ArrayBuffer>> | undefined

/** The id of the cycle's source once its snapshot stands; otherwise does what comes next and answers undefined. */
export async function sourceReady(bench: Bench, cycleId: string): Promise<string | undefined> {
  const tic = visitorOf(bench.people, 'profesional_tic')
  const { source, agency, latest } = await read(bench, async (trx) => {
    const [source] = await listSources(trx, cycleId)
    const agency = await trx
      .selectFrom('agency')
      .select('id')
      .where('code', '=', 'atencion-ciudadano')
      .executeTakeFirstOrThrow()
    return { source, agency: agency.id, latest: source && (await listImports(trx, source.id))[0] }
  })
  if (!source) await forms.attachSource(tic, cycleId, agency)
  else if (source.snapshotHash) return source.id
  else if (!latest || latest.status === 'cancelled' || latest.status === 'failed')
    await forms.uploadFile(tic, cycleId, source.id, await cityFile())
  else if (!latest.isAsked) await forms.importFile(tic, cycleId, source.id)
  return undefined
}

function cityFile(): Promise<Uint8Array<ArrayBuffer>> {
  file ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caracteriza-faults-file-'))
    try {
      const path = join(folder, 'ciudad.csv')
      await writeCityFile(path, { rows: ROWS })
      return Uint8Array.from(await readFile(path))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })()
  return file
}
