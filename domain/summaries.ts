/**
 * What a dependencia gets of the results of a cycle: its own part of what the signed report prints, the segments that
 * concern it and what is recommended to it (MM-GAC-P-008 v2, actividad 7; features H9). Every number was emitted at level
 * `publico`; nothing is counted again for one dependencia, so nothing more can be worked out from its summary.
 */
import { ruleInSpanish } from '../catalog/figure-titles.ts'
import { isSameAgency } from './agency-names.ts'
import type { Caveat } from './coverage.ts'
import { type Answers, rowsOf, textOf } from './forms.ts'
import { AGENCY_VARIABLE, type OwnFigure, ownPart, type PrintedFigure } from './own-figures.ts'
import type { SegmentRule } from './rules.ts'
import type { Segment } from './segments.ts'

export interface OwnSegment {
  id: string
  name: string
  /** The rule in words. */
  rule: string
  /** Its rule names the dependencia, or a recommendation for the dependencia is about it. */
  because: 'rule' | 'recommendation'
  size: number | null
  whole: number | null
  needs: string
  channels: string[]
  /** Why it is not spoken of without a word beside it; null where nothing is to be said (E10). */
  caveat: Pick<Caveat, 'isUnderBase' | 'isUnderCovered'> | null
}

export interface OwnRecommendation {
  /** Row of step 6. */
  id: string
  text: string
  actionLine: string
  segment: string
  owner: string
  indicator: string
  /** Civil date. */
  due: string
  /** `alta`, `media` or `baja`. */
  priority: string
}

/** Frozen when the results are handed over; its hash is what a head confirms to have read. */
export interface Summary {
  schema: 1
  agency: { id: string; name: string }
  cycle: { id: string; vigencia: number }
  /** SHA-256 of the approved version of step 6. */
  reportHash: string
  /** How the data call the dependencia; null where they do not. */
  inData: string | null
  figures: OwnFigure[]
  segments: OwnSegment[]
  /** Records a segment must have to be spoken of without a caveat. */
  minimumBase: number
  recommendations: OwnRecommendation[]
  /** Sentence that must stand beside the figures, or null. */
  notice: string | null
}

/** What the summaries of all dependencias of a cycle are made from. */
export interface SummaryGrounds {
  cycle: Summary['cycle']
  reportHash: string
  printed: PrintedFigure[]
  segments: (Segment & { size: number | null; whole: number | null })[]
  caveats: Caveat[]
  minimumBase: number
  /** Answers of the approved step 6. */
  report: Answers
  /** Words for the codes of its recommendations. */
  actionLines: ReadonlyMap<string, string>
  owners: ReadonlyMap<string, string>
  /** What a variable of a rule is called. */
  variableName: (code: string) => string
}

export interface SummarizedAgency {
  id: string
  name: string
  code: string | null
}

export function summaryFor(agency: SummarizedAgency, grounds: SummaryGrounds): Summary {
  const { cycle, reportHash, printed, minimumBase } = grounds
  const inData = nameInData(agency, valuesIn(printed))
  const recommendations = recommendedTo(agency, grounds)
  const figures = inData === null ? [] : printed.flatMap((figure) => ownPart(figure, inData) ?? [])
  return {
    ...{ schema: 1, agency: { id: agency.id, name: agency.name }, cycle, reportHash, inData, minimumBase },
    ...{ figures, segments: segmentsOfAgency(agency, grounds), recommendations },
    notice: printed.find(({ table }) => table.notice)?.table.notice ?? null,
  }
}

/** Values of the dependencias in the printed figures. */
function valuesIn(printed: readonly PrintedFigure[]): string[] {
  const sides = printed.flatMap(({ table }) => [table.rows, table.columns, table.layers])
  const named = printed.flatMap(({ table }) => table.filter.filter(({ variable }) => variable === AGENCY_VARIABLE))
  return [
    ...new Set([
      ...sides.flatMap((side) => (side?.variable === AGENCY_VARIABLE ? side.values : [])),
      ...named.flatMap(({ values }) => values),
    ]),
  ]
}

/** How the data call a dependencia: by its name or its code; the first of several spellings, and null where by none. */
export function nameInData({ name, code }: Pick<SummarizedAgency, 'name' | 'code'>, values: readonly string[]) {
  return values.find((value) => isSameAgency(value, name) || isSameAgency(value, code ?? '')) ?? null
}

function recommendedTo(agency: SummarizedAgency, grounds: SummaryGrounds): OwnRecommendation[] {
  const { report, actionLines, owners, segments } = grounds
  return addressedTo(agency, report).map((row) => ({
    ...{ id: row.id, text: textOf(row.texto), actionLine: actionLines.get(textOf(row.linea)) ?? '' },
    segment: segments.find(({ id }) => id === textOf(row.segmento))?.name ?? '',
    owner: owners.get(textOf(row.responsable)) ?? '',
    ...{ indicator: textOf(row.indicador), due: textOf(row.plazo), priority: textOf(row.prioridad) },
  }))
}

/** Recommendations name a dependencia by its code, or by its id where it has none. */
const addressedTo = ({ id, code }: SummarizedAgency, report: Answers) =>
  rowsOf(report, 'recomendaciones', 'lista').filter((row) => textOf(row.dependencia) === (code ?? id))

function segmentsOfAgency(agency: SummarizedAgency, grounds: SummaryGrounds): OwnSegment[] {
  const { report, segments, caveats, variableName } = grounds
  const recommended = new Set(addressedTo(agency, report).map((row) => textOf(row.segmento)))
  return segments.flatMap((segment): OwnSegment[] => {
    const { id, name, rule, needs, channels, size, whole } = segment
    const byRule = names(rule, agency)
    if (!byRule && !recommended.has(id)) return []
    const caveat = caveats.find((one) => one.segmentId === id)
    return [
      {
        ...{ id, name, rule: ruleInSpanish(rule, { variable: variableName }), size, whole, needs, channels },
        because: byRule ? 'rule' : 'recommendation',
        caveat: caveat ? { isUnderBase: caveat.isUnderBase, isUnderCovered: caveat.isUnderCovered } : null,
      },
    ]
  })
}

/** Whether a rule asks for records of this dependencia, alone or among others. */
function names({ all, any = [] }: SegmentRule, agency: SummarizedAgency): boolean {
  return [...all, ...any.flat()].some(
    ({ variable, op, values }) => variable === AGENCY_VARIABLE && op !== 'neq' && nameInData(agency, values) !== null,
  )
}
