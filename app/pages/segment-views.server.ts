import { figureTitle, ruleInSpanish } from '../../catalog/figure-titles.ts'
import { CHANNELS } from '../../catalog/forms/choices.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { ranking, type SegmentSize, sharedBy } from '../../domain/aggregates.ts'
import { isSizeWithheld } from '../../domain/crossings.ts'
import { figuresOf } from '../../domain/figures.ts'
import { type Answers, listOf, rowsOf, textOf } from '../../domain/forms.ts'
import { parseRule, writeRule } from '../../domain/rule-notation.ts'
import type { SegmentRule } from '../../domain/rules.ts'
import { bridgesUnder, type ComparedVariable, differenceFor, type SeriesOf } from '../../domain/segment-comparison.ts'
import type { SegmentVersion } from '../../domain/segment-history.ts'
import type { ScoredVariable } from '../../domain/variables.ts'
import { searchOf } from '../components/segments/builder-query.ts'
import { formatShare } from '../text/format.ts'
import { segmentsText } from '../text/segments.ts'
import { bridgeNote } from '../text/variables.ts'
import { isAskable, labelsOf, type Snapshot, sizeOfRule, variablesOf } from './segment-counts.server.ts'

export interface ShownVersion extends Omit<SegmentVersion, 'at' | 'rule'> {
  /** ISO instant. */
  at: string
  /** In Spanish, or as typed where it cannot be read. */
  words: string
}

export interface ShownSegment {
  id: string
  name: string
  words: string
  /** Null where this source cannot count it. */
  size: SegmentSize | null
  /** Why its size is not published; empty where it is. */
  unpublished: string
  problem: string | null
  needs: string
  /** Marked in step 4 or, without them, seen in the records. */
  channels: { isSeen: boolean; words: string } | null
  stability: string
  uses: string[]
  versions: ShownVersion[]
  /** Address of the builder with this rule; null where it cannot be read. */
  edit: string | null
}

interface Grounds {
  answers: Answers
  sourceId: string
  snapshot: Snapshot
  variables: readonly ComparedVariable[]
  scored: readonly ScoredVariable[]
  history: Map<string, SegmentVersion[]>
  recommended: { segmentId: string; text: string }[]
  earlier: { vigencia: number; snapshots: { hash: string }[] } | undefined
  seriesOf: SeriesOf
}

/** Every segment of the draft of step 4, counted in one source. */
export async function shownSegments(grounds: Grounds): Promise<ShownSegment[]> {
  const shown: ShownSegment[] = []
  for (const row of rowsOf(grounds.answers, 'segmentos', 'lista')) {
    const read = parseRule(textOf(row.regla))
    const rule = read.ok ? read.rule : null
    const counted = rule && isAskable(rule, grounds.variables) ? rule : null
    const size = counted && (await sizeOfRule(counted, grounds.snapshot))
    const labels = labelsOf(grounds.variables)
    shown.push({
      ...{ id: row.id, name: textOf(row.nombre) || segmentsText.unnamed, needs: textOf(row.necesidades) },
      words: rule ? ruleInSpanish(rule, labels) : textOf(row.regla),
      size,
      unpublished: counted ? unpublishedWords(counted, size) : '',
      problem: counted ? null : rule ? segmentsText.otherSource : segmentsText.unreadable,
      channels: await channelsOf(listOf(row.canales), counted, grounds),
      stability: counted && size ? await stabilityOf(counted, size, grounds) : '',
      uses: usesOf(row.id, rule, grounds),
      versions: (grounds.history.get(row.id) ?? []).map((version) => shownVersion(version, labels)),
      edit: rule && searchOf(rule, { fuente: grounds.sourceId, segmento: row.id }),
    })
  }
  return shown
}

/** Why the size of a rule is not published; empty where it is. */
export function unpublishedWords(rule: SegmentRule, size: SegmentSize | null): string {
  if (isSizeWithheld(rule)) return segmentsText.withheld
  return size?.mark ? segmentsText.small : ''
}

function shownVersion({ rule, at, ...version }: SegmentVersion, labels: ReturnType<typeof labelsOf>): ShownVersion {
  const read = parseRule(rule)
  return { ...version, at: at.toISOString(), words: read.ok ? ruleInSpanish(read.rule, labels) : rule }
}

