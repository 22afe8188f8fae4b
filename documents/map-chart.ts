/** A count drawn on the places it is of, in five shades; hidden places hatched, those without data left empty. */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber } from '../app/text/format.ts'
import { type MapFeature, matchFeatures, type Point } from '../domain/maps.ts'
import type { Figure } from './figures.ts'
import { escaped, hiddenFill, MUTED, picture, text, tint, WIDTH } from './svg.ts'

const DRAWN_HEIGHT = 460
const CLASSES = 5

export function mapChart(figure: Figure, features: readonly MapFeature[], key: string): string {
  const { values } = matchFeatures(
    features,
    figure.rows.map((row) => row.label),
  )
  const at = projection(features)
  const edges = edgesOf(figure.rows.flatMap((row) => row.total ?? []))
  const shapes = features.map(({ name, polygons }, i) => {
    const place = values[i] ?? null
    const total = place === null ? undefined : (figure.rows[place]?.total ?? null)
    const said = total === undefined ? words.noDataHere : total === null ? words.hidden : formatNumber(total)
    const outline = polygons.flat().map((ring) => `M${ring.map((point) => at(point)).join('L')}Z`)
    const fill =
      total === undefined
        ? `fill="none" stroke="${MUTED}"`
        : total === null
          ? hiddenFill(key)
          : `${tint(classOf(total, edges) / (CLASSES - 1))} stroke="${MUTED}"`
    return `<path d="${outline.join('')}" fill-rule="evenodd" stroke-width="1" ${fill}><title>${escaped(`${name}: ${said}`)}</title></path>`
  })
  return picture(key, DRAWN_HEIGHT + 44, [...shapes, ...legend(edges, key, figure)])
}

/** Degrees to the picture: equirectangular at the middle latitude, as large as fits. */
function projection(features: readonly MapFeature[]): (point: Point) => string {
  let [west, east, south, north] = [180, -180, 90, -90]
  for (const [lon, lat] of features.flatMap(({ polygons }) => polygons.flat(2))) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((WIDTH - 20) / ((east - west) * shrink || 1), (DRAWN_HEIGHT - 20) / (north - south || 1))
  const left = (WIDTH - (east - west) * shrink * scale) / 2
  const top = (DRAWN_HEIGHT - (north - south) * scale) / 2
  return ([lon, lat]) =>
    `${(left + (lon - west) * shrink * scale).toFixed(1)} ${(top + (north - lat) * scale).toFixed(1)}`
}

/** Upper edges of four of the five classes, equal steps between the least and the most that is shown, rounded up. */
function edgesOf(values: number[]): number[] {
  const [least, most] = [Math.min(...values, Number.MAX_SAFE_INTEGER), Math.max(0, ...values)]
  if (values.length === 0 || most <= least) return []
  const step = (most - least) / CLASSES
  const power = 10 ** Math.max(0, Math.floor(Math.log10(step)))
  const edges = Array.from({ length: CLASSES - 1 }, (_, i) => Math.ceil((least + (i + 1) * step) / power) * power)
  return [...new Set(edges)].filter((edge) => edge < most)
}

const classOf = (value: number, edges: number[]) => edges.filter((edge) => value > edge).length

function legend(edges: number[], key: string, figure: Figure): string[] {
  const labels = [
    ...edges.map((edge) => words.upTo(formatNumber(edge))),
    edges.length > 0 ? words.moreThan(formatNumber(edges.at(-1) ?? 0)) : words.count,
  ]
  const isHiding = figure.rows.some((row) => row.total === null)
  const boxes = [
    ...labels.map((label, i) => ({ label, fill: `${tint(i / (CLASSES - 1))} stroke="${MUTED}"` })),
    ...(isHiding ? [{ label: words.hidden, fill: hiddenFill(key) }] : []),
  ]
  const width = WIDTH / boxes.length
  return boxes.map(
    ({ label, fill }, i) =>
      `<rect x="${(i * width + 1).toFixed(1)}" y="${DRAWN_HEIGHT + 8}" width="18" height="18" ${fill}/>${text(label, i * width + 25, DRAWN_HEIGHT + 22, { size: 12 })}`,
  )
}
