/** The tables of one cycle as the public may have them: protected together, and against all that was published before. */
import type { AggregateTable, SegmentRequest, TableRequest } from '../domain/aggregates.ts'
import { cellsOf, linkedTable } from '../domain/disclosure/marked-table.ts'
import type { ProtectionReport } from '../domain/disclosure/report.ts'
import type { Dependency, LinkedTable } from '../domain/disclosure/tables.ts'
import { isSameAsPrinted, requestOf, withRule } from '../domain/recount.ts'
import { emitAggregates, snapshotDependencies, UnknownVariable } from './aggregates.ts'
import { protectApart } from './protect-apart.ts'
import type { ProtectionLimits } from './protection-thread.ts'
import { type PrintedReport, type PublicFile, readPublishedTables } from './published-tables.ts'
import { recent } from './recent.ts'

export interface AskedTable {
  /** Id of the figure, or of what is said beside it. */
  id: string
  request: TableRequest | SegmentRequest
  /** SHA-256 of the snapshot. */
  snapshot: string
}

export interface ProtectedTables {
  /** At level `publico`, by figure; those the snapshot does not offer are missing. */
  tables: Map<string, AggregateTable>
  report: ProtectionReport
  /** Figures whose counts differ by a few people from those of an earlier paper of nearly the same people. */
  moved: string[]
}

export interface Ground {
  dataDir: string
  /** Folder of the snapshots. */
  dir: string
  threshold: number
  earlier: PublicFile[]
  printed: PrintedReport[]
  limits?: ProtectionLimits | undefined
}

/** Half a minute, and a quarter more to sharpen bounds: where nobody says otherwise. */
const LIMITS = { protecting: 30_000, attacking: 45_000 }

const answers = recent<ProtectedTables>(20)

/** The same question has the same answer, so it is worked out once. */
export function protectTables(asked: AskedTable[], ground: Ground): Promise<ProtectedTables> {
  return answers(questionOf(asked, ground), () => protectAfresh(asked, ground))
}

/** An answer the time did not suffice for: whoever asks again has it worked out again. */
export function forgetTables(asked: AskedTable[], ground: Ground): void {
  answers.forget(questionOf(asked, ground))
}

function questionOf(asked: AskedTable[], { dir, threshold, earlier, printed }: Ground): string {
  const known = [...earlier.map(({ sha256 }) => sha256), ...printed.map(({ id }) => id)]
  return JSON.stringify([asked, dir, threshold, known])
}

async function protectAfresh(asked: AskedTable[], ground: Ground): Promise<ProtectedTables> {
  const tables = await exactTables(asked, ground)
  const { same, others } = await earlierTables(ground, new Set(tables.map(({ table }) => table.snapshotHash)))
  const earlier = ground.earlier.map(({ title, version }) => ({ title, version }))
  const dependencies = await dependenciesBetween(
    [...same, ...tables.map(({ id, table }) => linkedTable(id, table))],
    ground.dir,
  )
  return await protectApart(
    { tables, same, others, dependencies, threshold: ground.threshold, earlier },
    ground.limits ?? LIMITS,
  )
}

/** What follows from what, of all that the tables of each snapshot ask or filter. */
async function dependenciesBetween(tables: LinkedTable[], dir: string): Promise<Dependency[]> {
  const asked = new Map<string, Set<string>>()
  for (const { population, sides, filter, rule = [] } of tables) {
    const variables = asked.get(population) ?? new Set()
    for (const { variable } of [...sides, ...filter, ...rule]) variables.add(variable)
    asked.set(population, variables)
  }
  const found: Dependency[] = []
  for (const [hash, variables] of asked) found.push(...(await snapshotDependencies({ dir, hash }, [...variables])))
  return found
}

async function exactTables(asked: AskedTable[], { dir, threshold }: Ground) {
  const tables: { id: string; table: AggregateTable }[] = []
  for (const { id, request, snapshot } of asked) {
    const table = await exact(request, { dir, hash: snapshot, threshold })
    if (table) tables.push({ id, table })
  }
  return tables
}

async function exact(request: AskedTable['request'], source: { dir: string; hash: string; threshold: number }) {
  try {
    const table = await emitAggregates('interno', request, source)
    return request.kind === 'segment' ? withRule(table, request.rule) : table
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
  if (!request) return null
  const counted = await exact(request, { dir, hash: table.snapshotHash, threshold })
  if (!counted || !isSameAsPrinted(table, counted)) return null
  return linkedTable(id, { ...counted, method: table.method }, shownIn(table))
}
