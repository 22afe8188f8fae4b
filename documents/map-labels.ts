/** Labels of a map: inside their places where they fit, else a letter there and the words in a list below. */
import { mapWords } from '../app/text/maps.ts'
import type { Shape } from './map-shapes.ts'
import { text, WIDTH, widthOf, wrapped } from './svg.ts'

interface Labelled {
  labels: string[]
  /** The list of letters. */
  legend: string[]
  /** Where the list ends. */
  height: number
}

interface Line {
  name: string
  /** What follows the name, a line each. */
  said: string[]
}

const SIZE = 11
const LINE = 13
/** From where a line of the list begins to where its words do. */
const INDENT = 24

/** Names with what is said of each; the list begins at `top`. */
export function lettered(shapes: readonly Shape[], lines: readonly Line[], top: number): Labelled {
  const labels: string[] = []
  const listed: string[] = []
  for (const [i, { label }] of shapes.entries()) {
    const { name, said } = lines[i] as Line
    const rows = [name, ...said]
    const fits = rows.every((row) => widthOf(row, SIZE) < label.width - 4) && rows.length * LINE < label.height
    const shown = fits ? rows : [letterOf(listed.length)]
    if (!fits) listed.push(mapWords.listed(name, said))
    const first = label.y + 4 - ((shown.length - 1) * LINE) / 2
    labels.push(
      ...shown.map((row, r) =>
        text(row, label.x, first + r * LINE, { size: SIZE, anchor: 'middle', bold: !fits || r === 1 }),
      ),
    )
  }
  return { labels, ...listOf(listed, top) }
}

/** The names alone. */
export const namesOf = (shapes: readonly Shape[], divisions: readonly { name: string }[], top: number): Labelled =>
  lettered(
    shapes,
    divisions.map(({ name }) => ({ name, said: [] })),
    top,
  )

/** In columns read downwards, each line begun by its letter: three, or two where a line would not fit in a third. */
function listOf(listed: string[], top: number): Pick<Labelled, 'legend' | 'height'> {
  if (listed.length === 0) return { legend: [], height: top }
  const room = (columns: number) => WIDTH / columns - INDENT - 10
  const columns = listed.every((words) => widthOf(words, SIZE) <= room(3)) ? 3 : 2
  const [rows, width] = [Math.ceil(listed.length / columns), WIDTH / columns]
  const legend = listed.flatMap((words, i) => {
    const [x, y] = [Math.floor(i / rows) * width, top + (i % rows) * 16]
    return [
      text(letterOf(i), x, y, { size: SIZE, bold: true }),
      text(wrapped(words, room(columns), 1, SIZE)[0] ?? '', x + INDENT, y, { size: SIZE }),
    ]
  })
  return { legend, height: top + (rows - 1) * 16 + 8 }
}

/** A, B, … Z, AA, AB …: letters, since numbers beside numbers would be read as counts. */
function letterOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26))
  return i < 26 ? last : `${letterOf(Math.floor(i / 26) - 1)}${last}`
}
