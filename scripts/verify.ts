/**
 * `npm run verify -- [--from FILE]... [--llave KEY]... [--json FILE]`: reads every sealed log over and says whether it holds,
 * also against what was kept outside. Ends with 0 where all holds, 1 where something does not, 2 where the order is not clear.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { originOf } from '../activities/log-keys.ts'
import { formatNumber } from '../app/text/format.ts'
import { logFaultSentence } from '../app/text/log-faults.ts'
import { openDatabase, withEntity, withoutEntity } from '../db/client.ts'
import { findEntity, listEntityIds } from '../db/entities.ts'
import { auditLog, type LogAudit } from '../db/log-audit.ts'
import { listLogKeys } from '../db/log-checkpoints.ts'
import { listEventInstants } from '../db/log-events.ts'
import { roleUrl } from '../db/roles.ts'
import { parseStartConfig } from '../domain/config.ts'
import type { LogFault } from '../domain/log-faults.ts'
import { NoteFault, readVerifierKey } from '../verifier/signed-note.ts'
import { withCluster } from './backup.ts'
import { type KnownLog, readHeldFiles } from './held-files.ts'
import { Explained } from './processes.ts'
import { explain, say, step } from './progress.ts'
import { installationSecret } from './secret.ts'
import { root } from './web-build.ts'

const USAGE = 'Uso: npm run verify -- [--from ARCHIVO]... [--llave LLAVE]... [--json ARCHIVO]'
/** Sentences shown of one log; `--json` has all that were found. */
const SHOWN = 20

export interface VerifyOptions {
  /** Any role's address of the database: it is read as `caracteriza_auditor`. */
  databaseUrl: string
  secret: string
  files: readonly string[]
  keys: readonly string[]
}

interface FoundFault {
  sentence: string
  at: string | null
  fault: LogFault
}

export interface LogReport extends Omit<LogAudit, 'faults'> {
  entityId: string
  name: string
  keys: readonly string[]
  faults: FoundFault[]
}

/** Reads every log of the installation over, each at one instant. Throws `Explained` before, where a file cannot be held against it. */
export async function verifyLogs({ databaseUrl, secret, files, keys }: VerifyOptions): Promise<LogReport[]> {
  // The one question over all entities: the auditor's role sees one at a time.
  const sealer = openDatabase(roleUrl(databaseUrl, secret, 'sealer'), { max: 1 })
  const auditor = openDatabase(roleUrl(databaseUrl, secret, 'auditor'), { max: 1, isOneInstant: true })
  try {
    const logs: (KnownLog & { name: string })[] = []
    for (const entityId of await withoutEntity(sealer, listEntityIds)) {
      const origin = originOf(entityId)
      const given = keys.filter((key) => readVerifierKey(key).name === origin)
      logs.push(
        await withEntity(auditor, entityId, async (trx) => ({
          ...{ entityId, origin, name: (await findEntity(trx, entityId))?.shortName ?? origin },
          keys: given.length > 0 ? given : await listLogKeys(trx, entityId),
        })),
      )
    }
    const stranger = keys.find((key) => !logs.some(({ origin }) => origin === readVerifierKey(key).name))
    if (stranger)
      throw new Explained(`La llave ${stranger} es de la bitácora de otra entidad, que no está en esta instalación.`)
    const held = readHeldFiles(files, logs)
    const reports: LogReport[] = []
    for (const log of logs) {
      const { entityId, name } = log
      const outside = held.get(entityId)
      const options = { keys: log.keys, heldNotes: outside?.notes, heldLeaves: outside?.leaves }
      reports.push(
        await step(name, (note) =>
          withEntity(auditor, entityId, async (trx) => {
            const onProgress = everyTenth(note)
            const { faults, ...audit } = await auditLog(trx, entityId, { ...options, onProgress })
            const ids = faults.flatMap((fault) => ('eventId' in fault ? [fault.eventId] : []))
            const instants = await listEventInstants(trx, entityId, ids)
            return { entityId, name, keys: log.keys, ...audit, faults: faults.map((fault) => said(fault, instants)) }
          }),
        ),
      )
    }
    return reports
  } finally {
    await Promise.all([sealer.close(), auditor.close()])
  }
}

