/**
 * A risk map that comes as a file: its lines gathered into risks, each rated by its methodology. Nothing of it stands while one
 * cell is wrong.
 */
import { versionTitle } from '../catalog/methodologies/titles.ts'
import type { SampleRow } from './file-readings.ts'
import { folded } from './folded.ts'
import type { Kind, Offered } from './methodology-choices.ts'
import type { PlanInput, RiskInput } from './risk-inputs.ts'
import { type CellFault, CellFaults } from './risk-map-faults.ts'
import { cellIn, type LineFacts, LineReader, OF_CONTROL, type PlannedControl } from './risk-map-line.ts'
import { planOn } from './risk-map-plan.ts'
import { tellUnlikeResults } from './risk-map-results.ts'
import { isHeadingAgain, type MapColumn, type MapSheet } from './risk-map-sheet.ts'
import { type PlannedTreatment, treatmentOn } from './risk-map-treatment.ts'
import { chosen, namesOf } from './risk-map-words.ts'
import {
  type EvidenceState,
  isSameMethodology,
  type Methodology,
  type MethodologyKey,
  methodologyKeyText,
} from './risk-methodology.ts'
import type { AcceptableRisk } from './risk-treatment.ts'
import { inherentPlace, type Place, type RatedControl, residualOf } from './risks.ts'

export interface PlannedRisk {
  line: number
  /** As the file names it; the map gives it a code of its own. */
  code: string
  key: MethodologyKey
  methodology: Methodology
  input: RiskInput
  controls: PlannedControl[]
  /** Code of the same risk in the map: it is not registered again. */
  standsAs: string | null
  inherent: Place
  declared: Place
  /** What is done about it; nothing of a risk that the map of the entity has. */
  treatment: PlannedTreatment
  plan: PlanInput[]
}

export interface MapPlan {
  risks: PlannedRisk[]
  faults: CellFault[]
  /** Cells that hold nothing up and are told before the map is accepted. */
  notes: CellFault[]
}

export interface ImportFacts extends LineFacts {
  offered: readonly Offered[]
  /** What the entity rates each typology with. */
  kinds: readonly Kind[]
  /** Of lines that name none; without it, what the entity rates their typology with. */
  methodology: MethodologyKey | null
  /** By `sameness`, the code of each risk of the map. */
  standing: ReadonlyMap<string, string>
}

/** Two risks that say the same of the same process under one methodology are one. */
export function sameness(key: MethodologyKey, { process, description }: { process: string; description: string }) {
  return [
    methodologyKeyText(key),
    ...[process, description].map((text) => folded(text).replace(/\s+/g, ' ').trim()),
  ].join('\n')
}

/** Columns that say which risk a line is of; blank in all of them, it goes on with the one above. */
const OF_RISK = ['process', 'description', 'immediateCause', 'rootCause', 'asset'] as const satisfies MapColumn[]
/** Repeated on each line of a risk, they must say the same. */
const REPEATED = [
  ...OF_RISK,
  ...(['objective', 'typology', 'classification', 'factor', 'area', 'times', 'economic', 'reputational'] as const),
  ...(['consequences', 'owner', 'methodology', 'treatment', 'statement'] as const),
] satisfies MapColumn[]

/** Reads every line; `faults` in the order of the sheet, each column that lacks once. */
export function planMap(sheet: MapSheet, facts: ImportFacts): MapPlan {
  const told = { faults: new CellFaults(sheet), notes: new CellFaults(sheet) }
  const { faults } = told
  const risks: PlannedRisk[] = []
  const lines = new Map<string, number>()
  for (const rows of groupsOf(sheet, faults)) {
    const [row] = rows as [SampleRow]
    const planned = planRisk(new LineReader(sheet, facts, told), facts, rows)
    if (!planned) continue
    const name = sameness(planned.key, planned.input.answers)
    const line = lines.get(name)
    // What the map of the entity has already is left out, however often the file says it.
    if (line === undefined || planned.standsAs !== null) risks.push(planned)
    else faults.add(row, saysWhich(sheet), { kind: 'twice', line })
    lines.set(name, line ?? row.line)
  }
  return { risks, faults: faults.inOrder(), notes: told.notes.inOrder() }
}

/** The cell that tells one risk from another: its description may be made of its causes. */
const saysWhich = ({ places }: MapSheet): MapColumn =>
  (['description', 'rootCause', 'process'] as const).find((column) => places[column] !== undefined) ?? 'process'

/** What an import registers: the risks that the map of the entity has not, with how many controls. */
export function freshOf(risks: readonly PlannedRisk[]): { fresh: PlannedRisk[]; controls: number } {
  const fresh = risks.filter(({ standsAs }) => standsAs === null)
  return { fresh, controls: fresh.reduce((sum, { controls }) => sum + controls.length, 0) }
}

/** Lines of one risk together, by its code or by what it says. */
function groupsOf(sheet: MapSheet, faults: CellFaults): SampleRow[][] {
  const groups = new Map<string, SampleRow[]>()
  let last: SampleRow[] | undefined
  for (const row of sheet.rows) {
    const first = row.cells.findIndex((cell) => cell.trim() !== '')
    if (isHeadingAgain(sheet, row)) {
      faults.addAt(row, first, { kind: 'heading_again' })
      continue
    }
    const [code, ...words] = (['code', ...OF_RISK] as const).map((column) => cellIn(sheet, row, column))
    const says = words.some((word) => word !== '')
    if (!says && !code) {
      if (last) last.push(row)
      else faults.addAt(row, first, { kind: 'no_risk' })
      continue
    }
    const name = code || words.map(folded).join('\n')
    last = groups.get(name) ?? []
    last.push(row)
    groups.set(name, last)
  }
  return [...groups.values()]
}

