import { describe, expect, it } from 'vitest'
import { maskedText } from '../../domain/masked-text.ts'

describe('text that leaves the product', () => {
  it('says no number of a document, no telephone and no address of mail', () => {
    for (const [typed, shown] of [
      ['La señora con cédula 52.345.678 pidió', 'La señora con cédula ▮▮▮ pidió'],
      ['CC 1082345678.', 'CC ▮▮▮.'],
      ['Llamar al 300 123 4567 o al +57 3001234567', 'Llamar al ▮▮▮ o al ▮▮▮'],
      ['Escribió ana.perez@correo.gov.co ayer', 'Escribió ▮▮▮ ayer'],
    ])
      expect(maskedText(typed ?? '')).toBe(shown)
  })

  it('leaves dates, codes and small numbers as they are', () => {
    for (const text of [
      'El 2026-11-27',
      'Muestra MA-2026-001, elemento 12',
      'Artículo 15 de 2012',
      'PQR-2026-000123',
      '20 de 400',
    ])
      expect(maskedText(text)).toBe(text)
  })
})
