import { describe, expect, it } from 'vitest'
import { describeFilters, EVERYTHING, filtersFrom, searchOf } from '../../app/text/inbox-address.ts'
import type { InboxFilters } from '../../domain/inbox.ts'

const AGENCY = '01900000-0000-7000-8000-000000000000'
const ALL: Required<InboxFilters> = {
  ...{ group: 'week', step: '3', agency: AGENCY, state: 'in_review', assignee: 'other', priority: 'high' },
  ...{ vigencia: 2026, dueFrom: '2026-11-24', dueTo: '2026-11-30', order: 'priority' },
  ...{ layout: 'table', columns: 'estado.vence' },
}
const SEARCH =
  `grupo=semana&paso=3&dependencia=${AGENCY}&estado=en-revision&asignacion=de-otra&prioridad=alta` +
  '&vigencia=2026&vence-desde=2026-11-24&vence-hasta=2026-11-30&orden=prioridad&vista=tabla&columnas=estado.vence'

describe('the filters of the inbox in an address', () => {
  it('are there and back the same, every one of them', () => {
    expect(searchOf(ALL)).toBe(SEARCH)
    expect(filtersFrom(new URLSearchParams(SEARCH))).toEqual(ALL)
  })

  it('ask for everything by name, because a bare address opens the default view', () => {
    expect(searchOf({})).toBe(EVERYTHING)
    expect(searchOf({ order: 'due' })).toBe(EVERYTHING)
    expect(filtersFrom(new URLSearchParams(EVERYTHING))).toEqual({})
  })

  it('leave out what does not fit', () => {
    const odd = 'grupo=ayer&paso=9&dependencia=x&estado=1&asignacion=&prioridad=max&vigencia=26&vence-desde=2026-02-30'
    expect(filtersFrom(new URLSearchParams(`${odd}&orden=__proto__&vista=mosaico&columnas=nada`))).toEqual({})
  })

  it('are told in words', () => {
    const told = describeFilters(ALL, () => 'Oficina TIC')
    expect(told).toMatch(/^Esta semana · Paso 3 · Oficina TIC · En revisión · De otra persona · Prioridad alta · /)
    expect(told).toMatch(/ · Orden: Prioridad, la más alta primero · como tabla$/)
    expect(describeFilters({}, () => undefined)).toBe('')
    expect(describeFilters({ agency: AGENCY }, () => undefined)).toBe('Dependencia cerrada')
  })
})
