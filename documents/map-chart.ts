/** Counts drawn on the places they are of, in classes told by tint, dots and words; hidden places hatched (F1). */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber, formatShare } from '../app/text/format.ts'
import { mapWords } from '../app/text/maps.ts'
import { mapTitle } from '../catalog/figure-titles.ts'
import { classOf, edgesOf } from '../domain/map-classes.ts'
import { type Division, type DivisionMap, matchDivisions } from '../domain/maps.ts'
import type { Cell, Figure } from './figures.ts'
import { bandOf } from './map-bands.ts'
import { lettered, namesOf } from './map-labels.ts'
import { type Frame, frameHeight, type Shape, shapesIn } from './map-shapes.ts'
import { dots, escaped, hiddenFill, MUTED, picture, text, tint, WIDTH, widthOf, wrapped } from './svg.ts'

const MOST_HEIGHT = 460
const PANEL_GAP = 20
/** Columns of a cross drawn as maps of their own; the table twin has them all. */
const MOST_PANELS = 6

/** What one division shows: undefined where the figure has no value of it. */
type Shown = Cell | undefined

interface Scale {
  edges: number[]
  key: string
  /** A count, or a share where the figure has percentages. */
  words: (value: number) => string
  /** What follows an edge: the next whole count, or the share itself. */
  after: (edge: number) => number
}

const COUNTS = { words: formatNumber, after: (edge: number) => edge + 1 }
const SHARES = { words: formatShare, after: (edge: number) => edge }

/** A map of the figure's rows; of a cross, one for each of its columns. */
export function mapChart(figure: Figure & { map: DivisionMap }, key: string): string {
  return figure.columnHeading === null ? oneMap(figure, key) : panels(figure, key)
}

const labelsOf = (figure: Figure) => figure.rows.map((row) => row.label)

function oneMap(figure: Figure & { map: DivisionMap }, key: string): string {
  const { divisions } = figure.map
  const { values: places } = matchDivisions(divisions, labelsOf(figure))
  const shown = places.map((place): Shown => (place === null ? undefined : (figure.rows[place]?.total ?? null)))
  const scale = { edges: edgesOf(shown.filter(isNumber)), key, ...COUNTS }
  const frame = { left: 0, top: 0, width: WIDTH, height: frameHeight(divisions, WIDTH, 200, MOST_HEIGHT) }
  const shapes = shapesIn(divisions, frame)
  const lines = divisions.map(({ name }, i) => ({ name, said: saidOf(shown[i], scale) }))
  const { labels, legend: names, height } = lettered(shapes, lines, frame.height + 66)
  const parts = [
    ...outlines(shapes, figure.map, shown, scale),
    ...labels,
    ...legendOf(shown, scale, frame.height),
    ...names,
  ]
  return picture(key, height + 22, [...parts, source(figure.map, height + 14)])
}

/** One small map a column, all in the same classes, so that they can be compared. */
function panels(figure: Figure & { map: DivisionMap }, key: string): string {
  const { divisions } = figure.map
  const { values: places } = matchDivisions(divisions, labelsOf(figure))
  const columns = figure.columns.slice(0, MOST_PANELS)
  const at = (place: number | null, c: number): Shown => {
    const row = place === null ? undefined : figure.rows[place]
    return row && ((figure.base ? row.shares?.[c] : row.cells[c]) ?? null)
  }
  const shown = columns.map((_, c) => places.map((place) => at(place, c)))
  const scale = { edges: edgesOf(shown.flat().filter(isNumber)), key, ...(figure.base ? SHARES : COUNTS) }
  const width = (WIDTH - PANEL_GAP) / 2
  const tall = frameHeight(divisions, width, 120, 320) + 30
  const parts = columns.flatMap((column, c) => {
    const [left, top] = [(c % 2) * (width + PANEL_GAP), Math.floor(c / 2) * tall]
    const frame: Frame = { left, top: top + 26, width, height: tall - 30 }
    const title = text(wrapped(column, width, 1)[0] ?? '', left, top + 16, { bold: true })
    const shapes = shapesIn(divisions, frame)
    return [title, ...outlines(shapes, figure.map, shown[c] ?? [], scale), ...numbers(shapes, shown[c] ?? [], scale)]
  })
  const bottom = Math.ceil(columns.length / 2) * tall
  const rest = figure.columns.length - columns.length
  const notes = [figure.base && words.shareOf[figure.base], rest > 0 && mapWords.moreColumns(rest)].filter(Boolean)
  const note = notes.length > 0 ? [text(notes.join(' '), 0, bottom + 60, { size: 12 })] : []
  const height = bottom + (note.length > 0 ? 80 : 62)
  const legend = legendOf(shown.flat(), scale, bottom)
  return picture(key, height + 22, [...parts, ...legend, ...note, source(figure.map, height + 14)])
}