/** Undefined where a cell of its lines is wrong. */
function planRisk(reader: LineReader, facts: ImportFacts, rows: SampleRow[]): PlannedRisk | undefined {
  const [row] = rows as [SampleRow]
  requireAgreement(reader, rows)
  const of = methodologyOf(reader, facts, row)
  if (!of) return undefined
  const { typologies } = of.methodology
  const typology = reader.choice(row, 'typology', typologies)
  if (typology === '') {
    reader.fault(row, 'typology', { kind: 'choice', among: namesOf(typologies) })
    return undefined
  }
  const input = reader.risk(row, of.methodology, typology)
  const controls = rows
    .filter((one) => OF_CONTROL.some((column) => reader.cell(one, column) !== ''))
    .map((one) => reader.control(one, of.methodology, typology))
    .filter((one) => one !== undefined)
  if (!input || !reader.isSound) return undefined
  const inherent = inherentPlace(of.methodology, input.answers)
  if (!inherent) throw new Error(`line ${row.line} is sound and has no place in its methodology`)
  const designs = controls.map(designOf)
  const declared = declaredOf(of.methodology, inherent, designs, typology)
  tellUnlikeResults(reader, rows, {
    ...{ methodology: of.methodology, answers: input.answers, inherent, declared },
    controls: controls.length,
  })
  const standsAs = facts.standing.get(sameness(of.key, input.answers)) ?? null
  const done = standsAs === null ? doneAbout(reader, rows, { ...of, typology, inherent, designs }) : NOTHING_DONE
  if (!reader.isSound) return undefined
  return {
    ...{ line: row.line, code: reader.cell(row, 'code'), ...of, input, controls, inherent, declared },
    ...{ standsAs, ...done },
  }
}

const NOTHING_DONE: Pick<PlannedRisk, 'treatment' | 'plan'> = { treatment: { decided: null, asked: null }, plan: [] }

function doneAbout(
  reader: LineReader,
  rows: SampleRow[],
  about: { methodology: Methodology; typology: string; inherent: Place; designs: Design[] },
): Pick<PlannedRisk, 'treatment' | 'plan'> {
  const [row] = rows as [SampleRow]
  const { methodology, typology, inherent, designs } = about
  const standing = (evidence: EvidenceState): AcceptableRisk => {
    const rated = designs.map((one) => ({ ...one, evidence }))
    const { zone } = residualOf(methodology, inherent, rated, { typology, reading: 'demonstrated' })
    return { typology, zone, evidence: rated.map((one) => one.evidence) }
  }
  return {
    treatment: treatmentOn(reader, row, { methodology, registered: standing('never'), shown: standing('current') }),
    plan: planOn(reader, rows),
  }
}

function methodologyOf(reader: LineReader, facts: ImportFacts, row: SampleRow): Offered | undefined {
  const titles = facts.offered.map(({ key, methodology }) => {
    return { code: methodologyKeyText(key), name: versionTitle(methodology.name, key.n) }
  })
  const text = reader.cell(row, 'methodology')
  if (text === '' && facts.methodology === null) return usualOf(reader, facts, row)
  const found = facts.offered.find(({ key }) =>
    text === ''
      ? facts.methodology !== null && isSameMethodology(key, facts.methodology)
      : methodologyKeyText(key) === chosen(titles, text),
  )
  if (!found) reader.fault(row, 'methodology', { kind: 'choice', among: namesOf(titles) })
  return found
}

/** What the entity rates the typology of a line with. */
function usualOf(reader: LineReader, { kinds }: ImportFacts, row: SampleRow): Offered | undefined {
  const typologies = kinds.map(({ typology }) => typology)
  const code = chosen(typologies, reader.cell(row, 'typology'))
  const found = kinds.find(({ typology }) => typology.code === code)
  if (!found) reader.fault(row, 'typology', { kind: 'choice', among: namesOf(typologies) })
  return found && { key: found.key, methodology: found.methodology }
}

/** A risk repeated on several lines says the same on each. */
function requireAgreement(reader: LineReader, [first, ...others]: SampleRow[]): void {
  for (const row of others)
    for (const column of REPEATED) {
      const [here, there] = [reader.cell(row, column), reader.cell(first as SampleRow, column)]
      if (here !== '' && here !== there) reader.fault(row, column, { kind: 'differs', line: first?.line ?? 0 })
    }
}

type Design = Omit<RatedControl, 'evidence'>

function designOf({ line, input: { type, implementation, criteria } }: PlannedControl): Design {
  return { code: String(line), type, implementation, criteria }
}

/** What controls leave of a risk by their design alone, before anybody has shown anything of them. */
export function declaredOf(
  methodology: Methodology,
  inherent: Place,
  controls: readonly Design[],
  typology: string,
): Place {
  const rated = controls.map((control) => ({ ...control, evidence: 'never' as const }))
  return residualOf(methodology, inherent, rated, { typology, reading: 'declared' })
}
