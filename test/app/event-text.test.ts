import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type EventFacts, eventSentence } from '../../app/text/events.ts'
import { eventKindText } from '../../app/text/timeline.ts'
import { EVENT_TYPES, type EventType } from '../../domain/events.ts'
import { EVENT_CATALOGUE, eventCatalogue } from '../../scripts/event-catalogue.ts'

const facts = (type: EventType, more: Partial<EventFacts> = {}): EventFacts => ({
  type,
  personName: 'Dirección TIC',
  positionName: 'Dirección TIC',
  actingForName: null,
  stepCode: '3',
  reasonCode: null,
  contentHash: null,
  changes: [],
  signatureRole: null,
  aboutPerson: null,
  aboutPosition: null,
  ...more,
})

describe('the sentence of an event', () => {
  it('exists for every type, begins with a capital, ends with a full stop and shows no code', () => {
    for (const type of Object.keys(EVENT_TYPES) as EventType[]) {
      const sentence = eventSentence(facts(type))
      expect(sentence, type).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/)
      expect(sentence, type).not.toMatch(/undefined|null|_|\bde el\b|\ba el\b/)
    }
  })

  it('says of a type of a later version that this one does not know it, and gives its code', () => {
    for (const type of ['step.dreamt', 'oracle.spoke', 'constructor']) {
      expect(eventSentence(facts(type as EventType))).toBe(`Hecho de un tipo que esta versión no conoce: ${type}.`)
      expect(eventKindText(type)).toBe('De otra versión')
    }
  })

  it('names the position once when the person is named after it, and the person otherwise', () => {
    expect(eventSentence(facts('step.signed', { contentHash: '7f3a00000000000091c2' }))).toBe(
      'Dirección TIC aprobó el paso 3 · contenido 7f3a…91c2.',
    )
    const export_ = { list: 'actions', format: 'csv_semicolon', rows: 1204, narrowed: true }
    const changes = Object.entries(export_).map(([field, after]) => ({ field, before: null, after }))
    expect(eventSentence(facts('export.made', { changes }))).toBe(
      'Dirección TIC descargó el listado «Acciones de mejora» en CSV separado por punto y coma, con 1.204 filas después de filtrar.',
    )
    expect(eventSentence(facts('step.withdrawn', { personName: 'Encargado TIC' }))).toBe(
      'Dirección TIC (Encargado TIC) retiró el envío del paso 3.',
    )
    expect(eventSentence(facts('cycle.cancelled', { personName: null, positionName: null }))).toBe(
      'El sistema canceló el ejercicio.',
    )
  })

  it('tells a visto bueno from an approval', () => {
    expect(eventSentence(facts('step.signed', { signatureRole: 'consent' }))).toBe(
      'Dirección TIC dio visto bueno al paso 3.',
    )
    expect(eventSentence(facts('step.signed', { signatureRole: 'approver' }))).toBe('Dirección TIC aprobó el paso 3.')
  })

  it('names the hash of the file and the hash of the content by their own names', () => {
    const changes = [{ field: 'sha256', before: null, after: 'd667000054fe' }]
    expect(eventSentence(facts('document.issued', { contentHash: 'e7d800002f4d', changes }))).toBe(
      'Se emitió el informe en PDF · archivo d667…54fe · contenido e7d8…2f4d.',
    )
    const uploaded = [{ field: 'file', before: null, after: '887500000e51f' }]
    expect(eventSentence(facts('source.changed', { contentHash: '887500000e51f', changes: uploaded }))).toBe(
      'Dirección TIC cargó el archivo de una fuente · archivo 8875…e51f.',
    )
  })

  it('counts what a sample holds', () => {
    const drawn = (items: number) => {
      const changes = Object.entries({ code: 'MU-2026-001', items }).map(([field, after]) => ({
        ...{ field, before: null, after },
      }))
      return eventSentence(facts('audit.sample_drawn', { changes }))
    }
    expect(drawn(1)).toBe('Dirección TIC sacó la muestra de auditoría MU-2026-001, de un elemento.')
    expect(drawn(20)).toBe('Dirección TIC sacó la muestra de auditoría MU-2026-001, de 20 elementos.')
  })

  it('tells both dates of a term that moved', () => {
    const changes = [{ field: 'due_date', before: '2026-04-07', after: '2026-04-08' }]
    expect(eventSentence(facts('term.moved', { changes }))).toBe(
      'El plazo del paso 3 cambió del martes 7 de abril de 2026 al miércoles 8 de abril de 2026 por un cambio del calendario.',
    )
  })

  it('says how many a notice told and how many it stands for', () => {
    const change = (field: string, after: string | number) => ({ field, before: null, after })
    const changes = [change('kind', 'overdue-7'), change('recipients', 2), change('catches_up', 2)]
    expect(eventSentence(facts('notice.sent', { changes }))).toBe(
      'Se avisó que sigue vencido el plazo del paso 3: 2 personas. Reemplaza 2 avisos anteriores.',
    )
  })
})

it('the page of events tells the vocabulary of today', () => {
  expect(readFileSync(EVENT_CATALOGUE, 'utf8')).toBe(eventCatalogue())
})
