/** The lines of the two survey files, made from exact margins: same options and seed, same lines. */
import { DEMO_SENTENCE, type Margin, QUARTERS, TABLE_1 } from '../../catalog/demo/city-file.ts'
import {
  ATTENTION,
  COMPLAINTS,
  ERRANDS,
  IN_PERSON,
  NOT_APPLICABLE,
  ONLINE,
  RATING_SCALE,
  SATISFACTION,
  SURVEY_COLUMNS,
  SURVEY_TOTALS,
  SURVEYED_AGENCIES,
  type Survey,
  TABLE_4,
} from '../../catalog/demo/survey-files.ts'
import { dateIn, randomFrom, shuffle, spread } from '../city-file/draws.ts'
import { largestRemainder, sum } from '../city-file/margins.ts'
import type { Row } from '../city-file/records.ts'

export interface SurveyFileOptions {
  /** Scaled down by largest remainder when fewer than the surveys of the year. */
  rows?: number
  seed?: number
  /** In which they were answered; that of the published margins by default. */
  year?: number
}

/** Quarter from 0, and what stands in the columns of this survey alone. */
interface Answer {
  quarter: number
  cells: Row
}

export function* surveyFileRows(survey: Survey, options: SurveyFileOptions = {}): Generator<Row> {
  const random = randomFrom(options.seed ?? 2024)
  const total = options.rows ?? SURVEY_TOTALS[survey]
  const answers = survey === 'atencion' ? attention(total, random) : satisfaction(total, random)
  shuffle(answers, random)
  yield [...SURVEY_COLUMNS[survey]]
  for (const [i, { quarter, cells }] of answers.entries())
    yield [String(i + 1), dateIn(quarter, random, options.year), QUARTERS[quarter] as string, ...cells, DEMO_SENTENCE]
}

/** No figure of the surveys is published by quarter, but Tabla 4: the others follow the communications of Tabla 1. */
const QUARTER_WEIGHTS = QUARTERS.map((_, q) => sum(TABLE_1.map(({ counts }) => counts[q] ?? 0)))

/** Surveys of each channel with errand and rating, independent of each other. */
function attention(total: number, random: () => number): Answer[] {
  const surveys = ATTENTION.map((channel) => channel.surveys)
  const sizes = largestRemainder(surveys, total)
  return ATTENTION.flatMap(({ channel, shares }, c) => {
    const draw = (weights: number[]) => spread(largestRemainder(weights, sizes[c] ?? 0), random)
    const quarters = draw(QUARTER_WEIGHTS)
    const errands = draw(ERRANDS.map(([, share]) => share))
    const unrated = Math.max(0, 100 - sum([...shares]))
    const ratings = draw([...shares, unrated])
    return Array.from(quarters, (quarter, i) => ({
      quarter,
      cells: [channel, ERRANDS[errands[i] ?? 0]?.[0] ?? '', RATING_SCALE[ratings[i] ?? 0] ?? ''],
    }))
  })
}

function satisfaction(total: number, random: () => number): Answer[] {
  const counts = [IN_PERSON, ONLINE].flatMap((kind) => SATISFACTION[kind] ?? [])
  const scaled = largestRemainder(counts, total)
  const [inPerson, online] = [scaled.slice(0, RATING_SCALE.length), scaled.slice(RATING_SCALE.length)]
  const agencies = spread(largestRemainder(SURVEYED_AGENCIES.map(totalOf), sum(inPerson)), random)
  const quarters = spread(largestRemainder(QUARTER_WEIGHTS, sum(inPerson)), random)
  const width = QUARTERS.length
  const cells = TABLE_4.flatMap(({ counts: perQuarter }) => perQuarter)
  const tramites = spread(largestRemainder(cells, sum(online)), random)
  return [
    ...rated(IN_PERSON, inPerson, random, (i) => ({
      quarter: quarters[i] ?? 0,
      about: [SURVEYED_AGENCIES[agencies[i] ?? 0]?.name ?? '', NOT_APPLICABLE],
    })),
    ...rated(ONLINE, online, random, (i) => ({
      quarter: (tramites[i] ?? 0) % width,
      about: [NOT_APPLICABLE, TABLE_4[Math.floor((tramites[i] ?? 0) / width)]?.name ?? ''],
    })),
  ]
}

const totalOf = ({ counts }: Margin) => sum([...counts])

/** One answer per rating counted; those of the lower half of the scale say why. */
function rated(
  kind: string,
  counts: number[],
  random: () => number,
  aboutOf: (i: number) => { quarter: number; about: Row },
): Answer[] {
  const ratings = spread(counts, random)
  const complaints = COMPLAINTS[kind] ?? []
  const isLow = (rating: number) => rating >= RATING_SCALE.indexOf('Regular')
  const low = ratings.filter(isLow).length
  const shares = complaints.map(([, share]) => share)
  const reasons = spread(largestRemainder(shares, low), random).values()
  return Array.from(ratings, (rating, i) => {
    const { quarter, about } = aboutOf(i)
    const reason = isLow(rating) ? (complaints[reasons.next().value ?? 0]?.[0] ?? '') : NOT_APPLICABLE
    return { quarter, cells: [kind, ...about, RATING_SCALE[rating] ?? '', reason] }
  })
}
