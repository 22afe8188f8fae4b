import { expect, it } from 'vitest'
import { logFaultSentence } from '../../app/text/log-faults.ts'
import type { LogFault } from '../../domain/log-faults.ts'

const eventId = 'x'
const at = '2026-11-27T17:05:00Z'
const of = { n: 1_233, eventId }
const range = { from: 1_000, to: 2_000 }

it.each<[LogFault, string]>([
  [{ code: 'leaf_missing', n: 0 }, 'Falta el sello del hecho n.º 1: alguien lo quitó de la bitácora.'],
  [
    { code: 'event_missing', ...of },
    'El hecho n.º 1.234 (27 de noviembre de 2026, 12:05) se selló y ya no está en la bitácora: alguien lo borró.',
  ],
  [
    { code: 'event_changed', ...of },
    'El hecho n.º 1.234 (27 de noviembre de 2026, 12:05) no es el que se selló: alguien lo cambió después.',
  ],
  [
    { code: 'out_of_order', ...of },
    'El hecho n.º 1.234 (27 de noviembre de 2026, 12:05) está fuera de su orden: alguien movió los sellos.',
  ],
  [
    { code: 'held_leaf_differs', ...of },
    'El hecho n.º 1.234 (27 de noviembre de 2026, 12:05) no es el que usted guardó: alguien lo cambió y rehízo su sello.',
  ],
  [
    { code: 'event_unsealed', eventId },
    'Un hecho del 27 de noviembre de 2026, 12:05 está en la bitácora, detrás de lo ya sellado, sin sello: alguien lo agregó después.',
  ],
  [
    { code: 'root_differs', ...range },
    'Entre los hechos n.º 1.001 y n.º 2.000 la bitácora no es la que se firmó: alguien rehízo los sellos.',
  ],
  [
    { code: 'held_root_differs', from: 6, to: 7 },
    'En el hecho n.º 7 la bitácora no es la del punto de control que usted guardó: alguien la rehízo y la firmó de nuevo.',
  ],
  [
    { code: 'tail_cut', ...range },
    'La bitácora termina en el hecho n.º 1.000 y estaba sellada hasta el n.º 2.000: alguien quitó el final o restauró una copia vieja.',
  ],
  [
    { code: 'note_differs', to: 7 },
    'El punto de control de 7 hechos no dice lo mismo que su firma: alguien lo cambió.',
  ],
  [
    { code: 'note_unsigned', to: 7, reason: 'unknown_key' },
    'El punto de control de 7 hechos no vale: está firmado con una llave que la entidad no tiene.',
  ],
])('%o is said in plain words', (fault, sentence) => {
  expect(logFaultSentence(fault, at)).toBe(sentence)
})

it('leaves the moment out where nobody knows it', () => {
  expect(logFaultSentence({ code: 'event_missing', n: 4, eventId })).toBe(
    'El hecho n.º 5 se selló y ya no está en la bitácora: alguien lo borró.',
  )
})
