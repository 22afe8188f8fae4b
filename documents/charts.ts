/** Charts as SVG text, drawn on the server; the same drawing goes to pages and to the PDF. */
import { createHash } from 'node:crypto'
import { BarChart, HeatmapChart, PieChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { figureWords as words } from '../app/text/documents.ts'
import { type ChartKind, chartFor } from '../domain/figures.ts'
import type { Division } from '../domain/maps.ts'
import { barOption, heightOfBars, histogramOption, pieOption, stackedOption, TEXT } from './chart-options.ts'
import { altText, type Figure, type FigureRow } from './figures.ts'
import { heatChart } from './heat-chart.ts'
import { mapChart, mapOutline } from './map-chart.ts'
import { escaped, INK, WIDTH } from './svg.ts'

use([BarChart, HeatmapChart, PieChart, AriaComponent, GridComponent, LegendComponent, VisualMapComponent, SVGRenderer])

export interface Chart {
  svg: string
  alt: string
}

/** The same figure is the same drawing, and a page that is read again need not draw it again. */
const drawings = new Map<string, Chart>()
const MOST_DRAWINGS = 300

/**
 * `page`: takes the colours of the page it stands in, light or dark. `print`: black text. A map whose divisions are not
 * given is drawn as any other figure.
 */
export function renderChart(figure: Figure, asked: ChartKind, target: 'page' | 'print' = 'page'): Chart {
  const kind =
    asked === 'map' && !figure.map ? chartFor({ kind: figure.columnHeading ? 'cross' : 'count', chart: null }) : asked
  const key = keyOf(figure, kind)
  const known = drawings.get(`${target} ${key}`)
  if (known) return known
  const chart = drawn(figure, kind, target, key)
  drawings.set(`${target} ${key}`, chart)
  const [oldest] = drawings.keys()
  if (drawings.size > MOST_DRAWINGS && oldest) drawings.delete(oldest)
  return chart
}

/** A drawing of the library that is no figure of a snapshot, finished as figures are; `height` in units of the picture. */
export function optionChart(option: object, { height, alt, target }: ChartLook): Chart {
  const key = `c${createHash('sha256')
    .update(JSON.stringify([option, alt]))
    .digest('hex')
    .slice(0, 20)}-`
  return { svg: finish(draw(option, height), alt, target, key), alt }
}

interface ChartLook {
  height: number
  alt: string
  target: 'page' | 'print'
}

/** Divisions alone, without any number. */
export function mapPicture(divisions: readonly Division[], alt: string): Chart {
  const key = `c${createHash('sha256').update(JSON.stringify(divisions)).digest('hex').slice(0, 20)}-`
  return { svg: finish(mapOutline(divisions, key), alt, 'page', key), alt }
}

function drawn(figure: Figure, kind: ChartKind, target: 'page' | 'print', key: string): Chart {
  const alt = altText(figure, kind)
  return { svg: finish(drawingOf(figure, kind, key), alt, target, key), alt }
}

function drawingOf(figure: Figure, kind: ChartKind, key: string): string {
  const rows = rowsOf(figure)
  if (kind === 'heat') return heatChart(figure, rows, key)
  if (kind === 'map' && figure.map) return mapChart({ ...figure, map: figure.map }, key)
  if (kind === 'pie') return draw(pieOption(figure), 340)
  if (kind === 'stacked' || (kind === 'map' && figure.columnHeading))
    return draw(stackedOption(figure, rows), heightOfBars(figure, kind, rows.length))
  if (kind === 'histogram') return draw(histogramOption(figure), 340)
  return draw(barOption(figure), heightOfBars(figure, 'bar', rows.length))
}

/** Longer than this, a chart of layers shows them all together. */
const MOST_ROWS = 120

/** The rows a chart draws: those of each layer under its name, where there are layers. */
function rowsOf({ rows, layers = [] }: Figure): FigureRow[] {
  const layered = layers.flatMap((layer) =>
    layer.rows.map((row) => ({ ...row, label: words.inLayer(layer.label, row.label) })),
  )
  return layered.length > 0 && layered.length <= MOST_ROWS ? layered : rows
}

function draw(option: object, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  const common = { animation: false, textStyle: TEXT, aria: { enabled: true, decal: { show: true } } }
  try {
    chart.setOption({ ...common, ...option } as Parameters<typeof chart.setOption>[0])
    return chart.renderToSVGString()
  } finally {
    // Without this the library's timers keep the process alive.
    chart.dispose()
  }
}

/** Names of its parts follow from the content: the same figure is the same bytes, and two of them fit in one page. */
function keyOf({ map, ...figure }: Figure, kind: ChartKind): string {
  const hash = createHash('sha256').update(JSON.stringify([kind, figure, map?.hash, map?.name, map?.version]))
  return `c${hash.digest('hex').slice(0, 20)}-`
}

function finish(picture: string, alt: string, target: 'page' | 'print', key: string): string {
  const svg = picture
    .replaceAll(/zr\d+-/g, key)
    .replaceAll(/ ecmeta_\w+="[^"]*"/g, '')
    .replaceAll(/<style\s*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ class="[^"]*"/g, '')
    .replace(/<svg width="\d+" height="\d+"/, '<svg')
  if (target === 'print') return svg
  return svg
    .replaceAll(INK, 'currentColor')
    .replace('<svg', `<svg role="img" aria-label="${escaped(alt)}" style="max-width:100%;height:auto;display:block"`)
}
