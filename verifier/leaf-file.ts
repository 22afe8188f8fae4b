/**
 * Leaves of consecutive events as a file that is kept outside: one header line, then one leaf a line in hexadecimal. Where a row
 * and the whole tree over it were made anew, this file is what names the row.
 */
const NAME = 'caracteriza-hojas'
const VERSION = 1
const HEADER = /^caracteriza-hojas (\d{1,9}) (\S+) (\d{1,15}) (\d{1,15})$/
const LEAF = /^[0-9a-f]{64}$/

export interface LeafFile {
  /** Whose log, as its checkpoints say it. */
  origin: string
  /** Place of the first leaf, from 0. */
  from: number
  leaves: string[]
}

/** `code` says why a text is no such file; `line` where. */
export class LeafFileFault extends Error {
  code: 'other_format' | 'newer_version' | 'cut' | 'malformed'
  line: number
  constructor(code: LeafFileFault['code'], line = 0) {
    super(code)
    this.code = code
    this.line = line
  }
}

export function leafFileText({ origin, from, leaves }: LeafFile): string {
  return [`${NAME} ${VERSION} ${origin} ${from} ${leaves.length}`, ...leaves, ''].join('\n')
}

export function isLeafFile(text: string): boolean {
  return text.startsWith(`${NAME} `)
}

/** Throws `LeafFileFault`: its header says how many leaves follow, so that a file that was cut short never passes. */
export function parseLeafFile(text: string): LeafFile {
  const [header = '', ...lines] = text.split('\n')
  const [, version, origin = '', from, count] = HEADER.exec(header) ?? []
  if (version === undefined) throw new LeafFileFault(isLeafFile(text) ? 'cut' : 'other_format')
  if (Number(version) !== VERSION) throw new LeafFileFault('newer_version')
  const leaves = lines.slice(0, -1)
  const wrong = leaves.findIndex((leaf) => !LEAF.test(leaf))
  if (wrong >= 0) throw new LeafFileFault('malformed', wrong + 2)
  if (lines.at(-1) !== '' || leaves.length < Number(count)) throw new LeafFileFault('cut')
  if (leaves.length > Number(count)) throw new LeafFileFault('malformed', Number(count) + 2)
  return { origin, from: Number(from), leaves }
}
