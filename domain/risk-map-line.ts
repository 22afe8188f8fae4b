/** The lines of a risk map, each cell read by the rules of the form of a risk and of a control. */
import { inertText } from './csv-cells.ts'
import type { SampleRow } from './file-readings.ts'
import { folded } from './folded.ts'
import { readInput } from './input-reading.ts'
import { type ControlInput, controlInput, type RiskInput, riskInput } from './risk-inputs.ts'
import type { CellFaults, CellReason } from './risk-map-faults.ts'
import { type MapPosition, positionNamed } from './risk-map-positions.ts'
import type { MapColumn, MapSheet } from './risk-map-sheet.ts'
import { chosen, namesOf } from './risk-map-words.ts'
import type { Methodology } from './risk-methodology.ts'
import { typologyOf } from './risks.ts'

export interface PlannedControl {
  line: number
  input: ControlInput
}

export interface LineFacts {
  positions: readonly MapPosition[]
  /** Position that answers where a line names none. */
  ownerId: string
  /** Names what is registered of a line, the same each time. */
  idOf: (kind: 'risk' | 'control' | 'plan' | 'treatment' | 'acceptance', line: number | string) => string
  today: string
}

/** `faults`: cells that cannot stand. `notes`: cells that are told to whoever accepts the map. */
export interface ToldCells {
  faults: CellFaults
  notes: CellFaults
}

/** Columns that say that a line has a control. */
export const OF_CONTROL = [
  'action',
  'complement',
  'controlText',
  'type',
  'implementation',
] as const satisfies MapColumn[]

export const cellIn = ({ places }: MapSheet, { cells }: SampleRow, column: MapColumn): string => {
  const at = places[column]
  return at === undefined ? '' : plainCell(cells[at] ?? '')
}

/** As it was typed, without the apostrophe that our own files put before what a spreadsheet would run. */
function plainCell(text: string): string {
  const trimmed = text.trim()
  const rest = trimmed.slice(1)
  return trimmed.startsWith("'") && inertText(rest) === trimmed ? rest : trimmed
}

/** Reads the lines of one risk. */
export class LineReader {
  readonly #sheet: MapSheet
  readonly facts: LineFacts
  readonly #told: ToldCells
  #isSound = true

  constructor(sheet: MapSheet, facts: LineFacts, told: ToldCells) {
    this.#sheet = sheet
    this.facts = facts
    this.#told = told
  }

  /** Whether no cell read so far is wrong. */
  get isSound(): boolean {
    return this.#isSound
  }

  cell(row: SampleRow, column: MapColumn): string {
    return cellIn(this.#sheet, row, column)
  }

  /** Undefined where a cell of it is wrong. */
  risk(row: SampleRow, methodology: Methodology, typology: string): RiskInput | undefined {
    const text = (column: MapColumn) => this.cell(row, column)
    const isAsset = typologyOf(methodology, typology)?.isAsset ?? false
    const causes = { [isAsset ? 'threat' : 'immediateCause']: text('immediateCause') }
    const roots = { [isAsset ? 'vulnerability' : 'rootCause']: text('rootCause') }
    const area = this.choice(row, 'area', methodology.harms, !isAsset)
    const typed = {
      ...{
        formKey: this.facts.idOf('risk', row.line),
        ownerId: this.#position(row, 'owner'),
        ...causes,
        ...roots,
        area,
      },
      ...{ process: text('process'), objective: text('objective'), consequences: text('consequences') },
      classification: this.choice(row, 'classification', methodology.classifications, !isAsset),
      factor: this.choice(row, 'factor', methodology.factors),
      assetKind: this.choice(row, 'assetKind', methodology.assetKinds, isAsset),
      property: this.choice(row, 'property', methodology.properties, isAsset),
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
    return this.read(row, riskInput(methodology, typology, 'map'), typed, {
      ...{ ...columns, probability: 'inherentProbability', economic: rated ?? 'economic' },
    })
  }

  /** One column for the impact stands for the harm that the line names. */
  #ratings(row: SampleRow, methodology: Methodology, area: string) {
    const { impact, questions, probability } = methodology
    const level = (column: MapColumn) => this.choice(row, column, impact, questions.length === 0)
    const [economic, reputational] = [level('economic'), level('reputational')]
    const isApart = economic !== '' || reputational !== ''
    const whole = isApart ? '' : level('inherentImpact')
    const byWords = probability.every((one) => one.times === null)
    return {
      economic: whole && area !== 'reputacional' ? whole : economic,
      reputational: whole && area !== 'economica' ? whole : reputational,
      probability: this.choice(row, 'inherentProbability', probability, byWords),
      yes: this.#answeredYes(row, questions),
    }
  }

  /** `1; 5; 14`: the questions answered yes by their numbers, as the official map writes them. */
  #answeredYes(row: SampleRow, questions: Methodology['questions']): string[] {
    if (questions.length === 0) return []
    const typed = this.cell(row, 'yes')
      .split(/[;,\s]+/)
      .filter((one) => one !== '')
    const numbers = new Set(typed.map((one) => (/^\d+$/.test(one) ? Number(one) : 0)))
    if ([...numbers].some((one) => one < 1 || one > questions.length))
      this.fault(row, 'yes', { kind: 'questions', last: questions.length })
    return questions.filter((_, at) => numbers.has(at + 1)).map(({ code }) => code)
  }

