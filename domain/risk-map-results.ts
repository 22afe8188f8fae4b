/** What the lines of a risk map tell of results, beside what their own values come to in the methodology (domain facts §2.2–2.6). */
import { roundedPercent } from './exact-percent.ts'
import type { SampleRow } from './file-readings.ts'
import type { UnlikeResult } from './risk-map-faults.ts'
import type { LineReader } from './risk-map-line.ts'
import type { MapColumn } from './risk-map-sheet.ts'
import { levelNamed, shareNamed, zoneNamed } from './risk-map-words.ts'
import type { Methodology } from './risk-methodology.ts'
import { type Place, type RiskAnswers, zoneOf } from './risks.ts'

interface Computed {
  methodology: Methodology
  answers: RiskAnswers
  inherent: Place
  /** What the controls leave by their design. */
  declared: Place
  controls: number
}

/** A result that a column may tell: its name, that of what the cell says, and why it is what it is. */
interface Result {
  column: MapColumn
  gives: string
  named: (text: string) => { name: string } | undefined
  reason: (read: { says: string | null; gives: string }) => UnlikeResult
  /** Of a result that a number tells too: what it comes to, in percent. */
  exact?: string
}

/** Other tools round after each control: a number that is less than a point away is the same. */
const ROUNDING = 1

/**
 * An inherent level or zone that its own line contradicts is a fault: one of the two was typed wrong, and only whoever rated the
 * risk knows which. A residual is told and holds nothing up: other tools round it otherwise, and somebody may have written over it.
 * So is a name that the methodology does not have (decision 0054).
 */
export function tellUnlikeResults(reader: LineReader, rows: readonly SampleRow[], computed: Computed): void {
  for (const result of inherentResults(computed)) for (const row of rows) compare(reader, row, result, true)
  for (const result of residualResults(computed)) {
    // Each line may tell what is left after its own control: the last one tells what is left of the risk.
    const row = rows.findLast((one) => reader.cell(one, result.column) !== '')
    if (row) compare(reader, row, asTold(result, reader.cell(row, result.column)), false)
  }
}

/** Told as a number, it is compared as one. */
function asTold(result: Result, text: string): Result {
  const share = shareNamed(text)
  if (share === null || result.exact === undefined) return result
  const gives = percent(roundedPercent(result.exact))
  const isSame = Math.abs(share - Number(result.exact)) < ROUNDING
  return { ...result, gives, named: () => ({ name: isSame ? gives : percent(String(share)) }) }
}

const percent = (number: string) => `${number.replace('.', ',')} %`

function compare(reader: LineReader, row: SampleRow, { column, gives, named, reason }: Result, isHeld: boolean): void {
  const text = reader.cell(row, column)
  if (text === '') return
  const says = named(text)?.name ?? null
  if (says === gives) return
  if (says !== null && isHeld) reader.fault(row, column, reason({ says, gives }))
  else reader.note(row, column, reason({ says, gives }))
}

function inherentResults({ methodology, answers, inherent }: Computed): Result[] {
  const { probability, impact, zones, questions } = methodology
  const levels = levelNames(methodology, inherent)
  const harms = [answers.economic, answers.reputational].flatMap(
    (code) => impact.find((one) => one.code === code)?.name ?? [],
  )
  const times = answers.timesPerYear
  const ofProbability: Result = {
    ...{ column: 'inherentProbability', gives: levels.probability, named: (text) => levelNamed(probability, text) },
    reason: (read) => ({ kind: 'unlike_probability', ...read, times: times ?? 0 }),
  }
  return [
    // Chosen by its words, the cell is what the risk is rated with.
    ...(times === null ? [] : [ofProbability]),
    {
      ...{ column: 'inherentImpact', gives: levels.impact, named: (text) => levelNamed(impact, text) },
      reason: (read) => ({ kind: 'unlike_impact', ...read, harms, yes: questions.length > 0 ? answers.yes.length : 0 }),
    },
    {
      ...{ column: 'inherentZone', gives: zoneOf(methodology, inherent.zone).name },
      named: (text) => zoneNamed(zones, text),
      reason: (read) => ({ kind: 'unlike_zone', ...read, ...levels }),
    },
  ]
}

function residualResults({ methodology, declared, controls }: Computed): Result[] {
  const { probability, impact, zones } = methodology
  const levels = levelNames(methodology, declared)
  const reason: Result['reason'] = (read) => ({ kind: 'unlike_residual', ...read, ...levels, controls })
  const level = (column: MapColumn, of: Parameters<typeof levelNamed>[0], gives: string): Result => ({
    ...{ column, gives, reason, named: (text) => levelNamed(of, text) },
  })
  return [
    { ...level('declaredP', probability, levels.probability), exact: declared.p },
    { ...level('declaredI', impact, levels.impact), exact: declared.i },
    {
      ...{ column: 'declaredZone', gives: zoneOf(methodology, declared.zone).name, reason },
      named: (text) => zoneNamed(zones, text),
    },
  ]
}

function levelNames({ probability, impact }: Methodology, place: Place): { probability: string; impact: string } {
  return { probability: probability[place.probability]?.name ?? '', impact: impact[place.impact]?.name ?? '' }
}
