/**
 * A sealed event as it is forwarded: CloudEvents 1.0 around fields of the Elastic Common Schema (decision 0062). Ids, codes, hashes
 * and the product's own names of fields only; whatever is none is left out, so that no text anybody typed can go out this way.
 */
import { isOwnField } from './event-fields.ts'
import { kindOfEvent } from './event-kinds.ts'
import type { EventType } from './events.ts'

export const ECS_VERSION = '8.17'

/** What is read of an event; `fields`: names of what changed, without their values. */
export interface SealedFacts {
  sequence: number
  /** Hex. */
  leaf: string
  id: string
  /** ISO instant with microseconds. */
  at: string
  type: string
  entityId: string
  actorPerson: string | null
  actorPosition: string | null
  actingFor: string | null
  objectType: string
  objectId: string
  objectVersion: string | null
  contentHash: string | null
  fields: string[]
  reasonCode: string | null
  purposeCode: string | null
  cycleId: string | null
  stepCode: string | null
  actId: string | null
  origin: string
  requestId: string | null
  workflowId: string | null
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,159}$/

/** Null of whatever is no id, code or hash. */
function codeOnly(value: string | null): string | null {
  return value !== null && CODE.test(value) ? value : null
}

export function forwardedEvent(facts: SealedFacts) {
  const { sequence, id, at, type, entityId, objectType, objectId } = facts
  return {
    specversion: '1.0',
    id,
    source: `urn:uuid:${entityId}`,
    type: `caracteriza.${type}`,
    time: at,
    subject: `${objectType}/${objectId}`,
    sequence: sequenceText(sequence),
    datacontenttype: 'application/json',
    data: withoutNulls({
      '@timestamp': at,
      ecs: { version: ECS_VERSION },
      event: withoutNulls({
        ...{ kind: 'event', provider: 'caracteriza', dataset: 'caracteriza.log', id, sequence, action: type },
        ...{ category: [categoryOf(type)], type: [kindOf(type)], outcome: outcomeOf(type) },
        ...{ reason: codeOnly(facts.reasonCode), hash: facts.leaf },
      }),
      organization: { id: entityId },
      user: userOf(facts),
      http: facts.requestId === null ? null : { request: { id: codeOnly(facts.requestId) } },
      caracteriza: withoutNulls({
        object: withoutNulls({ type: objectType, id: objectId, version: codeOnly(facts.objectVersion) }),
        content_hash: codeOnly(facts.contentHash),
        changed: facts.fields.filter(isOwnField),
        purpose: codeOnly(facts.purposeCode),
        cycle: facts.cycleId,
        step: codeOnly(facts.stepCode),
        act: facts.actId,
        origin: codeOnly(facts.origin),
        workflow: codeOnly(facts.workflowId),
      }),
    }),
  }
}

export type ForwardedEvent = ReturnType<typeof forwardedEvent>

/** Of the extension `sequence` of CloudEvents: compared as text, it orders as the number does. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(16, '0')
}

function userOf({ actorPerson, actorPosition, actingFor }: SealedFacts) {
  if (actorPerson === null) return null
  return withoutNulls({
    id: actorPerson,
    roles: actorPosition === null ? null : [actorPosition],
    effective: actingFor === null ? null : { id: actingFor },
  })
}

const isRefusal = (type: string) => /[._](refused|denied|failed)$/.test(type)
const isReading = (type: string) => /^(audit|export)\.|[._](read|taken|revealed|consulted)$/.test(type)

/** `event.category` of ECS; types of the record that are none of its own concern data. */
function categoryOf(type: string): 'authentication' | 'iam' | 'configuration' | 'database' {
  if (type.startsWith('session.')) return 'authentication'
  if (/^(person|account|tenure|position|agency|point|absence|access|campaign|review)\./.test(type)) return 'iam'
  return kindOfEvent(type as EventType) === 'system' || /^(entity|connection|procedure)\./.test(type)
    ? 'configuration'
    : 'database'
}

/** `event.type` of ECS. */
function kindOf(type: string): 'denied' | 'access' | 'change' {
  if (isRefusal(type)) return 'denied'
  return isReading(type) ? 'access' : 'change'
}

const outcomeOf = (type: string) => (isRefusal(type) ? 'failure' : 'success')

function withoutNulls<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Partial<T>
}
