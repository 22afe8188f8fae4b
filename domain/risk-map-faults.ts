/** The cells of a risk map that cannot stand, and why. */
import type { SampleRow } from './file-readings.ts'
import type { InputError } from './input-reading.ts'
import type { Objection } from './refusals.ts'
import { cellName, type MapColumn, type MapSheet, MergedCells } from './risk-map-sheet.ts'

/** Why a cell cannot stand. */
export type CellReason =
  | { kind: 'input'; error: Pick<InputError, 'code' | 'facts'> }
  /** None of the words the version has. */
  | { kind: 'choice'; among: string[] }
  | { kind: 'position'; agencies: string[] }
  | { kind: 'merged'; range: string }
  | { kind: 'differs'; line: number }
  /** Another line says the same risk. */
  | { kind: 'twice'; line: number }
  /** Questions are named by their numbers, from 1 on. */
  | { kind: 'questions'; last: number }
  | { kind: 'heading_again' | 'no_risk' }
  | LackingColumn
  | UnlikeResult
  | PlanReason
  /** A treatment that may not be chosen for this risk. */
  | { kind: 'not_accepted'; objection: Objection }
  /** The risk is registered in this zone, and accepted once its controls show what they leave. */
  | { kind: 'acceptance_waits'; zone: string }

/** `lines`: those that need it. `typology`: what all of them say theirs is; empty where they do not agree. */
export interface LackingColumn {
  kind: 'column'
  column: MapColumn
  lines: number[]
  typology: string
}

type PlanReason =
  | { kind: 'plan_blank'; column: 'planOwner' | 'planStart' | 'planDue' | 'planFollowUp' }
  | { kind: 'plan_position'; name: string; agencies: string[] }
  | { kind: 'day'; text: string }
  /** One line for each day, or one alone for all. */
  | { kind: 'plan_lines'; days: number; lines: number }
  | { kind: 'plan_text' | 'plan_closed' }

/**
 * A cell that tells a result, and not the one its own line comes to. `says` and `gives`: names of the methodology; `says` is null
 * where it has no such name.
 */
export type UnlikeResult = { says: string | null; gives: string } & (
  | { kind: 'unlike_probability'; times: number }
  /** Of each kind of harm, in words, or how many questions were answered yes. */
  | { kind: 'unlike_impact'; harms: string[]; yes: number }
  | { kind: 'unlike_zone'; probability: string; impact: string }
  /** What so many controls leave by their design. */
  | { kind: 'unlike_residual'; probability: string; impact: string; controls: number }
)

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

/** Cells that cannot stand, each told once: the first of its reasons. */
export class CellFaults {
  readonly #sheet: MapSheet
  readonly #merged: MergedCells
  readonly #told = new Set<string>()
  readonly #lacking = new Map<MapColumn, LackingColumn>()
  readonly #faults: CellFault[] = []

  constructor(sheet: MapSheet) {
    this.#sheet = sheet
    this.#merged = new MergedCells(sheet.merges)
  }

  /** A blank cell may be hidden by the group of cells it is part of. */
  add(row: SampleRow, column: MapColumn, reason: CellReason): void {
    const at = this.#sheet.places[column]
    if (at === undefined) {
      this.#lack(row, column)
      return
    }
    const range = (row.cells[at] ?? '').trim() === '' ? this.#merged.over(row.line, at) : undefined
    this.addAt(row, at, range ? { kind: 'merged', range } : reason)
  }

  addAt(row: SampleRow, at: number, reason: CellReason): void {
    const cell = cellName(row.line, at)
    this.#tell(cell, { line: row.line, at, cell, read: row.cells[at] ?? '', reason })
  }

  /** Columns that lack, and then line by line from the left. */
  inOrder(): CellFault[] {
    return this.#faults.toSorted((a, b) => placeOf(a) - placeOf(b))
  }

  #lack(row: SampleRow, column: MapColumn): void {
    const at = this.#sheet.places.typology
    const typology = at === undefined ? '' : (row.cells[at] ?? '').trim()
    const known = this.#lacking.get(column)
    if (known === undefined) {
      const reason: LackingColumn = { kind: 'column', column, lines: [row.line], typology }
      this.#lacking.set(column, reason)
      this.#tell(column, { cell: '', read: '', reason })
    } else if (!known.lines.includes(row.line)) {
      known.lines.push(row.line)
      if (known.typology !== typology) known.typology = ''
    }
  }

  #tell(name: string, fault: CellFault): void {
    if (this.#told.has(name)) return
    this.#told.add(name)
    this.#faults.push(fault)
  }
}

const placeOf = ({ line = 0, at = 0 }: CellFault) => line * 1_000 + at