/** The map alone: its divisions with their names. */
export function mapOutline(divisions: readonly Division[], key: string): string {
  const frame = { left: 0, top: 0, width: WIDTH, height: frameHeight(divisions, WIDTH, 200, MOST_HEIGHT) }
  const shapes = shapesIn(divisions, frame)
  const { labels, legend, height } = namesOf(shapes, divisions, frame.height + 24)
  const outlined = shapes.map(({ path }, i) => drawn(path, [`fill="none" stroke="${MUTED}"`], divisions[i]?.name))
  return picture(key, height + 4, [...outlined, ...labels, ...legend])
}

/** How a place without records is drawn: empty, and its outline broken. */
const NO_RECORDS = `fill="none" stroke="${MUTED}" stroke-dasharray="2 3"`

const isNumber = (value: Shown): value is number => typeof value === 'number'

/** «3.412 · alto», «oculto» or that there are no records. */
function saidOf(value: Shown, scale: Scale): string[] {
  if (value === undefined) return [mapWords.nothingHere]
  return value === null ? [words.hidden] : [scale.words(value), bandOf(value, scale.edges)]
}

function outlines(shapes: Shape[], map: DivisionMap, shown: Shown[], scale: Scale): string[] {
  return shapes.map(({ path }, i) => {
    const name = map.divisions[i]?.name ?? ''
    return drawn(path, fillsOf(shown[i], scale), `${name}: ${saidOf(shown[i], scale).join(' · ')}`)
  })
}

/** Fills one over the other; the title stands on the first. */
const drawn = (path: string, fills: string[], title = '') =>
  fills
    .map((fill, i) => {
      const said = i === 0 && title ? `<title>${escaped(title)}</title>` : ''
      return `<path d="${path}" fill-rule="evenodd" ${fill}>${said}</path>`
    })
    .join('')

function fillsOf(value: Shown, scale: Scale): string[] {
  if (value === undefined) return [NO_RECORDS]
  return value === null ? [hiddenFill(scale.key)] : classFills(classOf(value, scale.edges), scale)
}

/** The dots lie over an even tint: tiles with a ground of their own would show their seams in print. */
function classFills(i: number, { edges, key }: Scale): string[] {
  const even = `${tint(strengthOf(i, edges))} stroke="${MUTED}"`
  return i === 0 && edges.length > 0 ? [even] : [even, `fill="url(#${key}k${i})"`]
}

const strengthOf = (i: number, edges: number[]) => (edges.length === 0 ? 0.5 : i / edges.length)

/** The numbers that fit inside their places; the table twin has them all. */
function numbers(shapes: Shape[], shown: Shown[], scale: Scale): string[] {
  return shapes.flatMap(({ label }, i) => {
    const value = shown[i]
    const said = value === null ? words.hidden : value === undefined ? '' : scale.words(value)
    const fits = said !== '' && widthOf(said, 11) < label.width - 2 && label.height > 12
    return fits ? [text(said, label.x, label.y + 4, { size: 11, anchor: 'middle' })] : []
  })
}

/** A box for each class with its word and its range, then the one of hidden places and of those without records. */
function legendOf(shown: Shown[], scale: Scale, top: number): string[] {
  const { edges, key } = scale
  const classes = mapWords.bands(edges.length + 1)
  const defs = `<defs>${classes.map((_, i) => dots(`${key}k${i}`, strengthOf(i, edges))).join('')}</defs>`
  const [any] = shown.filter(isNumber)
  const boxes = [
    ...(any === undefined
      ? []
      : classes.map((band, i) => ({ lines: [band, rangeOf(i, any, scale)], fills: classFills(i, scale) }))),
    ...(shown.includes(null) ? [{ lines: [words.hidden], fills: [hiddenFill(key)] }] : []),
    ...(shown.includes(undefined) ? [{ lines: [mapWords.nothingHere], fills: [NO_RECORDS] }] : []),
  ]
  const width = WIDTH / Math.max(4, boxes.length)
  return [
    defs,
    ...boxes.flatMap(({ lines, fills }, i) => [
      drawn(`M${(i * width + 1).toFixed(1)} ${top + 12}h22v22h-22Z`, fills),
      ...lines.map((line, l) =>
        text(line, i * width + 29, top + 22 + l * 14, { size: width < 110 ? 10 : 11, bold: l === 0 }),
      ),
    ]),
  ]
}

/** «hasta 1.200», «1.201 a 2.400», «más de 4.800», or the one value there is. */
function rangeOf(i: number, any: number, { edges, words: written, after }: Scale): string {
  const [under, upTo] = [edges[i - 1], edges[i]]
  if (under === undefined) return upTo === undefined ? written(any) : mapWords.upTo(written(upTo))
  return upTo === undefined ? mapWords.over(written(under)) : mapWords.between(written(after(under)), written(upTo))
}

const source = (map: DivisionMap, y: number) =>
  text(mapWords.source(mapTitle(map.name, map.version)), 0, y, { size: 11 })
