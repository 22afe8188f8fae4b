/** A small log with a key of its own, and proofs of it, made without a database. */
import { generateKeyPairSync } from 'node:crypto'
import { growthPath, inclusionPath, leafOf, nodeOf, splitOf } from '../../verifier/merkle.ts'
import { eventProofText, growthProofText } from '../../verifier/proofs.ts'
import { signCheckpoint, verifierKey } from '../../verifier/signed-note.ts'

export const ENTITY = '0199a000-0000-7000-8000-000000000001'
export const ORIGIN = `caracteriza/${ENTITY}`

export function newSigner(name = ORIGIN) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const key = verifierKey(name, bytes)
  const sign = (size: bigint, root: Buffer) => signCheckpoint({ origin: name, size, root }, privateKey, bytes)
  return { key, sign }
}

export type Signer = ReturnType<typeof newSigner>

/** The canonical line of the n-th event. */
export function lineAt(n: number, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ...{ act_id: null, acting_for: null, actor_person: null, actor_position: null, at: '2026-11-27T17:05:00.123456Z' },
    ...{ changes: [{ field: 'estado', before: 'en_revision', after: 'aprobado' }], content_hash: 'a1'.repeat(32) },
    ...{ cycle_id: null, entity_id: ENTITY, id: `hecho-${n}`, object_id: 'objeto', object_type: 'step' },
    ...{ object_version: null, origin: 'workflow', purpose_code: null, reason_code: null, request_id: null },
    ...{ schema_v: 1, step_code: '3', type: 'step.approved', workflow_id: null, xid: String(700 + n) },
    ...more,
  })
}

/** Hashes of ranges of these leaves, worked out as RFC 9162 says it. */
export function rangesOf(leaves: readonly Buffer[]) {
  const rootOf = (of: readonly Buffer[]): Buffer => {
    const [only, ...more] = of
    if (only && more.length === 0) return only
    const middle = Number(splitOf(BigInt(of.length)))
    return nodeOf(rootOf(of.slice(0, middle)), rootOf(of.slice(middle)))
  }
  return async (from: bigint, to: bigint) => rootOf(leaves.slice(Number(from), Number(to)))
}

export function logOf(lines: readonly string[], signer: Signer) {
  const hashOf = rangesOf(lines.map((line) => leafOf(Buffer.from(line))))
  const noteAt = async (size: number) => signer.sign(BigInt(size), await hashOf(0n, BigInt(size)))
  return {
    noteAt,
    eventProof: async (n: number) =>
      eventProofText({
        line: lines[n] ?? '',
        place: BigInt(n),
        path: await inclusionPath(BigInt(n), BigInt(lines.length), hashOf),
        note: await noteAt(lines.length),
        keys: [signer.key],
      }),
    growthProof: async (from: number) =>
      growthProofText({
        earlier: await noteAt(from),
        later: await noteAt(lines.length),
        path: await growthPath(BigInt(from), BigInt(lines.length), hashOf),
        keys: [signer.key],
      }),
  }
}
