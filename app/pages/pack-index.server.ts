import type { findCycleHead } from '../../db/cycle-pages.ts'
import type { Eliminated } from '../../db/disposal-pages.ts'
import type { PackGrowth } from '../../db/pack-growth.ts'
import type { PackIndex } from '../../documents/pack-index.ts'
import type { ListCell } from '../../domain/lists.ts'
import { MANIFEST, type PackContent, type PackFile, SEAL } from '../../verifier/packs.ts'
import { disposedSentence } from '../text/disposal.ts'
import { formatInstant, formatNumber } from '../text/format.ts'
import { packColumns, packFileNames, packPartText, verdictText, packText as words } from '../text/packs.ts'
import { signatureRoleText } from '../text/steps.ts'
import type { AbsentFile, PackWanted } from './pack-files.server.ts'
import type { PackLists } from './pack-lists.server.ts'
import { FLOW_COLUMNS, type PackedFlow } from './pack-workflows.server.ts'

interface Packed extends PackWanted {
  head: NonNullable<Awaited<ReturnType<typeof findCycleHead>>>
  contents: PackContent[]
  /** By which act the contents of the cycle went. */
  gone: Eliminated | undefined
  absent: AbsentFile[]
  lists: PackLists
  flows: PackedFlow[]
  growth: PackGrowth | undefined
  events: number
  files: readonly PackFile[]
}

/** Written once everything else is. */
const PACK_END: string[] = [packFileNames.indexHtml, packFileNames.indexPdf, MANIFEST, SEAL]

/** What is in a pack and how it is checked, for whoever opens it. */
export function packIndex(packed: Packed): PackIndex {
  const { actor, head, checkpoint, madeAt, events } = packed
  return {
    entity: actor.entity.name,
    title: words.title(head.name),
    facts: [
      [words.radicado, head.radicado],
      [words.vigencia, String(head.vigencia)],
      [words.procedure, `${head.procedureCode} v${head.procedureVersion}`],
      [words.made, words.madeBy(actor.position.name, madeAt)],
      [words.sealed, words.events(events, checkpoint.size)],
      [words.root, checkpoint.root.toString('hex')],
    ],
    stepsTitle: words.how,
    steps: [...words.steps],
    sections: [
      ...[partsOf(packed), contentsOf(packed), decisionsOf(packed), workflowsOf(packed), growthOf(packed)],
      ...[papersOf(packed), absentOf(packed), filesOf(packed)],
    ],
  }
}

/** Rows of a table that are printed: a table of thousands takes the typesetter minutes. */
const MOST_PRINTED = 300

/** The same to be printed, its tables as long as paper takes them. */
export function printedIndex({ sections, ...index }: PackIndex): PackIndex {
  return {
    ...index,
    sections: sections.map((section) => {
      const { note, rows } = section
      if (rows.length <= MOST_PRINTED) return section
      return { ...section, note: words.cut(note, MOST_PRINTED, rows.length), rows: rows.slice(0, MOST_PRINTED) }
    }),
  }
}

/** What each part is, for whoever has nothing of the product at hand: of those that are in this pack. */
function partsOf({ files }: Packed) {
  const isThere = (part: string) => PACK_END.includes(part) || files.some(({ name }) => name.startsWith(part))
  return {
    ...{ title: words.parts, note: words.partsNote, header: [packColumns.file, packColumns.meaning] },
    rows: Object.entries(packPartText).filter(([part]) => isThere(part)),
  }
}

function contentsOf({ contents, gone }: Packed) {
  const missing = gone ? disposedSentence(gone.minutes, gone.on) : words.withheld
  const { step, version, hash, file } = packColumns
  return {
    ...{ title: words.contents, note: words.contentsNote, header: [step, version, hash, file] },
    rows: contents.map((one) => [one.step, String(one.version), one.hash, one.file ?? missing]),
  }
}

function decisionsOf({ lists }: Packed) {
  const { at, step, version, verdict, role, person, position, actingFor } = packColumns
  return {
    ...{ title: words.decisions, note: words.decisionsNote },
    header: [at, step, version, verdict, role, person, position, actingFor],
    rows: lists.decisions.map((one) => [
      ...[formatInstant(one.signedAt), one.stepCode, String(one.version), verdictText[one.verdict]],
      ...[signatureRoleText[one.role], one.personName, one.positionName, one.actingForName ?? ''],
    ]),
  }
}

function workflowsOf({ flows }: Packed) {
  const events = flows.reduce((sum, flow) => sum + flow.events, 0)
  const whole = flows.filter(({ extent }) => extent === 'whole').length
  const cells = Object.values(FLOW_COLUMNS)
  const shown = (cell: ListCell) => (typeof cell === 'number' ? formatNumber(cell) : (cell ?? ''))
  return {
    ...{ title: words.workflows, note: words.workflowsNote(events, whole, flows.length) },
    header: Object.keys(FLOW_COLUMNS),
    rows: flows.map((flow) => cells.map((cell) => shown(cell(flow)))),
  }
}

function growthOf({ growth }: Packed) {
  const said = { title: words.growth, header: [], rows: [] }
  if (!growth) return { ...said, note: words.growthNone }
  const { day, earlier, holdsDecision } = growth
  const decided = holdsDecision === null ? [] : [holdsDecision ? words.growthHolds : words.growthBefore]
  return { ...said, note: [words.growthNote(day, earlier.size, earlier.root.toString('hex')), ...decided].join(' ') }
}

function papersOf({ lists }: Packed) {
  const items = new Set(lists.papers.map(({ sample, ordinal }) => `${sample} ${ordinal}`))
  return { title: words.papers, note: words.papersNote(items.size), header: [], rows: [] }
}

function absentOf({ absent }: Packed) {
  const { file, sha256, why } = packColumns
  return {
    ...{ title: words.absent, note: absent.length > 0 ? words.absentNote : words.absentNone },
    header: [file, sha256, why],
    rows: absent.map((one) => [one.name, one.sha256, words.absentWhy[one.why]]),
  }
}

function filesOf({ files }: Packed) {
  const { file, size, sha256 } = packColumns
  return {
    ...{ title: words.files, note: words.filesNote, header: [file, size, sha256] },
    rows: files.map((one) => [one.name, formatNumber(one.bytes), one.sha256]),
  }
}
