/** The index of an evidence pack on paper: as long as paper takes it, and says where the rest is. */
import { expect, it } from 'vitest'
import { printedIndex } from '../../app/pages/pack-index.server.ts'

const section = (rows: number) => ({
  ...{ title: 'Archivos', note: 'Cada uno con su huella.', header: ['Archivo'] },
  rows: Array.from({ length: rows }, (_, i) => [`archivo ${i}`]),
})

it('cuts a table of thousands, and leaves the others as they are', () => {
  const index = {
    entity: 'E',
    title: 'T',
    facts: [],
    stepsTitle: 'S',
    steps: [],
    sections: [section(300), section(5_000)],
  }
  const [short, long] = printedIndex(index).sections
  expect(short).toEqual(section(300))
  expect(long?.rows).toHaveLength(300)
  expect(long?.note).toBe('Cada uno con su huella. Aquí están 300 de 5.000 filas; todas están en indice.html.')
})
