/** The plan of a risk as the lines of a map tell it: one activity a line of the cell, each with who and until when (domain facts §2.7). */
import { MAP_PLAN_INDICATOR, MAP_PLAN_STATES } from '../catalog/risk-map-words.ts'
import type { SampleRow } from './file-readings.ts'
import { plainWords } from './folded.ts'
import { type PlanInput, planInput } from './risk-inputs.ts'
import type { LineReader } from './risk-map-line.ts'
import { positionNamed } from './risk-map-positions.ts'
import type { MapColumn } from './risk-map-sheet.ts'
import { dayNamed } from './risk-map-words.ts'

const COLUMNS = [
  ...(['plan', 'planOwner', 'planStart', 'planDue', 'planFollowUp', 'planIndicator', 'planState'] as const),
] as const satisfies MapColumn[]
type PlanColumn = (typeof COLUMNS)[number]
type Activity = Record<PlanColumn, string>

/**
 * The activities that the form would add. A plan without anybody and without a day stays as it was written, and is told; so does
 * an activity that is closed. With one of the two alone, with a name that no position has or a day that is none, its cell is wrong.
 */
export function planOn(reader: LineReader, rows: readonly SampleRow[]): PlanInput[] {
  // The product writes the plan on every line of its risk.
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const cells = cellsOf(reader, row)
    const said = JSON.stringify(cells)
    if (seen.has(said)) return []
    seen.add(said)
    return activitiesIn(reader, row, cells).flatMap((one, at) => plannedOf(reader, row, one, at) ?? [])
  })
}

const cellsOf = (reader: LineReader, row: SampleRow): Activity =>
  Object.fromEntries(COLUMNS.map((column) => [column, reader.cell(row, column)])) as Activity

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** As many as there are days; one day alone is of the whole cell, and a column with one line says it of all. */
function activitiesIn(reader: LineReader, row: SampleRow, cells: Activity): Activity[] {
  if (cells.plan === '') return []
  const due = linesOf(cells.planDue)
  const owners = linesOf(cells.planOwner)
  if (due.length === 0 && owners.length === 0) {
    reader.note(row, 'plan', { kind: 'plan_text' })
    return []
  }
  if (due.length <= 1) return [cells]
  for (const column of COLUMNS) {
    const { length } = linesOf(cells[column])
    const isWhole = length === due.length || (column !== 'plan' && length <= 1)
    if (isWhole) continue
    reader.fault(row, column, { kind: 'plan_lines', days: due.length, lines: length })
    return []
  }
  return due.map((_, at) => {
    const own = COLUMNS.map((column) => [column, linesOf(cells[column])] as const)
    return Object.fromEntries(own.map(([column, lines]) => [column, lines[at] ?? lines[0] ?? ''])) as Activity
  })
}

function plannedOf(reader: LineReader, row: SampleRow, cells: Activity, at: number): PlanInput | undefined {
  const isIn = (words: readonly string[]) => words.some((one) => plainWords(one) === plainWords(cells.planState))
  if (isIn(MAP_PLAN_STATES.closed)) {
    reader.note(row, 'plan', { kind: 'plan_closed' })
    return undefined
  }
  const { facts } = reader
  const positionId = ownerIn(reader, row, cells)
  const dueDate = dayIn(reader, row, cells, 'planDue')
  if (!positionId || !dueDate) return undefined
  // What the map itself says is overdue is asked for as it stands; else nobody is asked to do something by a day that went by.
  const from = isIn(MAP_PLAN_STATES.overdue) && dueDate < facts.today ? dueDate : facts.today
  const startsOn = cells.planStart === '' ? from : dayIn(reader, row, cells, 'planStart')
  if (!startsOn) return undefined
  const typed = {
    ...{ formKey: facts.idOf('plan', `${row.line}.${at}`), what: cells.plan, positionId, dueDate },
    startsOn,
    // Where the map names no day for it, what is due is looked at when it is.
    followUpOn:
      cells.planFollowUp === '' ? [dueDate, startsOn].sort().at(-1) : dayIn(reader, row, cells, 'planFollowUp'),
    indicator: cells.planIndicator || MAP_PLAN_INDICATOR,
  }
  return reader.read(row, planInput(from), typed, {
    ...{ what: 'plan', positionId: 'planOwner', startsOn: 'planStart', dueDate: 'planDue' },
    ...{ followUpOn: 'planFollowUp', indicator: 'planIndicator' },
  })
}

function ownerIn(reader: LineReader, row: SampleRow, { planOwner }: Activity): string | undefined {
  if (planOwner === '') {
    reader.fault(row, 'planOwner', { kind: 'plan_blank', column: 'planOwner' })
    return undefined
  }
  const found = positionNamed(reader.facts.positions, planOwner)
  if ('id' in found) return found.id
  reader.fault(row, 'planOwner', { kind: 'plan_position', name: planOwner, agencies: found.agencies })
  return undefined
}

function dayIn(
  reader: LineReader,
  row: SampleRow,
  cells: Activity,
  column: 'planStart' | 'planDue' | 'planFollowUp',
): string | undefined {
  const text = cells[column]
  const day = dayNamed(text)
  if (day !== null) return day
  reader.fault(row, column, text === '' ? { kind: 'plan_blank', column } : { kind: 'day', text })
  return undefined
}
