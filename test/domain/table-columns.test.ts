import { describe, expect, it } from 'vitest'
import { arrangementOf, arrangementValue, movedColumn, withoutColumn } from '../../domain/table-columns.ts'

const USUAL = ['codigo', 'accion', 'responde', 'estado']

describe('the columns of a table', () => {
  it('come as they are where the address says nothing, nothing known, or the same', () => {
    for (const asked of [null, '', 'codigo', 'nada.de.esto', 'accion.responde.estado'])
      expect(arrangementOf(USUAL, asked)).toEqual({ shown: USUAL, hidden: [], isChosen: false })
  })

  it('are those the address names, in its order and each once, behind the one that stays', () => {
    expect(arrangementOf(USUAL, 'estado.accion.estado.otra.codigo')).toEqual({
      shown: ['codigo', 'estado', 'accion'],
      hidden: ['responde'],
      isChosen: true,
    })
    expect(arrangementValue(USUAL, ['codigo', 'estado', 'accion'])).toBe('estado.accion')
    expect(arrangementValue(USUAL, USUAL)).toBeNull()
  })

  it('move one place, never before the one that stays nor beyond the last', () => {
    expect(movedColumn(USUAL, 'responde', -1)).toEqual(['codigo', 'responde', 'accion', 'estado'])
    expect(movedColumn(USUAL, 'responde', 1)).toEqual(['codigo', 'accion', 'estado', 'responde'])
    for (const [key, by] of [
      ['accion', -1],
      ['estado', 1],
      ['codigo', 1],
      ['otra', 1],
    ] as const)
      expect(movedColumn(USUAL, key, by)).toBeNull()
  })

  it('can be hidden all but the one that stays and one more', () => {
    expect(withoutColumn(USUAL, 'accion')).toEqual(['codigo', 'responde', 'estado'])
    expect(withoutColumn(USUAL, 'codigo')).toBeNull()
    expect(withoutColumn(['codigo', 'accion'], 'accion')).toBeNull()
  })
})
