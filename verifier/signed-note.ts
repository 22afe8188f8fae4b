/** Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): a text anybody can read, and an Ed25519 signature below. */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { readBase64 } from './base64.ts'
import type { TreeHead } from './merkle.ts'

const ED25519 = 1
const LARGEST = 1_000_000
/** A public key of Ed25519 in the form Node reads (RFC 8410): this, then its 32 bytes. */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export interface Checkpoint extends TreeHead {
  /** Whose log this is; also the name of the key. */
  origin: string
}

/** Says what is wrong with a note by a code whose sentence the reader's screen knows. */
export class NoteFault extends Error {
  code: 'malformed' | 'unknown_key' | 'bad_signature'
  constructor(code: NoteFault['code']) {
    super(code)
    this.code = code
  }
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject, publicKey: Buffer): string {
  const text = checkpointText(checkpoint)
  const signature = Buffer.concat([keyId(checkpoint.origin, publicKey), sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${checkpoint.origin} ${signature.toString('base64')}\n`
}

/**
 * Reads a note that one of `keys` (verifier keys, `name+id+base64`) signed; answers the first of them. Lines of other signers are
 * passed over; a line that is none, or is of a known key and does not verify, refuses the whole note. Throws `NoteFault`.
 */
export function openCheckpoint(note: string, keys: readonly string[]): Checkpoint & { keyId: string } {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > LARGEST || !note.endsWith('\n')) throw new NoteFault('malformed')
  const text = note.slice(0, end + 1)
  const known = keys.map(readVerifierKey)
  let signer: Buffer | undefined
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = readBase64(encoded ?? '')
    if (name === undefined || !bytes) throw new NoteFault('malformed')
    const [id, signature] = [bytes.subarray(0, 4), bytes.subarray(4)]
    // Four bytes are soon two keys' own: whichever of them signed.
    const named = known.filter((one) => one.name === name && one.id.equals(id))
    if (named.length === 0) continue
    if (!named.some(({ object }) => verify(null, Buffer.from(text), object, signature)))
      throw new NoteFault('bad_signature')
    signer ??= id
  }
  if (!signer) throw new NoteFault('unknown_key')
  return { ...parseText(text), keyId: signer.toString('hex') }
}

/** How a public key is handed on: `name+id+base64(0x01 ‖ key)`. `publicKey`: its 32 bytes. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const encoded = Buffer.concat([Buffer.from([ED25519]), publicKey]).toString('base64')
  return `${name}+${keyId(name, publicKey).toString('hex')}+${encoded}`
}

export function keyId(name: string, publicKey: Buffer): Buffer {
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), publicKey]),
    'buffer',
  ).subarray(0, 4)
}

export function readVerifierKey(text: string) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = readBase64(encoded ?? '')
  const publicKey = bytes?.subarray(1)
  if (
    name === undefined ||
    publicKey === undefined ||
    bytes?.[0] !== ED25519 ||
    publicKey.length !== 32 ||
    keyId(name, publicKey).toString('hex') !== id
  )
    throw new NoteFault('malformed')
  const object = createPublicKey({ key: Buffer.concat([PREFIX, publicKey]), format: 'der', type: 'spki' })
  return { name, id: Buffer.from(id, 'hex'), object }
}

function parseText(text: string): Checkpoint {
  const [origin, size, root] = text.split('\n')
  const bytes = readBase64(root ?? '')
  if (!origin || !/^(0|[1-9]\d{0,18})$/.test(size ?? '') || bytes?.length !== 32) throw new NoteFault('malformed')
  return { origin, size: BigInt(size ?? ''), root: bytes }
}