function said(fault: LogFault, instants: Map<string, Date>): FoundFault {
  const at = 'eventId' in fault ? (instants.get(fault.eventId) ?? null) : null
  return { sentence: logFaultSentence(fault, at), at: at?.toISOString() ?? null, fault }
}

function everyTenth(note: (sentence: string) => void) {
  let shown = 0
  return (read: number, size: number) => {
    const tenth = size === 0 ? 10 : Math.floor((read * 10) / size)
    if (tenth === shown) return
    shown = tenth
    note(`${formatNumber(read)} de ${formatNumber(size)} hechos leídos`)
  }
}

function linesOf({ name, size, checkpoints, root: top, keys, waiting, faults }: LogReport): string[] {
  const lines = [
    '',
    `${name}: ${faults.length === 0 ? 'la bitácora está íntegra.' : 'LA BITÁCORA NO ESTÁ ÍNTEGRA.'}`,
    `  ${counted(size, 'hecho sellado', 'hechos sellados')}, ${counted(checkpoints, 'punto de control firmado', 'puntos de control firmados')}, ${counted(waiting, 'hecho espera', 'hechos esperan')} su sello`,
    `  Raíz: ${top ?? 'ninguna todavía'}`,
    ...keys.map((key) => `  Llave ${readVerifierKey(key).id.toString('hex')}: ${key}`),
  ]
  for (const { sentence, fault } of faults.slice(0, SHOWN))
    lines.push(`  ${sentence}${'eventId' in fault ? ` Identificador: ${fault.eventId}.` : ''}`)
  if (faults.length > SHOWN) lines.push(`  Y ${formatNumber(faults.length - SHOWN)} más: pídalos con --json.`)
  return lines
}

function counted(n: number, one: string, many: string): string {
  return `${formatNumber(n)} ${n === 1 ? one : many}`
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', multiple: true },
      llave: { type: 'string', multiple: true },
      json: { type: 'string' },
    },
  })
  for (const key of values.llave ?? []) readVerifierKey(key)
  return { files: values.from ?? [], keys: values.llave ?? [], json: values.json }
}

async function main(): Promise<number> {
  let asked: ReturnType<typeof readArguments>
  try {
    asked = readArguments()
  } catch (error) {
    const why = error instanceof NoteFault ? 'La llave indicada con --llave está mal escrita.' : 'La orden no es clara.'
    process.stderr.write(`${why}\n${USAGE}\n`)
    return 2
  }
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const config = parseStartConfig(process.env)
  const dataDir = resolve(root, config.DATA_DIR)
  const secret = installationSecret(dataDir, config.APP_SECRET)
  const verify = (databaseUrl: string) => verifyLogs({ databaseUrl, secret, ...asked })
  const reports = config.DATABASE_URL
    ? await verify(config.DATABASE_URL)
    : await withCluster({ dataDir, secret }, (url) => verify(url.replace(/[^/]*$/, 'caracteriza')))
  for (const line of reports.flatMap(linesOf)) say(line)
  if (reports.length === 0) say('No hay ninguna entidad todavía: no hay bitácora que leer.')
  if (asked.json) writeReport(asked.json, reports)
  return reports.every(({ faults }) => faults.length === 0) ? 0 : 1
}

function writeReport(file: string, reports: LogReport[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(reports, null, 2)}\n`)
  } catch {
    throw new Explained(`No se puede escribir el archivo ${file}.`)
  }
}

/** Whatever was not read over to its end is no verdict. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main().catch((error) => {
    explain(isUnreachable(error) ? new Explained('No es posible entrar a la base de datos de la instalación.') : error)
    return 2
  })
}

function isUnreachable(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '28000', '3D000'].includes(code)
}
