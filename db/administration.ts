import type { Problem, ProblemCode } from '../domain/administration.ts'
import type { FieldChange } from '../domain/events.ts'
import type { EventRecord } from './audit.ts'

/** Whoever changes something outside a procedure, in the position they act in. */
export interface ActingPerson {
  entityId: string
  personId: string
  /** Null only while an entity is being installed. */
  positionId: string | null
  requestId?: string | null
}

/** What an administration change answers: the row, or what is wrong with the input; then nothing was changed. */
export type Saved = { id: string; problems?: undefined } | { id?: undefined; problems: Problem[] }

export function refuse(field: string, code: ProblemCode): { id?: undefined; problems: Problem[] } {
  return { problems: [{ field, code }] }
}

/** The part of an event that says who did it, through the web. */
export function eventBy(actor: ActingPerson): Omit<EventRecord, 'type' | 'objectId'> {
  return {
    entityId: actor.entityId,
    actorPerson: actor.personId,
    actorPosition: actor.positionId,
    origin: 'web',
    requestId: actor.requestId ?? null,
  }
}

type Values = Record<string, FieldChange['before']>

/** Fields that differ; those in `named` hold personal or typed data and appear by name only (model.md §5). */
export function changesBetween(before: Values, after: Values, named: readonly string[] = []): FieldChange[] {
  return Object.keys(after)
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      named.includes(field)
        ? { field, before: null, after: null }
        : { field, before: before[field] ?? null, after: after[field] ?? null },
    )
}
