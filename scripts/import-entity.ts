/** `npm run import-entity -- FILE.zip [KEY]`: takes an exported entity into this installation, all of it or nothing. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formatNumber } from '../app/text/format.ts'
import { armFault } from '../db/fault-points.ts'
import type { Stranded } from '../db/resumed-work.ts'
import { readVerifierKey } from '../verifier/signed-note.ts'
import { KEY_END } from './entity-archive/export.ts'
import { importEntity } from './entity-archive/import.ts'
import { withInstallation } from './entity-archive/installation.ts'
import { Explained } from './processes.ts'
import { fail, say } from './progress.ts'

const STRANDED: Record<Stranded['kind'], string> = {
  publication: 'La publicación que estaba programada',
  run: 'La ejecución de control que estaba abierta',
  dissemination: 'Los avisos de resultados a las dependencias',
}

async function main(): Promise<void> {
  const { file, keyFile, keys } = readArguments()
  const { imported, address } = await withInstallation(async (installation) => {
    const { config } = installation
    armFault(config.TEST_FAULT)
    const isProduction = config.INSTALLATION === 'production'
    const imported = await importEntity({ ...installation, file, keyFile, keys, isProduction })
    return { imported, address: config.PUBLIC_URL.replace(/\/$/, '') }
  })
  const { manifest, signed, stranded, links } = imported
  say(
    `${manifest.name} está en esta instalación, con ${formatNumber(manifest.events)} hechos sellados; su bitácora sigue desde ahí.`,
  )
  if (!signed.isKeyCertain)
    say(
      `La selló la llave ${signed.keyId}, que viene en la misma exportación: compárela con la que publica la entidad; con --llave la importación la exige.`,
    )
  say('Lo que estaba en curso se retoma solo cuando la aplicación está en marcha.')
  for (const { kind, label } of stranded) say(`  Retome a mano: ${STRANDED[kind]} (${label}).`)
  say(
    'Las contraseñas no viajan. Quienes administran la entidad entran con estos enlaces, que sirven una vez durante 72 horas:',
  )
  for (const { email, secret } of links) say(`  ${email}: ${address}/crear-clave/${secret}`)
  say('Detenga la entidad en la instalación de donde viene: las dos firmarían la misma bitácora.')
}

function readArguments(): { file: string; keyFile: string; keys: string[] } {
  try {
    const options = { llave: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options })
    const [file, keyFile = `${file}${KEY_END}`] = positionals
    const keys = values.llave ?? []
    for (const key of keys) readVerifierKey(key)
    if (file !== undefined && positionals.length <= 2) return { file, keyFile, keys }
  } catch {
    // An option that does not exist, or a key that is none: the same sentence says how it is asked.
  }
  throw new Explained('Uso: npm run import-entity -- ARCHIVO.zip [ARCHIVO.llave] [--llave LLAVE_PÚBLICA]...')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(fail)
