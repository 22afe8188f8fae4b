import { describe, expect, test } from 'vitest'
import { renderChart } from '../../documents/charts.ts'
import { altText, figureOf, tableTwin } from '../../documents/figures.ts'
import { channelFigure, crossFigure } from './samples.ts'

describe('charts', () => {
  test.each(['bar', 'pie'] as const)('a %s marks hidden cells and gives them no number', (kind) => {
    const { svg } = renderChart(channelFigure, kind)
    expect(svg).toContain('200.142')
    expect(svg).toContain('59,19 %')
    expect(svg).toContain('oculto')
    expect(svg).toContain('<pattern')
    expect(svg).not.toContain('45.490')
  })

  test('a heat table gives each shown cell its number, and hidden ones a hatch that is the same for all', () => {
    const { svg, alt } = renderChart(crossFigure, 'heat')
    expect(svg).toContain('>1.000<')
    expect(svg.match(/fill="url\(#c[0-9a-f]{20}-hatch\)"/g)).toHaveLength(3)
    expect(alt).toMatch(/^Tabla de calor\. Canal por zona\./)
  })

  test('a cross by a third variable draws the rows of each of its values under its name', () => {
    const { rows, columnTotals, total } = crossFigure
    const layers = ['Mujer', 'Hombre'].map((label) => ({ label, rows, columnTotals, total }))
    const figure = { ...crossFigure, layerHeading: 'Sexo', layers }
    expect(renderChart(figure, 'heat').svg).toContain('Mujer · Presencial')
    expect(tableTwin(figure).rows[0]).toEqual(['Mujer · Presencial', '1.000', '200', 'oculto', '1.210'])
    expect(tableTwin(figure).rows.at(-1)?.[0]).toBe('Todos · Total')
    expect(altText(figure, 'heat')).toContain('Según Sexo: Mujer, Hombre.')
  })

  test('a map tells its places by number and word, hides what is hidden, and lists what has no place', () => {
    const divisions = ['Presencial', 'Virtual', 'Telefónico', 'Correo'].map((name, i) => {
      const [west, east] = [-74.2 + i / 10, -74.1 + i / 10]
      const ring = [west, east, east, west, west].map((lon, p): [number, number] => [lon, p < 2 || p === 4 ? 11 : 11.1])
      return { code: String(i), name, polygons: [[ring]] }
    })
    const map = { hash: 'ab', name: 'Canales', version: 2, divisions }
    const { svg, alt } = renderChart({ ...channelFigure, map }, 'map')
    expect(svg).toContain('<title>Presencial: 200.142 · alto</title>')
    expect(svg).toContain('<title>Virtual: 92.510 · bajo</title>')
    expect(svg).toContain('<title>Telefónico: oculto</title>')
    expect(svg).toContain('<title>Correo: sin registros</title>')
    expect(svg).not.toContain('45.490')
    expect(alt).toContain('Presencial: 200.142 (59,19 %), alto')
    expect(alt).toContain('Sin lugar en el mapa: Otro "canal" <b>.')
    expect(tableTwin({ ...channelFigure, map }).note).toContain('Sin lugar en el mapa')
    const panels = renderChart({ ...crossFigure, map, base: 'rows' }, 'map').svg
    expect(panels.match(/<title>Presencial: /g)).toHaveLength(3)
    expect(panels.match(/<title>Virtual: oculto/g)).toHaveLength(3)
    const { alt: without, svg: bars } = renderChart(channelFigure, 'map')
    expect([without.startsWith('Gráfica de barras.'), bars.includes('200.142')]).toEqual([true, true])
  })

  test('fits its page, follows its colours and says what it shows', () => {
    const { svg, alt } = renderChart(channelFigure, 'bar')
    expect(svg).toMatch(/^<svg role="img" aria-label="Gráfica de barras\. Canal de atención\./)
    expect(svg).toContain('max-width:100%')
    expect(svg).toMatch(/viewBox="0 0 720 \d+"/)
    expect(svg).toContain('currentColor')
    expect(svg).not.toContain('<b>')
    expect(alt).toContain('Presencial: 200.142 (59,19 %)')
    expect(alt).toContain('Telefónico: oculto')
  })

  test('the same figure is the same drawing', () => {
    const once = renderChart(crossFigure, 'stacked').svg
    renderChart(channelFigure, 'pie')
    expect(renderChart(crossFigure, 'stacked').svg).toBe(once)
    expect(renderChart(crossFigure, 'stacked', 'print').svg).not.toContain('currentColor')
  })

  test('hidden cells are all drawn alike, whatever they hide', () => {
    const { svg } = renderChart(crossFigure, 'stacked')
    const widths = [
      ...svg.matchAll(/l([\d.]+) 0l0 [\d.]+l-[\d.]+ 0Z" fill="url[^"]*" stroke="#7a8594" stroke-dasharray/g),
    ]
    expect(widths).toHaveLength(3)
    expect(new Set(widths.map(([, width]) => Math.round(Number(width)))).size).toBe(1)
  })

  test('the table twin holds the same figures as text', () => {
    expect(tableTwin(channelFigure).rows).toEqual([
      ['Presencial', '200.142', '59,19 %'],
      ['Virtual', '92.510', '27,36 %'],
      ['Telefónico', 'oculto', ''],
      ['Otro "canal" <b>', 'oculto', ''],
      ['Total', '338.142', '100,00 %'],
    ])
    expect(tableTwin(crossFigure).rows.at(-1)).toEqual(['Total', '1.500', 'oculto', 'oculto', '1.730'])
    expect(tableTwin(crossFigure).note).toContain('oculto')
  })

  test('an emitted table keeps its hidden cells hidden', () => {
    const cell = (value: number | null) => ({ value, mark: value === null ? ('primary' as const) : null })
    const figure = figureOf('f', 'Zona', {
      ...{ kind: 'count', level: 'publico', columns: null, rowTotals: [cell(9), cell(null)], columnTotals: [] },
      rows: { variable: 'zona', label: 'Zona', sensitive: false, values: ['Urbana', 'Rural'] },
      cells: [[cell(9)], [cell(null)]],
      ...{ total: cell(null), threshold: 5, thresholdUnit: 'records', snapshotHash: 'ab', notice: null, filter: [] },
      ...{ method: [], layers: null, slices: [], version: { rules: 1, code: 1 } },
    })
    expect(figure.rows.map((row) => row.total)).toEqual([9, null])
    expect(altText(figure, 'bar')).toContain('Rural: oculto')
  })
})
