import { describe, expect, it } from 'vitest'
import { mapsText } from '../../app/text/maps.ts'
import { demoMap } from '../../catalog/demo/divisions.ts'
import {
  divisionsOf,
  MAX_DIVISIONS,
  MAX_POINTS,
  type MapFaultCode,
  proposeProperties,
  readMapFile,
} from '../../domain/geojson.ts'
import { classOf, edgesOf } from '../../domain/map-classes.ts'
import { canDraw, type Division, matchDivisions } from '../../domain/maps.ts'
import { collection, square } from '../support/maps.ts'

const division = (code: string, name: string): Division => ({ code, name, polygons: [] })
const ringed = (...rings: number[][][]) => ({
  ...square(0, { codigo: '1' }),
  geometry: { type: 'Polygon', coordinates: rings },
})
/** Around Santa Marta, in thousandths of a degree. */
const ring = (...points: [number, number][]) => points.map(([x, y]) => [-74.2 + x / 1000, 11.2 + y / 1000])
const BOX = ring([0, 0], [4, 0], [4, 4], [0, 4], [0, 0])
const circle = (points: number) => {
  const at = Array.from({ length: points }, (_, i) => (2 * Math.PI * i) / points)
  const turned = at.map((angle): [number, number] => [Math.cos(angle), Math.sin(angle)])
  return ring(...turned, [1, 0])
}

describe('a file that is no map', () => {
  const shifted = (by: (point: number[]) => number[]) => ringed(BOX.map(by))
  const cases: [MapFaultCode, string][] = [
    ['no_json', '{"type": "FeatureCollection", "features": ['],
    ['no_json', ''],
    ['no_collection', '[]'],
    ['no_collection', JSON.stringify(square(0, {}))],
    ['no_divisions', collection([])],
    ['too_many_divisions', collection(Array(MAX_DIVISIONS + 1).fill(square(0, { codigo: '1' })))],
    ['other_crs', collection([square(0, { c: 1 })], { crs: { properties: { name: 'urn:ogc:def:crs:EPSG::9377' } } })],
    [
      'no_polygon',
      collection([{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [-74, 11] } }]),
    ],
    ['no_polygon', collection([null])],
    ['no_polygon', collection([ringed(BOX.slice(0, 3))])],
    ['open_ring', collection([ringed(BOX.slice(0, 4))])],
    ['flat_ring', collection([ringed(ring([0, 0], [4, 4], [2, 2], [0, 0]))])],
    ['crossed_ring', collection([ringed(ring([0, 0], [4, 4], [4, 0], [0, 6], [0, 0]))])],
    ['hole_outside', collection([ringed(BOX, ring([9, 9], [10, 9], [10, 10], [9, 9]))])],
    ['not_degrees', collection([shifted(([x = 0, y = 0]) => [x * 1e5, y * 1e5])])],
    ['turned_around', collection([shifted(([x = 0, y = 0]) => [y, x])])],
    ['outside_colombia', collection([shifted(([x = 0, y = 0]) => [x + 80, y + 30])])],
    ['long_ring', collection([ringed(circle(10_001))])],
    ['too_many_points', collection(Array(Math.ceil(MAX_POINTS / 9_000)).fill(ringed(circle(9_000))))],
    ['no_properties', collection([square(0, {})])],
  ]
  for (const [i, [code, text]] of cases.entries())
    it(`is told so in a sentence: ${code} (${i})`, () => {
      const read = readMapFile(text)
      expect(read.ok ? [] : read.faults.map((fault) => fault.code)).toEqual([code])
      for (const fault of read.ok ? [] : read.faults) expect(mapsText.fault(fault)).toMatch(/^[A-ZÁÉÍÓÚ].{15,}\.$/)
    })

  it('names each division that is wrong, twenty at most', () => {
    const bad = ringed(BOX.slice(0, 4))
    const read = readMapFile(collection([bad, square(1, { c: 1 }), ...Array(40).fill(bad)]))
    expect(read.ok ? [] : read.faults.map(({ feature }) => feature).slice(0, 3)).toEqual([1, 3, 4])
    expect(read.ok ? 0 : read.faults.length).toBe(20)
  })
})

