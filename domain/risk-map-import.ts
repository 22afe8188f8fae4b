/**
 * A risk map that comes as a file: each line judged by the rules of the form of a risk and of a control, cell by cell. Nothing of
 * it stands while one cell is wrong.
 */
import { versionTitle } from '../catalog/methodologies/titles.ts'
import { inertText } from './csv-cells.ts'
import type { SampleRow } from './file-readings.ts'
import { folded } from './folded.ts'
import { type InputError, readInput } from './input-reading.ts'
import type { Kind, Offered } from './methodology-choices.ts'
import { type ControlInput, controlInput, type RiskInput, riskInput } from './risk-inputs.ts'
import { type MapPosition, positionNamed } from './risk-map-positions.ts'
import { cellName, isHeadingAgain, type MapColumn, type MapSheet, mergeOver } from './risk-map-sheet.ts'
import { chosen, namesOf } from './risk-map-words.ts'
import { isSameMethodology, type Methodology, type MethodologyKey, methodologyKeyText } from './risk-methodology.ts'
import { inherentPlace, type Place, residualOf, typologyOf } from './risks.ts'

/** Why a cell cannot stand. */
export type CellReason =
  | { kind: 'input'; error: Pick<InputError, 'code' | 'facts'> }
  /** None of the words the version has. */
  | { kind: 'choice'; among: string[] }
  | { kind: 'position'; agencies: string[] }
  | { kind: 'merged'; range: string }
  | { kind: 'differs'; line: number }
  | { kind: 'heading_again' | 'no_risk' }
  | { kind: 'column'; column: MapColumn }

export interface CellFault {
  /** Undefined of a column that the sheet lacks. */
  line?: number
  /** Of its column, 0-based. */
  at?: number
  /** `B5`; empty of a column that the sheet lacks. */
  cell: string
  /** What stands in the cell, letter by letter. */
  read: string
  reason: CellReason
}

export interface PlannedControl {
  line: number
  input: ControlInput
}

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
}

export interface MapPlan {
  risks: PlannedRisk[]
  faults: CellFault[]
}

export interface ImportFacts {
  positions: readonly MapPosition[]
  offered: readonly Offered[]
  /** What the entity rates each typology with. */
  kinds: readonly Kind[]
  /** What holds where the file says nothing. */
  usual: { ownerId: string; methodology: MethodologyKey | null }
  /** By `sameness`, the code of each risk of the map. */
  standing: ReadonlyMap<string, string>
  /** Names what is registered of a line, the same each time. */
  idOf: (kind: 'risk' | 'control', line: number) => string
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
  ...(['consequences', 'owner', 'methodology'] as const),
] satisfies MapColumn[]
const OF_CONTROL = ['action', 'complement', 'controlText', 'type', 'implementation'] as const satisfies MapColumn[]

/** Reads every line; `faults` in the order of the sheet, each column that lacks once. */
export function planMap(sheet: MapSheet, facts: ImportFacts): MapPlan {
  const faults: CellFault[] = []
  const risks: PlannedRisk[] = []
  for (const group of groupsOf(sheet, faults)) {
    const planned = new LineReader(sheet, facts, faults).plan(group)
    if (planned) risks.push(planned)
  }
  const lacking = new Set<string>()
  const told = faults.filter(({ reason }) => {
    if (reason.kind !== 'column') return true
    const isNew = !lacking.has(reason.column)
    lacking.add(reason.column)
    return isNew
  })
  return { risks, faults: told.sort((a, b) => placeOf(a) - placeOf(b)) }
}

/** Line by line from the left, and before them the columns that lack. */
const placeOf = ({ line = 0, at = 0 }: CellFault) => line * 1_000 + at

const cellIn = ({ places }: MapSheet, { cells }: SampleRow, column: MapColumn): string => {
  const at = places[column]
  return at === undefined ? '' : plainCell(cells[at] ?? '')
}

/** As it was typed, without the apostrophe that our own files put before what a spreadsheet would run. */
function plainCell(text: string): string {
  const trimmed = text.trim()
  const rest = trimmed.slice(1)
  return trimmed.startsWith("'") && inertText(rest) === trimmed ? rest : trimmed
}

