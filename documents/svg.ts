/** What the drawings share: colours, the hatch of hidden numbers, and text that cannot become markup. */

export const WIDTH = 720
/** One accent and its kin, mid tones that keep 3:1 against white and against the dark ground. */
export const PALETTE = ['#3f74d1', '#b0702a', '#2f8f83', '#9a5bb0', '#7a8594', '#c2557a', '#6b8e23', '#4d9bc7']
const ACCENT = '#3f74d1'
export const MUTED = '#7a8594'
/** Stands for the colour of the text around the chart; replaced by `currentColor` on pages. */
export const INK = '#1f2328'

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A whole picture of `WIDTH` by `height`; `key` starts the names of its parts, so that two pictures fit in one page. */
export function picture(key: string, height: number, parts: string[]): string {
  const hatch = `<pattern id="${key}hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${MUTED}" stroke-width="2"/></pattern>`
  return `<svg viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg"><defs>${hatch}</defs>${parts.join('')}</svg>`
}

/** Width and height of a picture in its own units. */
export function sizeOf(svg: string): { width: number; height: number } {
  const [, width = WIDTH, height = 400] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  return { width: Number(width), height: Number(height) }
}

/** How a hidden number is filled: the same for all, whatever it hides. */
export const hiddenFill = (key: string) => `fill="url(#${key}hatch)" stroke="${MUTED}" stroke-dasharray="4 3"`

/** A tint of the accent that text stays readable on, in light and in dark; `strength` from 0 to 1. */
export const tint = (strength: number) => `fill="${ACCENT}" fill-opacity="${(0.06 + 0.5 * strength).toFixed(3)}"`

/** Dots to lay over a tint, the more and the larger the stronger: what it says is seen without its colour too. */
export function dots(id: string, strength: number): string {
  const [gap, radius] = [Math.round(13 - 7 * strength), 0.6 + 1.1 * strength]
  const dot = `<circle cx="${gap / 2}" cy="${gap / 2}" r="${radius.toFixed(2)}" fill="${ACCENT}" fill-opacity="0.45"/>`
  return `<pattern id="${id}" width="${gap}" height="${gap}" patternUnits="userSpaceOnUse">${dot}</pattern>`
}

/** About how wide a text is drawn, in the units of the picture. */
export const widthOf = (words: string, size: number) => words.length * size * 0.56

interface TextOptions {
  size?: number
  anchor?: 'start' | 'middle' | 'end'
  bold?: boolean
  /** Degrees around its own start. */
  turn?: number
}

export function text(words: string, x: number, y: number, options: TextOptions = {}): string {
  const { size = 13, anchor = 'start', bold, turn } = options
  const turned = turn ? ` transform="rotate(${turn} ${x} ${y})"` : ''
  const weight = bold ? ' font-weight="bold"' : ''
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="${INK}" text-anchor="${anchor}"${weight}${turned}>${escaped(words)}</text>`
}

/** Words in at most `most` lines of about `width` units; what does not fit ends in an ellipsis. */
export function wrapped(words: string, width: number, most: number, size = 13): string[] {
  const letters = Math.max(3, Math.floor(width / (size * 0.56)))
  const lines: string[] = []
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const kept = lines.slice(0, most)
  return kept.map((line, i) => {
    const isCut = line.length > letters || (i === most - 1 && lines.length > most)
    return isCut ? `${line.slice(0, letters - 1)}…` : line
  })
}
