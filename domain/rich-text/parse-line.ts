/** Reads the marks within one line of the notation of rich-notation.ts. */
import { type Inline, isSafeAddress, type Mark, type TextNode } from './document.ts'

const LINK = /\[((?:\\.|[^\\[\]])*)\]\(([^()\s]{1,2000})\)/sy
const TOKEN = /\[\[(salto|cifra:([^|\]\s]{1,600})(?:\|([^|\]]{0,60})(?:\|([0-9a-f]{16})?)?)?)\]\]/y
const ESCAPED = '\\*_[]|#->.'

interface Reading {
  line: string
  nodes: Inline[]
  /** Marks opened and not closed yet. */
  on: { bold: boolean; italic: boolean }
}

/** How many letters it took at this place; 0 where what it reads does not stand there. */
type Reader = (reading: Reading, at: number) => number

export function parseLine(line: string): Inline[] {
  const reading: Reading = { line, nodes: [], on: { bold: false, italic: false } }
  for (let at = 0; at < line.length; ) at += READERS.reduce((taken, read) => taken || read(reading, at), 0)
  return reading.nodes
}

/** A number by reference, or a break, that begins here. */
export function tokenAt(line: string, at: number): RegExpExecArray | null {
  return line[at] === '[' ? matchAt(TOKEN, line, at) : null
}

const escaped: Reader = (reading, at) => {
  const [mark, letter = ''] = reading.line.slice(at, at + 2)
  if (mark !== '\\' || letter === '' || !ESCAPED.includes(letter)) return 0
  put(reading, letter)
  return 2
}

const toggle: Reader = ({ line, on }, at) => {
  const two = line.slice(at, at + 2)
  const mark = two === '**' ? 'bold' : two === '__' ? 'italic' : null
  // One that is never closed is letters.
  if (!mark || !(on[mark] || line.includes(two, at + 2))) return 0
  on[mark] = !on[mark]
  return 2
}

const token: Reader = ({ line, nodes }, at) => {
  const found = tokenAt(line, at)
  if (!found) return 0
  const [whole, name, ref = '', shown = '', basis = ''] = found
  nodes.push(name === 'salto' ? { type: 'hardBreak' } : { type: 'number', attrs: { ref, shown, basis } })
  return whole.length
}

const link: Reader = (reading, at) => {
  const [whole = '', words = '', href = ''] = (reading.line[at] === '[' && matchAt(LINK, reading.line, at)) || []
  if (!isSafeAddress(href)) return 0
  for (const inner of parseLine(words)) if (inner.type === 'text') put(reading, inner.text, inner.marks, href)
  return whole.length
}

const letter: Reader = (reading, at) => {
  put(reading, reading.line[at] ?? '')
  return 1
}

const READERS: Reader[] = [escaped, toggle, token, link, letter]

function put({ nodes, on }: Reading, text: string, within: Mark[] = [], href?: string): void {
  const has = (type: 'bold' | 'italic') => on[type] || within.some((mark) => mark.type === type)
  const marks: Mark[] = [
    ...(has('bold') ? [{ type: 'bold' as const }] : []),
    ...(has('italic') ? [{ type: 'italic' as const }] : []),
    ...(href ? [{ type: 'link' as const, attrs: { href } }] : []),
  ]
  const node: TextNode = { type: 'text', text, ...(marks.length > 0 && { marks }) }
  const last = nodes.at(-1)
  if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(node.marks)) last.text += text
  else if (text !== '') nodes.push(node)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