/** Lines of one risk together, by its code or by what it says. */
function groupsOf(sheet: MapSheet, faults: CellFault[]): SampleRow[][] {
  const groups = new Map<string, SampleRow[]>()
  let last: SampleRow[] | undefined
  for (const row of sheet.rows) {
    const first = row.cells.findIndex((cell) => cell.trim() !== '')
    const fault = (kind: 'heading_again' | 'no_risk') =>
      faults.push({
        ...{ line: row.line, at: first, cell: cellName(row.line, first), read: row.cells[first] ?? '' },
        reason: { kind },
      })
    if (isHeadingAgain(sheet, row)) {
      fault('heading_again')
      continue
    }
    const [code, ...words] = (['code', ...OF_RISK] as const).map((column) => cellIn(sheet, row, column))
    const says = words.some((word) => word !== '')
    if (!says && !code) {
      if (last) last.push(row)
      else fault('no_risk')
      continue
    }
    const name = code || words.map(folded).join('\n')
    last = groups.get(name) ?? []
    last.push(row)
    groups.set(name, last)
  }
  return [...groups.values()]
}

class LineReader {
  readonly #sheet: MapSheet
  readonly #facts: ImportFacts
  readonly #faults: CellFault[]
  #isSound = true

  constructor(sheet: MapSheet, facts: ImportFacts, faults: CellFault[]) {
    this.#sheet = sheet
    this.#facts = facts
    this.#faults = faults
  }