describe('the properties of a map', () => {
  const features = (...properties: Record<string, unknown>[]) => {
    const read = readMapFile(collection(properties.map((one, i) => square(i, one))))
    if (!read.ok) throw new Error('not a map')
    return read.features
  }

  it('are proposed by what they hold and how they are called', () => {
    const list = features(
      { objectid: 7, area: 12.5, COD_COM: '01', NOMBRE: 'Centro', tipo: 'Urbana' },
      { objectid: 8, area: 12.5, COD_COM: '02', NOMBRE: 'Gaira', tipo: 'Urbana' },
    )
    expect(proposeProperties(list)).toEqual({ code: 'COD_COM', name: 'NOMBRE' })
  })

  it('must give every division a code of its own and a name', () => {
    const list = features({ c: '1', n: 'Centro' }, { c: '1', n: 'Gaira' }, { n: 'Taganga' }, { c: '4' })
    const made = divisionsOf(list, { code: 'c', name: 'n' })
    expect(made.ok ? [] : made.faults).toEqual([
      { code: 'code_repeated', feature: 2, value: '1' },
      { code: 'code_missing', feature: 3 },
      { code: 'name_missing', feature: 4 },
    ])
    expect(divisionsOf(list, { code: 'toString', name: 'n' }).ok).toBe(false)
  })

  it('of the demonstration make thirty-seven divisions', () => {
    const read = readMapFile(demoMap())
    if (!read.ok) throw new Error('not a map')
    expect(proposeProperties(read.features)).toEqual({ code: 'codigo', name: 'nombre' })
    const made = divisionsOf(read.features, { code: 'codigo', name: 'nombre' })
    expect(made.ok && made.divisions.length).toBe(37)
  })
})

describe('values find their divisions', () => {
  const MAP = [division('01', 'Comuna 1'), division('02', 'Pescaíto'), division('R1', 'Corregimiento 3')]

  it('by code or name, whatever their case and accents', () => {
    expect(matchDivisions(MAP, ['PESCAITO', ' comuna  1', '02'])).toEqual({ values: [1, 2, null], left: ['PESCAITO'] })
  })

  it('by their only number, where nothing else has it', () => {
    expect(matchDivisions(MAP, ['3', '1'])).toEqual({ values: [1, null, 0], left: [] })
    const both = [division('C3', 'Comuna 3'), division('R3', 'Corregimiento 3')]
    expect(matchDivisions(both, ['3'])).toEqual({ values: [null, null], left: ['3'] })
    expect(matchDivisions(both, ['Comuna 3'])).toEqual({ values: [0, null], left: [] })
  })

  it('and never «Sin dato»; a variable is drawn with half its values on the map', () => {
    expect(matchDivisions(MAP, ['Sin dato', 'Otra']).left).toEqual(['Otra'])
    expect(canDraw(MAP, ['Comuna 1', 'Pescaíto', 'Sin dato'])).toBe(true)
    expect(canDraw(MAP, ['Comuna 1', 'Sin dato'])).toBe(false)
    expect(canDraw(MAP, ['Comuna 1', 'Pescaíto', 'a', 'b', 'c'])).toBe(false)
  })
})

it('classes have round rising edges, none empty at the ends', () => {
  expect(edgesOf([100, 350, 720, 1_100, 1_240])).toEqual([300, 600, 800, 1_000])
  expect(edgesOf([7, 7])).toEqual([])
  expect(edgesOf([3, 9])).toEqual([6])
  expect(edgesOf([0.12, 0.31, 0.58])).toEqual([0.3, 0.4])
  for (const values of [
    [1, 2],
    [5, 6, 7, 8, 9],
    [0, 4_000_000, 9],
    [0.011, 0.012, 0.5],
  ]) {
    const edges = edgesOf(values)
    expect([...edges].sort((a, b) => a - b)).toEqual(edges)
    expect(classOf(Math.min(...values), edges)).toBe(0)
    expect(classOf(Math.max(...values), edges)).toBe(edges.length)
  }
})
