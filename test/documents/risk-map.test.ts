import { getDocumentProxy } from 'unpdf'
import { expect, it } from 'vitest'
import type { Heat } from '../../documents/risk-heat.ts'
import { riskYearPdf } from '../../documents/risk-year.ts'

const MOMENTS = ['Inherente', 'Declarado', 'Demostrado']
const LEVELS = ['Leve', 'Menor', 'Moderado', 'Mayor', 'Catastrófico']
const AT = '2026-11-27T12:00:00.000Z'

const heat = (title: string): Heat => ({
  ...{ title, columns: LEVELS },
  rows: LEVELS.map((name) => ({ name, cells: LEVELS.map(() => ({ risks: 1, zone: { code: 'B', name: 'Bajo' } })) })),
})

/** Where each title stands: its page, and its place from the left and from below. */
async function placesOf(pdf: Buffer, titles: string[]) {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const places = new Map<string, { page: number; x: number; y: number }>()
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent()
    for (const item of items)
      if ('str' in item && titles.includes(item.str))
        places.set(item.str, { page, x: Math.round(item.transform[4]), y: Math.round(item.transform[5]) })
  }
  return titles.map((title) => places.get(title))
}

const said = { entity: 'E', title: 'T', subtitle: 's', intro: 'i', corner: 'c' }

it('the maps of a second methodology stand below those of the first, as wide as they', async () => {
  const titles = ['v7', 'v6'].flatMap((version) => MOMENTS.map((moment) => `${moment}${version}`))
  const maps = titles.map(heat)
  const places = await placesOf(riskYearPdf({ ...said, maps, parts: [] }, AT), titles)
  const alone = await placesOf(riskYearPdf({ ...said, maps: maps.slice(0, 3), parts: [] }, AT), titles.slice(0, 3))
  expect(places.slice(0, 3)).toEqual(alone)
  expect(places.slice(3).map((place) => place?.x)).toEqual(alone.map((place) => place?.x))
  expect(new Set(alone.map((place) => place?.x)).size).toBe(3)
})
