/** What an auditor samples and writes about it (features I5, N16): populations are events of the sealed record, so that they stay as they were. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { EVENT_KINDS, kindOfEvent } from './event-kinds.ts'
import { EVENT_TYPES, type EventType } from './events.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import { STEP_CODES } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'
import { SAMPLE_METHODS } from './sampling.ts'

export const POPULATIONS = ['decisions', 'grants', 'control_runs', 'events'] as const
export type Population = (typeof POPULATIONS)[number]

/** Events each population is made of. */
const TYPES: Record<Population, readonly EventType[]> = {
  decisions: ['step.reviewed', 'step.signed', 'step.returned', 'reopening.granted', 'reopening.declined'],
  grants: ['access.granted', 'access.denied'],
  control_runs: ['control.executed', 'control.omitted', 'control.missed'],
  events: Object.keys(EVENT_TYPES) as EventType[],
}

/** Parts of each population: the step, what was answered, the kind of event. */
export const STRATA: Record<Population, readonly string[]> = {
  decisions: STEP_CODES,
  grants: ['granted', 'denied'],
  control_runs: ['executed', 'omitted', 'missed'],
  events: EVENT_KINDS,
}

/** Populations whose items have a size: bytes of what was decided on, files shown as evidence, data an event tells. */
const SIZED: readonly Population[] = ['decisions', 'control_runs', 'events']

/** What is sampled. */
export interface PopulationRule {
  population: Population
  /** Civil dates in Bogotá, both included. */
  from: string
  to: string
  /** One of its parts only; null for all. */
  part: string | null
}

/** Items a population may have: they are hashed and ordered while somebody waits. */
export const MOST_POPULATION = 200_000
/** Items a sample may have: each asks for a paper. */
export const MOST_SAMPLED = 500

/** Types of events an item may have, each with the part it counts in; null where that is the step of the event. */
export type Parts = Record<string, string | null>

/** As the product tells them apart today. A sample keeps them as they were when it was drawn. */
export function partsOf({ population, part }: PopulationRule): Parts {
  const parts = TYPES[population].map((type) => [type, partOf(population, type)] as const)
  return Object.fromEntries(parts.filter(([, one]) => part === null || one === null || one === part))
}

function partOf(population: Population, type: EventType): string | null {
  if (population === 'decisions') return null
  return population === 'events' ? kindOfEvent(type) : answerOf(type)
}

function answerOf(type: EventType): string {
  return type.slice(type.indexOf('.') + 1)
}

/** `MA-2026-003`: year of its drawing, and number within it. */
export function sampleCode(year: number, n: number): string {
  return `MA-${year}-${String(n).padStart(3, '0')}`
}

const FROM: InputCode = 'sample_from_missing'
const TO: InputCode = 'sample_to_missing'

/** A sample as it is asked for; nothing after `today` has happened. */
export const sampleInput = (today: string) =>
  z
    .object({
      /** Made anew for each rendered form: the same form sent twice is one sample. */
      sampleId: z.uuid(STALE),
      population: z.enum(POPULATIONS, 'sample_population_missing' satisfies InputCode),
      /** `population:stratum`, as the form offers it; empty for all. */
      part: z.string(STALE).default(''),
      from: z.string(FROM).refine(isCivilDate, FROM),
      to: z
        .string(TO)
        .refine(isCivilDate, TO)
        .refine((day) => day <= today, 'sample_to_ahead' satisfies InputCode),
      method: z.enum(SAMPLE_METHODS, 'sample_method_missing' satisfies InputCode),
      wanted: z
        .string('sample_wanted_missing' satisfies InputCode)
        .refine((typed) => /^\d{1,3}$/.test(typed.trim()), 'sample_wanted_missing' satisfies InputCode)
        .transform(Number)
        .refine((n) => n >= 1 && n <= MOST_SAMPLED, 'sample_wanted_missing' satisfies InputCode),
      seed: line('sample_seed_missing', { max: 100 }).transform((typed) => typed.normalize('NFC')),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'sample_to_early' satisfies InputCode })
    .refine(({ method, population }) => method !== 'by_size' || SIZED.includes(population), {
      ...{ path: ['method'], error: 'sample_unsized' satisfies InputCode },
    })
    .refine(
      ({ part, population }) => part === '' || STRATA[population].some((one) => part === `${population}:${one}`),
      {
        ...{ path: ['part'], error: 'sample_part_foreign' satisfies InputCode },
      },
    )
    .transform(({ part, ...rest }) => ({ ...rest, part: part === '' ? null : part.slice(part.indexOf(':') + 1) }))
export type SampleInput = z.infer<ReturnType<typeof sampleInput>>

export const PAPER_RESULTS = ['conforming', 'nonconforming', 'not_applicable'] as const
export type PaperResult = (typeof PAPER_RESULTS)[number]

/** Why no finding is raised from what the paper of an item says; null where one may be. */
export function objectionToRaising({ result }: { result: PaperResult }): Objection | null {
  return result === 'nonconforming' ? null : objection('paper_no_finding')
}

/** What the auditor did with one item, found, rests on, and makes of it. */
export const PaperInput = z.object({
  /** Made anew for each rendered form: the same form sent twice is one version. */
  paperId: z.uuid(STALE),
  test: typedText('paper_test_missing', { min: 10 }),
  result: z.enum(PAPER_RESULTS, 'paper_result_missing' satisfies InputCode),
  evidence: typedText('paper_evidence_missing', { min: 5 }),
  conclusion: typedText('paper_conclusion_missing', { min: 10 }),
})
export type PaperInput = z.infer<typeof PaperInput>
