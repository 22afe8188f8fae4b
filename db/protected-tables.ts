/** The tables of one cycle as the public may have them: protected together, and against all that was published before. */
import type { AggregateTable, TableRequest } from '../domain/aggregates.ts'
import { boundsOf } from '../domain/disclosure/attack.ts'
import { differencesFrom } from '../domain/disclosure/differences.ts'
import { linkTables } from '../domain/disclosure/linked-tables.ts'
import { cellsOf, linkedTable, markedTable } from '../domain/disclosure/marked-table.ts'
import { protect } from '../domain/disclosure/protect.ts'
import { type ProtectionReport, reportOf } from '../domain/disclosure/report.ts'
import type { LinkedTable } from '../domain/disclosure/tables.ts'
import { isSameAsPrinted, requestOf } from '../domain/recount.ts'
import { emitAggregates, UnknownVariable } from './aggregates.ts'
import { type PrintedReport, type PublicFile, readPublishedTables } from './published-tables.ts'
import { recent } from './recent.ts'
import { loadSolver } from './solver.ts'

export interface AskedTable {
  /** Id of the figure. */
  id: string
  request: TableRequest
  /** SHA-256 of the snapshot. */
  snapshot: string
}

export interface ProtectedTables {
  /** At level `publico`, by figure; those the snapshot does not offer are missing. */
  tables: Map<string, AggregateTable>
  report: ProtectionReport
}

interface Ground {
  dataDir: string
  /** Folder of the snapshots. */
  dir: string
  threshold: number
  earlier: PublicFile[]
  printed: PrintedReport[]
}

/** Milliseconds after which whole neighbourhoods are hidden, and after which bounds are no longer sharpened. */
const PROTECT_UNTIL = 30_000
const ATTACK_UNTIL = 45_000

const answers = recent<ProtectedTables>(20)

/** The same question has the same answer, so it is worked out once. */
export function protectTables(asked: AskedTable[], ground: Ground): Promise<ProtectedTables> {
  const { dir, threshold, earlier, printed } = ground
  const known = [...earlier.map(({ sha256 }) => sha256), ...printed.map(({ id }) => id)]
  return answers(JSON.stringify([asked, dir, threshold, known]), () => protectAfresh(asked, ground))
}

async function protectAfresh(asked: AskedTable[], ground: Ground): Promise<ProtectedTables> {
  const tables = await exactTables(asked, ground)
  const { same, others } = await earlierTables(ground, new Set(tables.map(({ table }) => table.snapshotHash)))
  const set = linkTables([...same, ...tables.map(({ id, table }) => linkedTable(id, table))])
  const differences = others.map((earlier) => differencesFrom(set, linkTables(earlier), ground.threshold))
  const changed = new Set(differences.flatMap((one) => [...one.changed]))
  const open = await loadSolver()
  const start = performance.now()
  const isLate = (limit: number) => () => performance.now() - start > limit
  const protection = protect(set, { threshold: ground.threshold, changed, isLate: isLate(PROTECT_UNTIL) }, open)
  const bounds = boundsOf(set, protection, open, isLate(ATTACK_UNTIL))
  const reasonsOf = (id: string) =>
    (set.places.get(id) ?? []).map((place) => (place === null ? null : (protection.reasons[place] ?? null)))
  return {
    tables: new Map(tables.map(({ id, table }) => [id, markedTable(table, reasonsOf(id))])),
    report: reportOf({
      ...{ set, protection, bounds, tables, threshold: ground.threshold },
      earlier: ground.earlier.map(({ title, version }) => ({ title, version })),
      blocked: differences.flatMap((one) => one.blocked),
    }),
  }
}

async function exactTables(asked: AskedTable[], { dir, threshold }: Ground) {
  const tables: { id: string; table: AggregateTable }[] = []
  for (const { id, request, snapshot } of asked) {
    const table = await exact(request, { dir, hash: snapshot, threshold })
    if (table) tables.push({ id, table })
  }
  return tables
}

async function exact(request: TableRequest, source: { dir: string; hash: string; threshold: number }) {
  try {
    return await emitAggregates('interno', request, source)
  } catch (failure) {
    if (failure instanceof UnknownVariable) return null
    throw failure
  }
}

/**
 * Tables public before of the snapshots now asked, with the counts behind what they hide; and, paper by paper, what
 * those of other snapshots show.
 */
async function earlierTables(ground: Ground, snapshots: Set<string>) {
  const same: LinkedTable[] = []
  const others: LinkedTable[][] = []
  const papers = ground.printed.map(({ id, tables }) => ({ id, tables }))
  for (const file of ground.earlier)
    papers.push({ id: file.sha256, tables: await readPublishedTables(ground.dataDir, file) })
  for (const paper of papers) {
    const shown: LinkedTable[] = []
    for (const [i, table] of paper.tables.entries()) {
      const id = `${paper.id} ${i}`
      const known = linkedTable(id, table, shownIn(table))
      if (!snapshots.has(table.snapshotHash)) shown.push(known)
      else same.push((await recounted(id, table, ground)) ?? known)
    }
    if (shown.length > 0) others.push(shown)
  }
  return { same, others }
}

const shownIn = (table: AggregateTable) => cellsOf(table).map(({ value }) => value !== null)

/** With the counts behind what it hides; null where the snapshot does not answer as it did. */
async function recounted(id: string, table: AggregateTable, { dir, threshold }: Ground): Promise<LinkedTable | null> {
  const request = requestOf(table)
  if (!request || !('rows' in request)) return null
  const counted = await exact(request, { dir, hash: table.snapshotHash, threshold })
  if (!counted || !isSameAsPrinted(table, counted)) return null
  return linkedTable(id, counted, shownIn(table))
}
