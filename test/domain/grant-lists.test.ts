import { describe, expect, it } from 'vitest'
import { captureFormOf, dayOf, earlierTwin, hintOf, readList, TEMPLATE_HEADER } from '../../domain/grant-lists.ts'

const record = (line: number, ...cells: string[]) => ({ line, cells })

describe('a list of requests', () => {
  it('is read by the names of its columns, wherever they stand and however they are written', () => {
    const header = ['No.', 'HASTA', 'desde', 'formulario', 'Punto de atencion', 'CORREO']
    const read = readList(header, [
      record(2, '1', '31/12/2026', '1/2/2026', 'F004', ' Ventanilla ', 'a@x.co'),
      record(3, '', ' '),
    ])
    expect(read).toEqual({
      ok: true,
      rows: [{ line: 2, who: 'a@x.co', point: 'Ventanilla', form: 'F004', startsOn: '1/2/2026', endsOn: '31/12/2026' }],
    })
  })

  it('without its columns says which are missing, and without rows that it has none', () => {
    expect(readList(['Nombre', 'Desde'], [record(2, 'x', 'y')])).toEqual({
      ok: false,
      missing: ['who', 'point', 'form', 'endsOn'],
    })
    expect(readList(TEMPLATE_HEADER, [record(2, '', '', ' ')])).toEqual({ ok: false, empty: true })
  })

  it.each([
    ['31/12/2026', '2026-12-31'],
    ['1-2-2026', '2026-02-01'],
    ['2026-12-31', '2026-12-31'],
    ['2026-12-31 00:00', '2026-12-31'],
    ['mañana', 'mañana'],
    ['', ''],
  ])('the day %s is %s', (typed, day) => expect(dayOf(typed)).toBe(day))

  it.each([
    ['f004', 'F004'],
    ['MAGT04.05.P001.F006', 'F006'],
    ['Persona Jurídica', 'F006'],
    ['natural', 'F004'],
    ['F005', null],
    ['', null],
  ])('the form %s is %s', (typed, form) => expect(captureFormOf(typed)).toBe(form))

  it('keeps of a person no more than tells them apart', () => {
    expect(['1082456789', 'secretaria.salud@cali.gov.co', ''].map(hintOf)).toEqual(['…789', 'se…@cali.gov.co', ''])
  })

  it('finds the first of two rows that ask for the same, and none among those that name nobody', () => {
    expect([0, 1, 2, 3].map((at) => earlierTwin(['a', '', 'a', ''], at))).toEqual([null, null, 0, null])
  })
})
