/** Kinds of events as people look for them, and what a timeline is narrowed to (experience 30). */
import { EVENT_TYPES, type EventType } from './events.ts'

type Prefix = EventType extends `${infer P}.${string}` ? P : never

/** What people look for in a timeline. */
export const EVENT_KINDS = [
  ...(['decisions', 'drafts', 'comments', 'terms', 'sources', 'report', 'releases', 'refusals'] as const),
  ...(['people', 'exports', 'system'] as const),
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Kind of the types that begin with each word: every type has one. */
const KINDS: Record<Prefix, EventKind> = {
  ...{ cycle: 'decisions', step: 'decisions', reopening: 'decisions', procedure: 'decisions' },
  ...{ draft: 'drafts', attachment: 'drafts', comment: 'comments', mention: 'comments' },
  ...{ task: 'terms', term: 'terms', notice: 'terms', calendar: 'terms' },
  ...{ source: 'sources', connection: 'sources', fetch: 'sources', import: 'sources', map: 'sources' },
  ...{ attendance: 'sources', variables: 'sources', crosswalk: 'sources' },
  ...{ section: 'report', template: 'report', proposal: 'report', document: 'report' },
  ...{ improvement: 'report', finding: 'report', risk: 'decisions', control: 'decisions', indicator: 'decisions' },
  risk_map: 'decisions',
  methodology: 'decisions',
  ...{ release: 'releases', correction: 'releases', summary: 'releases', act: 'refusals', receipt: 'terms' },
  ...{ session: 'people', entity: 'people', agency: 'people', position: 'people' },
  ...{ person: 'people', account: 'people', tenure: 'people', access: 'people', point: 'people', absence: 'people' },
  ...{ capture: 'people', campaign: 'people', review: 'people' },
  ...{ rights: 'decisions', consent: 'decisions', citizen: 'decisions' },
  ...{ export: 'exports', view: 'exports', audit: 'exports', log: 'system', incident: 'system', check: 'system' },
  ...{ collector: 'system', difference: 'system', retention: 'system', disposal: 'decisions' },
}

export function kindOfEvent(type: EventType): EventKind {
  return KINDS[type.slice(0, type.indexOf('.')) as Prefix]
}

/** The words with which types begin: of a kind, or all of them. */
export function wordsOf(kind?: EventKind): string[] {
  return Object.entries(KINDS).flatMap(([word, one]) => (kind === undefined || one === kind ? [word] : []))
}

/** Kinds that can happen in these types. */
export function kindsOf(types: readonly EventType[]): EventKind[] {
  const present = new Set(types.map(kindOfEvent))
  return EVENT_KINDS.filter((kind) => present.has(kind))
}

/** Types of a kind, and of a set where one is given. */
export function eventsOf(kind: EventKind, among: readonly EventType[] = EVERY_TYPE): EventType[] {
  return among.filter((type) => kindOfEvent(type) === kind)
}

const EVERY_TYPE = Object.keys(EVENT_TYPES) as EventType[]

/** What the administration changed; who came in and out is the audit's business. */
export const ADMINISTRATION_EVENTS: readonly EventType[] = EVERY_TYPE.filter((type) =>
  /^(entity|agency|point|position|person|account|tenure|absence|calendar|procedure|map|template|retention)\./.test(
    type,
  ),
)

/** What a timeline is narrowed to (experience 30); the address carries all of it. */
export interface TimelineFilters {
  kind?: EventKind | undefined
  stepCode?: string | undefined
  /** Who acted, and in which position. */
  personId?: string | undefined
  positionId?: string | undefined
  /** Civil dates in Bogotá, both included. */
  from?: string | undefined
  to?: string | undefined
}

/** Days of which the last comes before the first: nothing can lie between them. */
export function isReversed({ from, to }: TimelineFilters): boolean {
  return from !== undefined && to !== undefined && to < from
}
