/** Proofs as files that are handed on: of one event («comprobante») and of the growth of a log. Form 1 of both. */
import { readBase64 } from './base64.ts'

const EVENT = 'caracteriza-comprobante'
const GROWTH = 'caracteriza-crecimiento'
const VERSION = 1
/** Characters: far beyond the longest event with its path. */
const LARGEST = 4_000_000
/** Of a file with more bytes than this the text is too long, whatever its letters. */
export const MOST_PROOF_BYTES = 4 * LARGEST
const LARGEST_PLACE = 1n << 64n
/** A tree of 2^64 leaves is no higher. */
const LONGEST_PATH = 128

/** One event: its canonical line, and how its leaf leads to the root of a signed checkpoint. */
export interface EventProof {
  line: string
  /** Place in the tree, from 0. */
  place: bigint
  path: Buffer[]
  note: string
  /** Verifier keys, `name+id+base64`: handed along for comfort, worth what whoever checks knows of them. */
  keys: string[]
}

/** Two checkpoints of one log: the later one holds all of the earlier one. */
export interface GrowthProof {
  earlier: string
  later: string
  path: Buffer[]
  keys: string[]
}

export type Proof = ({ kind: 'event' } & EventProof) | ({ kind: 'growth' } & GrowthProof)

/** Says by a code why a file is no proof; `part` is the field that is missing or not well written. */
export class ProofFault extends Error {
  code: 'not_json' | 'other_format' | 'newer_version' | 'too_large' | 'malformed'
  part: string
  constructor(code: ProofFault['code'], part = '') {
    super(code)
    this.code = code
    this.part = part
  }
}

export function eventProofText({ line, place, path, note, keys }: EventProof): string {
  const body = { linea: line, lugar: String(place), camino: encoded(path), punto_de_control: note, llaves: keys }
  return written(EVENT, body)
}

export function growthProofText({ earlier, later, path, keys }: GrowthProof): string {
  return written(GROWTH, { antes: earlier, despues: later, camino: encoded(path), llaves: keys })
}

/** Takes nothing but what the two functions above write, in whatever layout. Throws `ProofFault`. */
export function parseProof(text: string): Proof {
  if (text.length > LARGEST) throw new ProofFault('too_large')
  const file = objectIn(text)
  const { formato, version } = file
  if (formato !== EVENT && formato !== GROWTH) throw new ProofFault('other_format')
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw new ProofFault('malformed', 'version')
  if (Number(version) > VERSION) throw new ProofFault('newer_version')
  return formato === EVENT ? eventProof(file) : growthProof(file)
}

function eventProof(file: Record<string, unknown>): Proof {
  requireOnly(file, ['linea', 'lugar', 'camino', 'punto_de_control', 'llaves'])
  return {
    kind: 'event',
    line: textIn(file, 'linea'),
    place: placeIn(file, 'lugar'),
    path: hashesIn(file, 'camino'),
    note: textIn(file, 'punto_de_control'),
    keys: textsIn(file, 'llaves'),
  }
}

function growthProof(file: Record<string, unknown>): Proof {
  requireOnly(file, ['antes', 'despues', 'camino', 'llaves'])
  const [earlier, later] = [textIn(file, 'antes'), textIn(file, 'despues')]
  return { kind: 'growth', earlier, later, path: hashesIn(file, 'camino'), keys: textsIn(file, 'llaves') }
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ProofFault('not_json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProofFault('other_format')
  return value as Record<string, unknown>
}

function requireOnly(file: Record<string, unknown>, names: string[]): void {
  const missing = names.find((name) => !Object.hasOwn(file, name))
  const more = Object.keys(file).find((name) => !['formato', 'version', ...names].includes(name))
  if (missing ?? more) throw new ProofFault('malformed', missing ?? more)
}

function textIn(file: Record<string, unknown>, name: string): string {
  const value = file[name]
  if (typeof value !== 'string' || value === '') throw new ProofFault('malformed', name)
  return value
}

function textsIn(file: Record<string, unknown>, name: string): string[] {
  const value = file[name]
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new ProofFault('malformed', name)
  return value
}

function placeIn(file: Record<string, unknown>, name: string): bigint {
  const value = textIn(file, name)
  if (!/^(0|[1-9]\d{0,19})$/.test(value) || BigInt(value) >= LARGEST_PLACE) throw new ProofFault('malformed', name)
  return BigInt(value)
}

function hashesIn(file: Record<string, unknown>, name: string): Buffer[] {
  const texts = textsIn(file, name)
  if (texts.length > LONGEST_PATH) throw new ProofFault('malformed', name)
  return texts.map((text) => {
    const hash = readBase64(text)
    if (hash?.length !== 32) throw new ProofFault('malformed', name)
    return hash
  })
}

function encoded(path: readonly Buffer[]): string[] {
  return path.map((hash) => hash.toString('base64'))
}

function written(formato: string, body: object): string {
  return `${JSON.stringify({ formato, version: VERSION, ...body }, null, 2)}\n`
}