async function channelsOf(marked: string[], rule: SegmentRule | null, { variables, snapshot }: Grounds) {
  const label = (code: string) => CHANNELS.find((one) => one.code === code)?.label ?? code
  if (marked.length > 0) return { isSeen: false, words: marked.map(label).join(', ') }
  const channel = variables.find(({ code, values }) => code.startsWith('canal') && values.length > 1)
  if (!rule || !channel) return null
  const table = await emitAggregates('publico', { kind: 'count', rows: channel.code, filter: rule }, snapshot)
  const total = table.total.value ?? 0
  const most = ranking(table).filter(({ count }) => count !== null && count > 0)
  if (total === 0 || most.length === 0) return null
  const words = most.slice(0, 3).map(({ value, count }) => `${value} ${formatShare((count ?? 0) / total)}`)
  return { isSeen: true, words: words.join(', ') }
}

async function stabilityOf(rule: SegmentRule, now: SegmentSize, { earlier, snapshot, variables, seriesOf }: Grounds) {
  if (!earlier) return segmentsText.noEarlier
  const { vigencia, snapshots } = earlier
  const [first] = snapshots
  if (!first) return segmentsText.noEarlierSnapshot(vigencia)
  const before = await Promise.all(
    snapshots.map(async ({ hash }) => ({ hash, variables: await variablesOf({ dir: snapshot.dir, hash }) })),
  )
  const differences = before.map((one) => ({
    ...one,
    difference: differenceFor(rule, variables, one.variables, seriesOf),
  }))
  const comparable = differences.find(({ difference }) => difference === null)
  if (!comparable) return segmentsText.notComparable(vigencia, differences[0]?.difference ?? ABSENT)
  const size = await sizeOfRule(rule, { ...snapshot, hash: comparable.hash })
  if (!size?.total.value || !now.total.value) return segmentsText.noEarlierSnapshot(vigencia)
  const notes = bridgesUnder(rule, seriesOf).map(({ variable, crossed }) =>
    segmentsText.bridged(labelsOf(variables).variable(variable), bridgeNote(crossed)),
  )
  const stable = segmentsText.stable(vigencia, (size.value ?? 0) / size.total.value, (now.value ?? 0) / now.total.value)
  return [stable, ...notes].join(' ')
}

const ABSENT = { code: 'variable_absent', variable: '' } as const

function usesOf(id: string, rule: SegmentRule | null, { answers, scored, recommended }: Grounds): string[] {
  const written = rule && writeRule(rule)
  const figures = figuresOf(answers).filter(({ filter }) => filter && writeRule(filter) === written)
  return [
    ...figures.map((figure) => segmentsText.usedInFigure(figureTitle(figure, scored))),
    ...recommended
      .filter(({ segmentId }) => segmentId === id)
      .map(({ text }) => segmentsText.usedInRecommendation(text)),
  ]
}

export interface Overlap {
  names: string[]
  /** Records in both, `cells[row][column]`; null where they are hidden. */
  cells: (number | null)[][]
  isCut: boolean
}

const MOST_COMPARED = 20

/** Records that each two segments share, small groups hidden as for the public; null below two segments. */
export async function overlapOf(
  answers: Answers,
  variables: readonly ComparedVariable[],
  snapshot: Snapshot,
): Promise<Overlap | null> {
  const all = rowsOf(answers, 'segmentos', 'lista').flatMap((row) => {
    const read = parseRule(textOf(row.regla))
    const isCounted = read.ok && isAskable(read.rule, variables)
    return isCounted ? [{ name: textOf(row.nombre) || segmentsText.unnamed, rule: read.rule }] : []
  })
  const compared = all.slice(0, MOST_COMPARED)
  if (compared.length < 2) return null
  const cells = compared.map(() => compared.map((): number | null => null))
  for (const [r, { rule }] of compared.entries())
    for (const [c, { rule: other }] of compared.entries()) {
      if (c < r) continue
      const table = await emitAggregates('publico', { kind: 'overlap', rule, other }, snapshot)
      const { value } = sharedBy(table)
      ;(cells[r] as (number | null)[])[c] = value
      ;(cells[c] as (number | null)[])[r] = value
    }
  return { names: compared.map(({ name }) => name), cells, isCut: all.length > compared.length }
}
