/** The filters of a timeline, in an address in Spanish and in words. What does not fit is left out. */
import { isCivilDate } from '../../domain/civil-dates.ts'
import { EVENT_KINDS, type EventKind, kindOfEvent, type TimelineFilters } from '../../domain/event-kinds.ts'
import { isKnownEvent } from '../../domain/events.ts'
import { isId } from '../../domain/ids.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import type { SubjectKind } from '../../domain/timeline.ts'
import { formatDate } from './format.ts'

const KINDS: Record<EventKind, string> = {
  decisions: 'Envíos y decisiones',
  drafts: 'Borradores y archivos',
  comments: 'Comentarios',
  terms: 'Tareas, plazos y avisos',
  sources: 'Fuentes, variables y mapas',
  report: 'Informe y mejora',
  releases: 'Publicación y resultados',
  refusals: 'Intentos que no se permitieron',
  people: 'Personas, cargos y accesos',
  exports: 'Descargas y vistas',
  system: 'Incidencias',
}

/** The value an address carries for each kind; a kind keeps its place in the list of `domain/events.ts`. */
const KIND_VALUES: Record<EventKind, string> = {
  decisions: 'decisiones',
  drafts: 'borradores',
  comments: 'comentarios',
  terms: 'plazos',
  sources: 'fuentes',
  report: 'informe',
  releases: 'publicacion',
  refusals: 'rechazos',
  people: 'personas',
  exports: 'descargas',
  system: 'incidencias',
}

/** Names of the parameters; `hecho` is what a page says it has done (`DoneNotice`). */
export const TIMELINE_NAMES: Record<keyof TimelineFilters, string> = {
  kind: 'clase',
  stepCode: 'paso',
  personId: 'persona',
  positionId: 'cargo',
  from: 'del',
  to: 'al',
}

export function timelineFilters(search: URLSearchParams): TimelineFilters {
  const asked = (filter: keyof TimelineFilters) => search.get(TIMELINE_NAMES[filter]) ?? ''
  const id = (filter: 'personId' | 'positionId') => (isId(asked(filter)) ? asked(filter) : undefined)
  const day = (filter: 'from' | 'to') => (isCivilDate(asked(filter)) ? asked(filter) : undefined)
  const filters: TimelineFilters = {
    kind: EVENT_KINDS.find((kind) => KIND_VALUES[kind] === asked('kind')),
    stepCode: STEP_CODES.find((code) => code === asked('stepCode')),
    personId: id('personId'),
    positionId: id('positionId'),
    from: day('from'),
    to: day('to'),
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** What the form says of each day an address asks for that no calendar has: the list is not narrowed by it. */
export const unrealDays = (search: URLSearchParams): string[] =>
  (['from', 'to'] as const).flatMap((filter) => {
    const asked = search.get(TIMELINE_NAMES[filter])
    return asked && !isCivilDate(asked) ? [timelineText.unreal(timelineText[filter])] : []
  })

/** Of a list of readings, which are all of one kind and of no step. */
export function readingFilters(search: URLSearchParams): TimelineFilters {
  const { kind: _kind, stepCode: _step, ...filters } = timelineFilters(search)
  return filters
}

export const eventKindValue = (kind: EventKind) => KIND_VALUES[kind]
export const eventKindName = (kind: EventKind) => KINDS[kind]
export const eventKindText = (type: string) =>
  isKnownEvent(type) ? KINDS[kindOfEvent(type)] : timelineText.unknownKind

/** Who may be asked for: those who did something here. */
export interface TimelineActors {
  people: { id: string; name: string }[]
  positions: { id: string; name: string }[]
}

/** By what a timeline may be narrowed. */
export type TimelineChoices = TimelineActors & { kinds: EventKind[] }

/** Names the subject in the address of its list. */
export const SUBJECT_NAMES: Record<SubjectKind, string> = {
  cycle: 'ejercicio',
  grant: 'acceso',
  campaign: 'campana',
  run: 'ejecucion',
  risk: 'riesgo',
  collector: 'destino',
  release: 'publicacion',
}

/** Where the next page of a timeline begins; its page may have other lists. */
export const HISTORY_CURSOR = 'historia'

/** Id of the part of a page that a timeline stands in. */
export const HISTORY_SECTION = 'historia'

/** «Envíos y decisiones · Paso 3 · del 1 de marzo de 2026»; nothing where nothing is asked. */
export function describeTimeline(filters: TimelineFilters, { people, positions }: TimelineActors): string {
  const { kind, stepCode, personId, positionId, from, to } = filters
  const nameIn = (those: { id: string; name: string }[], id: string | undefined) =>
    id && (those.find((one) => one.id === id)?.name ?? timelineText.unknown)
  const parts = [
    kind && KINDS[kind],
    stepCode && `${timelineText.step} ${stepCode}`,
    nameIn(people, personId),
    nameIn(positions, positionId),
    from && timelineText.since(from),
    to && timelineText.upTo(to),
  ]
  return parts.filter(Boolean).join(' · ')
}

export const timelineText = {
  beside: 'Junto a la historia',
  title: 'Historia',
  /** «Filtrar la historia: Paso 3». */
  label: (words: string) => `Filtrar la historia${words ? `: ${words}` : ''}`,
  kind: 'Clase de hecho',
  anyKind: 'Todas',
  step: 'Paso',
  anyStep: 'Todos los pasos',
  person: 'Persona',
  anyPerson: 'Cualquiera',
  position: 'Cargo',
  anyPosition: 'Cualquiera',
  from: 'Desde el día',
  to: 'Hasta el día',
  apply: 'Filtrar',
  clear: 'Quitar filtros',
  unknownKind: 'De otra versión',
  unknown: 'una persona sin actuaciones aquí',
  since: (day: string) => `desde el ${formatDate(day)}`,
  upTo: (day: string) => `hasta el ${formatDate(day)}`,
  nothingYet: 'Todavía no ha pasado nada.',
  toContent: 'Ver el contenido',
  toGrant: 'Ver el acceso',
  unreal: (field: string) =>
    `La fecha de «${field}» no existe en el calendario: la lista no se filtró por ella. Elija otra y filtre de nuevo.`,
  reversed: 'La fecha «Desde el día» es posterior a «Hasta el día»: cámbielas para ver lo que pasó entre las dos.',
  nothing: 'Nada de lo que pasó cumple estos filtros. Quite alguno para ver lo demás.',
}
