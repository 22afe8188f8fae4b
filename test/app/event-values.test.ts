/** What a field of an event held, as its page says it: in words, and without a code, an id or a whole hash. */
import { expect, it } from 'vitest'
import { eventValues, namedField } from '../../app/text/event-values.ts'

const AGENCY = '01900000-0000-7000-8000-000000000000'
const named = { duties: { direccion_tic: 'Dirección de TIC' }, agencies: new Map([[AGENCY, 'Secretaría de Salud']]) }
type Value = string | number | boolean | null

it.each<[string, Value, Value, string, string]>([
  ['as_of', null, '2026-08-24', '—', 'lunes 24 de agosto de 2026'],
  ['ended_on', null, '2026-08-24', '—', 'lunes 24 de agosto de 2026'],
  ['day', 3, 15, '3', '15'],
  ['month', 3, 11, 'marzo', 'noviembre'],
  ['port', null, 5432, '—', '5432'],
  ['minimum_cell', 5, 1200, '5', '1.200'],
  ['tls', 'verified', 'none', 'Cifrada', 'Sin cifrar'],
  ['on_silence', 'keep', 'retire', 'Siguen como están', 'Se retiran'],
  ['duty', 'profesional_tic', 'direccion_tic', 'Profesional TIC', 'Dirección de TIC'],
  [
    'rights_duties',
    'profesional_sig',
    'profesional_sig, direccion_tic',
    'Profesional SIG',
    'Profesional SIG, Dirección de TIC',
  ],
  ['shield_hash', null, '7f3a00000000000091c2', '—', '7f3a…91c2'],
  ['parent_id', AGENCY, '01900000-0000-7000-8000-000000000009', 'Secretaría de Salud', 'Otro'],
  ['heads_agency', true, false, 'Sí', 'No'],
  ['second_factor_required', false, true, 'No', 'Sí'],
  ['vigencia', 2025, 2026, '2025', '2026'],
  ['due_date', '2026-08-24', null, 'lunes 24 de agosto de 2026', '—'],
  ['publish_at', null, '2026-08-24T15:00:00.000Z', '—', '24 de agosto de 2026, 10:00'],
  ['file', null, '7f3a'.repeat(16), '—', '7f3a…7f3a'],
  ['found', null, 28, '—', '28'],
  ['campaign', null, AGENCY, '—', 'Otro'],
  ['risk', null, 'R-001', '—', 'R-001'],
  ['name', 'Salud', 'Secretaría de Salud', 'Salud', 'Secretaría de Salud'],
  ['email', null, null, 'No se guarda: solo que cambió', 'No se guarda: solo que cambió'],
])('of «%s» from %s to %s', (field, before, after, was, is) => {
  expect(namedField(field)).toBeTruthy()
  expect(eventValues({ field, before, after }, named)).toEqual({ before: was, after: is })
})

it('names each field as a person does, and none by its code', () => {
  const named = ['body_hash', 'central_years', 'from_date', 'looked_at', 'minutes', 'seed_hash'].map(namedField)
  expect(named.filter((name) => !name || /[_A-Z]/.test(name))).toEqual([])
  expect(namedField('status')).toBeUndefined()
})
