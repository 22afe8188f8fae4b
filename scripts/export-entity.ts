/** `npm run export-entity -- DIVIPOLA_O_NIT FILE.zip`: one whole entity in one open file, and its key in another. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatNumber } from '../app/text/format.ts'
import { openDatabase, withoutEntity } from '../db/client.ts'
import { findEntity } from '../db/entities.ts'
import { listNumberedEntities } from '../db/named-entities.ts'
import { exportEntity } from './entity-archive/export.ts'
import { withInstallation } from './entity-archive/installation.ts'
import { Explained } from './processes.ts'
import { fail, say } from './progress.ts'

async function main(): Promise<void> {
  const [number, file] = process.argv.slice(2)
  if (!number || !file) throw new Explained('Uso: npm run export-entity -- DIVIPOLA_O_NIT ARCHIVO.zip')
  const { manifest, keyFile, missing } = await withInstallation(async (installation) => {
    const entity = await findNumbered(installation.databaseUrl, number)
    if (!entity) throw new Explained(`Esta instalación no tiene una entidad con DIVIPOLA o NIT ${number}.`)
    return await exportEntity({ ...installation, entity, file })
  })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  say(
    `${manifest.name}: ${formatNumber(rows)} filas, ${formatNumber(manifest.files.length)} archivos y ${formatNumber(manifest.events)} hechos sellados en ${resolve(file)}.`,
  )
  if (missing > 0)
    say(`${formatNumber(missing)} archivos que las filas nombran ya no estaban: no van en la exportación.`)
  say(`La llave de traslado está en ${keyFile}: llévela por otro camino; sin ella la exportación no se importa.`)
}

async function findNumbered(databaseUrl: string, number: string): Promise<{ id: string; name: string } | undefined> {
  const owner = openDatabase(databaseUrl, { max: 1 })
  try {
    return await withoutEntity(owner, async (trx) => {
      const found = (await listNumberedEntities(trx)).find(({ divipola, nit }) => [divipola, nit].includes(number))
      return found && { id: found.id, name: (await findEntity(trx, found.id))?.name ?? number }
    })
  } finally {
    await owner.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(fail)