  /** Undefined where a cell of it is wrong. */
  control(row: SampleRow, methodology: Methodology, typology: string): PlannedControl | undefined {
    const { residual } = methodology
    const isWeighed = residual.kind === 'weight'
    const ways = isWeighed ? (residual.typologies[typology]?.implementations ?? residual.implementations) : []
    const typed = {
      ...{ formKey: this.facts.idOf('control', row.line), ownerId: this.#position(row, 'controlOwner') },
      ...this.#wordsOfControl(row),
      type: this.choice(row, 'type', isWeighed ? residual.types : [], isWeighed),
      implementation: this.choice(row, 'implementation', ways, isWeighed),
      documentation: this.choice(row, 'documentation', methodology.documentations),
      frequency: this.choice(row, 'frequency', methodology.frequencies),
      record: this.choice(row, 'evidence', methodology.records),
      execution: this.choice(row, 'execution', methodology.executions),
      periodicity: this.choice(row, 'periodicity', methodology.periodicities),
      criteria: isWeighed ? {} : this.#criteria(row, residual.criteria),
    }
    const parted = this.cell(row, 'action') !== '' || this.cell(row, 'complement') !== ''
    const words: Record<string, MapColumn> = parted ? {} : { action: 'controlText', complement: 'controlText' }
    const input = this.read(row, controlInput(methodology, []), typed, {
      ...{ ownerId: 'controlOwner', record: 'evidence', ...words },
    })
    return input && { line: row.line, input }
  }

  /** Where one column has it all: its first sentence is what is done, the rest what happens then (v7: acción y complemento). */
  #wordsOfControl(row: SampleRow): { action: string; complement: string } {
    const [action, complement] = [this.cell(row, 'action'), this.cell(row, 'complement')]
    if (action !== '' || complement !== '') return { action, complement }
    const text = this.cell(row, 'controlText')
    const end = /[.;:](?=\s)/.exec(text)
    return end
      ? { action: text.slice(0, end.index + 1), complement: text.slice(end.index + 1).trim() }
      : { action: text, complement: '' }
  }

  /** `¿Pregunta? Respuesta`, one after another. */
  #criteria(row: SampleRow, criteria: { code: string; question: string; options: { code: string; name: string }[] }[]) {
    const answers = this.cell(row, 'criteria').split(/[;\n]/)
    return Object.fromEntries(
      criteria.flatMap(({ code, question, options }) => {
        const answer = answers.find((one) => folded(one).includes(folded(question)))
        const option = answer && chosen(options, answer.slice(answer.indexOf('?') + 1))
        return option ? [[code, option]] : []
      }),
    )
  }

  /** A code of the version; empty for a blank cell, and for one that says something else, which is told. */
  choice(row: SampleRow, column: MapColumn, rows: readonly { code: string; name: string }[], counts = true): string {
    const text = this.cell(row, column)
    if (text === '' || !counts) return ''
    const code = chosen(rows, text)
    if (code === undefined) this.fault(row, column, { kind: 'choice', among: namesOf(rows) })
    return code ?? ''
  }

  #position(row: SampleRow, column: 'owner' | 'controlOwner'): string {
    const text = this.cell(row, column)
    if (text === '') return this.facts.ownerId
    const found = positionNamed(this.facts.positions, text)
    if ('agencies' in found) this.fault(row, column, { kind: 'position', agencies: found.agencies })
    return 'id' in found ? found.id : this.facts.ownerId
  }

  /** What a form would read of cells; undefined where it objects to one, which is told. `columns`: of fields of another name. */
  read<T>(
    row: SampleRow,
    schema: Parameters<typeof readInput<T>>[0],
    typed: object,
    columns: Record<string, MapColumn>,
  ): T | undefined {
    const read = readInput(schema, typed)
    if (read.ok) return read.input
    for (const { path, code, facts } of read.errors) {
      const [name = ''] = path.replace('answers.', '').split('.')
      this.fault(row, columns[name] ?? (name as MapColumn), { kind: 'input', error: { code, facts } })
    }
    return undefined
  }

  /** A cell that cannot stand: nothing of the risk is registered. */
  fault(row: SampleRow, column: MapColumn, reason: CellReason): void {
    this.#isSound = false
    this.#told.faults.add(row, column, reason)
  }

  /** A cell that is told and holds nothing up. */
  note(row: SampleRow, column: MapColumn, reason: CellReason): void {
    this.#told.notes.add(row, column, reason)
  }
}