  /** Undefined where a cell of its lines is wrong. */
  plan(rows: SampleRow[]): PlannedRisk | undefined {
    const [row] = rows as [SampleRow]
    this.#requireAgreement(rows)
    const of = this.#methodologyOf(row)
    const typology = of && this.#choice(row, 'typology', of.methodology.typologies)
    if (!of || !typology) {
      if (of && typology === '')
        this.#fault(row, 'typology', { kind: 'choice', among: namesOf(of.methodology.typologies) })
      return undefined
    }
    const input = this.#risk(row, of.methodology, typology)
    const controls = rows
      .filter((one) => OF_CONTROL.some((column) => cellIn(this.#sheet, one, column) !== ''))
      .map((one) => this.#control(one, of.methodology, typology))
    if (!input || !this.#isSound) return undefined
    const inherent = inherentPlace(of.methodology, input.answers)
    if (!inherent) return undefined
    const sound = controls.filter((one) => one !== undefined)
    return {
      ...{ line: row.line, code: cellIn(this.#sheet, row, 'code'), ...of, input, controls: sound, inherent },
      standsAs: this.#facts.standing.get(sameness(of.key, input.answers)) ?? null,
      declared: declaredOf(of.methodology, inherent, sound, typology),
    }
  }

  #risk(row: SampleRow, methodology: Methodology, typology: string): RiskInput | undefined {
    const text = (column: MapColumn) => cellIn(this.#sheet, row, column)
    const isAsset = typologyOf(methodology, typology)?.isAsset ?? false
    const causes = { [isAsset ? 'threat' : 'immediateCause']: text('immediateCause') }
    const roots = { [isAsset ? 'vulnerability' : 'rootCause']: text('rootCause') }
    const area = this.#choice(row, 'area', methodology.harms, !isAsset)
    const typed = {
      ...{
        formKey: this.#facts.idOf('risk', row.line),
        ownerId: this.#position(row, 'owner'),
        ...causes,
        ...roots,
        area,
      },
      ...{ process: text('process'), objective: text('objective'), consequences: text('consequences') },
      classification: this.#choice(row, 'classification', methodology.classifications, !isAsset),
      factor: this.#choice(row, 'factor', methodology.factors),
      assetKind: this.#choice(row, 'assetKind', methodology.assetKinds, isAsset),
      property: this.#choice(row, 'property', methodology.properties, isAsset),
      ...{ asset: text('asset'), description: text('description'), timesPerYear: text('times').replace(/,0+$/, '') },
      ...this.#ratings(row, methodology, area ?? ''),
    }
    const columns = {
      timesPerYear: 'times',
      threat: 'immediateCause',
      vulnerability: 'rootCause',
      ownerId: 'owner',
    } as const
    const rated = (['economic', 'reputational', 'inherentImpact'] as const).find(
      (column) => this.#sheet.places[column] !== undefined,
    )
    return this.#read(row, riskInput(methodology, typology, true), typed, {
      ...{ ...columns, probability: 'inherentProbability', economic: rated ?? 'economic' },
    })
  }

  /** One column for the impact stands for the harm that the line names. */
  #ratings(row: SampleRow, methodology: Methodology, area: string) {
    const { impact, questions, probability } = methodology
    const level = (column: MapColumn) => this.#choice(row, column, impact, questions.length === 0)
    const [economic, reputational] = [level('economic'), level('reputational')]
    const isApart = economic !== '' || reputational !== ''
    const whole = isApart ? '' : level('inherentImpact')
    const byWords = probability.every((one) => one.times === null)
    const numbers: string[] = questions.length > 0 ? (cellIn(this.#sheet, row, 'yes').match(/\d+/g) ?? []) : []
    return {
      economic: whole && area !== 'reputacional' ? whole : economic,
      reputational: whole && area !== 'economica' ? whole : reputational,
      probability: this.#choice(row, 'inherentProbability', probability, byWords),
      yes: questions.filter((_, at) => numbers.includes(String(at + 1))).map(({ code }) => code),
    }
  }

  #control(row: SampleRow, methodology: Methodology, typology: string): PlannedControl | undefined {
    const { residual } = methodology
    const isWeighed = residual.kind === 'weight'
    const ways = isWeighed ? (residual.typologies[typology]?.implementations ?? residual.implementations) : []
    const typed = {
      ...{ formKey: this.#facts.idOf('control', row.line), ownerId: this.#position(row, 'controlOwner') },
      ...this.#wordsOfControl(row),
      type: this.#choice(row, 'type', isWeighed ? residual.types : [], isWeighed),
      implementation: this.#choice(row, 'implementation', ways, isWeighed),
      documentation: this.#choice(row, 'documentation', methodology.documentations),
      frequency: this.#choice(row, 'frequency', methodology.frequencies),
      record: this.#choice(row, 'evidence', methodology.records),
      execution: this.#choice(row, 'execution', methodology.executions),
      periodicity: this.#choice(row, 'periodicity', methodology.periodicities),
      criteria: isWeighed ? {} : this.#criteria(row, residual.criteria),
    }
    const parted = cellIn(this.#sheet, row, 'action') !== '' || cellIn(this.#sheet, row, 'complement') !== ''
    const words: Record<string, MapColumn> = parted ? {} : { action: 'controlText', complement: 'controlText' }
    const input = this.#read(row, controlInput(methodology), typed, {
      ...{ ownerId: 'controlOwner', record: 'evidence', ...words },
    })
    return input && { line: row.line, input }
  }

  /** Where one column has it all: its first sentence is what is done, the rest what happens then (v7: acción y complemento). */
  #wordsOfControl(row: SampleRow): { action: string; complement: string } {
    const [action, complement] = [cellIn(this.#sheet, row, 'action'), cellIn(this.#sheet, row, 'complement')]
    if (action !== '' || complement !== '') return { action, complement }
    const text = cellIn(this.#sheet, row, 'controlText')
    const end = /[.;:](?=\s)/.exec(text)
    return end
      ? { action: text.slice(0, end.index + 1), complement: text.slice(end.index + 1).trim() }
      : { action: text, complement: '' }
  }

  /** `¿Pregunta? Respuesta`, one after another. */
  #criteria(row: SampleRow, criteria: { code: string; question: string; options: { code: string; name: string }[] }[]) {
    const answers = cellIn(this.#sheet, row, 'criteria').split(/[;\n]/)
    return Object.fromEntries(
      criteria.flatMap(({ code, question, options }) => {
        const answer = answers.find((one) => folded(one).includes(folded(question)))
        const option = answer && chosen(options, answer.slice(answer.indexOf('?') + 1))
        return option ? [[code, option]] : []
      }),
    )
  }

  #methodologyOf(row: SampleRow): Offered | undefined {
    const { offered } = this.#facts
    const text = cellIn(this.#sheet, row, 'methodology')
    if (text === '') return this.#usualOf(row)
    const titles = offered.map(({ key, methodology }) => {
      return { code: methodologyKeyText(key), name: versionTitle(methodology.name, key.n) }
    })
    const found = offered.find(({ key }) => methodologyKeyText(key) === chosen(titles, text))
    if (!found) this.#fault(row, 'methodology', { kind: 'choice', among: namesOf(titles) })
    return found
  }

  /** Of a line that names none: what was said for the file, or what the entity rates that typology with. */
  #usualOf(row: SampleRow): Offered | undefined {
    const { usual, offered, kinds } = this.#facts
    const { methodology } = usual
    if (methodology) return offered.find(({ key }) => isSameMethodology(key, methodology))
    const typologies = kinds.map(({ typology }) => typology)
    const code = chosen(typologies, cellIn(this.#sheet, row, 'typology'))
    const found = kinds.find(({ typology }) => typology.code === code)
    if (!found) this.#fault(row, 'typology', { kind: 'choice', among: namesOf(typologies) })
    return found && { key: found.key, methodology: found.methodology }
  }

  /** A code of the version; empty for a blank cell, and for one that says something else, which is told. */
  #choice(row: SampleRow, column: MapColumn, rows: readonly { code: string; name: string }[], counts = true): string {
    const text = cellIn(this.#sheet, row, column)
    if (text === '' || !counts) return ''
    const code = chosen(rows, text)
    if (code === undefined) this.#fault(row, column, { kind: 'choice', among: namesOf(rows) })
    return code ?? ''
  }

  #position(row: SampleRow, column: 'owner' | 'controlOwner'): string {
    const text = cellIn(this.#sheet, row, column)
    if (text === '') return this.#facts.usual.ownerId
    const found = positionNamed(this.#facts.positions, text)
    if ('agencies' in found) this.#fault(row, column, { kind: 'position', agencies: found.agencies })
    return 'id' in found ? found.id : this.#facts.usual.ownerId
  }

  /** A risk repeated on several lines says the same on each. */
  #requireAgreement([first, ...others]: SampleRow[]): void {
    for (const row of others)
      for (const column of REPEATED) {
        const [here, there] = [cellIn(this.#sheet, row, column), cellIn(this.#sheet, first as SampleRow, column)]
        if (here !== '' && here !== there) this.#fault(row, column, { kind: 'differs', line: first?.line ?? 0 })
      }
  }

  #read<T>(
    row: SampleRow,
    schema: Parameters<typeof readInput<T>>[0],
    typed: object,
    columns: Record<string, MapColumn>,
  ): T | undefined {
    const read = readInput(schema, typed)
    if (read.ok) return read.input
    for (const { path, code, facts } of read.errors) {
      const [name = ''] = path.replace('answers.', '').split('.')
      this.#fault(row, columns[name] ?? (name as MapColumn), { kind: 'input', error: { code, facts } })
    }
    return undefined
  }

  /** The first fault of a cell alone is told; a blank one may be hidden by the group of cells it is part of. */
  #fault(row: SampleRow, column: MapColumn, reason: CellReason): void {
    this.#isSound = false
    const at = this.#sheet.places[column]
    if (at === undefined) {
      this.#faults.push({ cell: '', read: '', reason: { kind: 'column', column } })
      return
    }
    const cell = cellName(row.line, at)
    if (this.#faults.some((one) => one.cell === cell)) return
    const read = row.cells[at] ?? ''
    const range = read.trim() === '' ? mergeOver(this.#sheet, row.line, at) : undefined
    this.#faults.push({ line: row.line, at, cell, read, reason: range ? { kind: 'merged', range } : reason })
  }
}

function declaredOf(methodology: Methodology, inherent: Place, controls: PlannedControl[], typology: string): Place {
  const rated = controls.map(({ line, input: { type, implementation, criteria } }) => ({
    ...{ code: String(line), type, implementation, criteria, evidence: 'never' as const },
  }))
  return residualOf(methodology, inherent, rated, { typology, reading: 'declared' })
}
