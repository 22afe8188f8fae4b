/** The Merkle tree of RFC 9162 §2.1, with SHA-256. Sizes and places are BigInt: a proof may speak of more than 2^53 leaves. */
import { hash } from 'node:crypto'

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])
const EMPTY_ROOT = hash('sha256', '', 'buffer')

/** 32 bytes that stand for one entry of the log. */
export function leafOf(entry: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF, entry]), 'buffer')
}

export function nodeOf(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')
}

/** A complete subtree of 2^height leaves. */
export interface Peak {
  height: number
  hash: Buffer
}

/** The root of a tree that grows leaf by leaf: keeps one hash for each complete subtree, never the leaves. */
export class GrowingTree {
  /** The complete subtrees from left to right, each higher than the next. */
  #peaks: Peak[]
  size: number

  constructor(peaks: readonly Peak[] = []) {
    this.#peaks = [...peaks]
    this.size = peaks.reduce((sum, { height }) => sum + 2 ** height, 0)
  }

  push(leaf: Buffer): void {
    let [height, hash] = [0, leaf]
    for (let last = this.#peaks.at(-1); last?.height === height; last = this.#peaks.at(-1)) {
      hash = nodeOf(last.hash, hash)
      height += 1
      this.#peaks.pop()
    }
    this.#peaks.push({ height, hash })
    this.size += 1
  }

  root(): Buffer {
    const [smallest, ...higher] = this.#peaks.map(({ hash }) => hash).reverse()
    return smallest ? higher.reduce((right, left) => nodeOf(left, right), smallest) : EMPTY_ROOT
  }
}

/** RFC 9162 §2.1.3.2: whether this leaf stands at this place of the tree with this root. */
export function provesInclusion(
  { place, size, leaf, root }: { place: bigint; size: bigint; leaf: Buffer; root: Buffer },
  path: readonly Buffer[],
): boolean {
  if (place < 0n || place >= size || !areHashes([leaf, root, ...path])) return false
  let [at, last, hash] = [place, size - 1n, leaf]
  for (const sibling of path) {
    if (last === 0n) return false
    if (isOdd(at) || at === last) {
      hash = nodeOf(sibling, hash)
      while (!isOdd(at) && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
    } else {
      hash = nodeOf(hash, sibling)
    }
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  return last === 0n && hash.equals(root)
}

/** A tree as its checkpoint says it: how many leaves, and the root over them. */
export interface TreeHead {
  size: bigint
  root: Buffer
}

/** RFC 9162 §2.1.4.2: whether the later tree holds all of the earlier one, in the same order. Nothing is proved from size 0. */
export function provesGrowth(earlier: TreeHead, later: TreeHead, path: readonly Buffer[]): boolean {
  if (earlier.size <= 0n || earlier.size > later.size || !areHashes([earlier.root, later.root, ...path])) return false
  if (earlier.size === later.size) return path.length === 0 && earlier.root.equals(later.root)
  const isComplete = (earlier.size & (earlier.size - 1n)) === 0n
  const [first, ...rest] = isComplete ? [earlier.root, ...path] : path
  if (!first || path.length === 0) return false
  let [at, last] = [earlier.size - 1n, later.size - 1n]
  while (isOdd(at)) [at, last] = [at >> 1n, last >> 1n]
  let [old, grown] = [first, first]
  for (const sibling of rest) {
    if (last === 0n) return false
    if (isOdd(at) || at === last) {
      old = nodeOf(sibling, old)
      grown = nodeOf(sibling, grown)
      while (!isOdd(at) && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
    } else {
      grown = nodeOf(grown, sibling)
    }
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  return last === 0n && old.equals(earlier.root) && grown.equals(later.root)
}

/** Hash of the leaves from `from` (included) to `to`: whoever keeps the tree answers it. */
type RangeHash = (from: bigint, to: bigint) => Promise<Buffer>

/** RFC 9162 §2.1.3.1: what has to be known beside a leaf to come to the root. */
export async function inclusionPath(place: bigint, size: bigint, hashOf: RangeHash): Promise<Buffer[]> {
  if (place < 0n || place >= size) throw new RangeError(`no leaf ${place} in a tree of ${size}`)
  const path: Buffer[] = []
  let [from, to] = [0n, size]
  while (to - from > 1n) {
    const middle = from + splitOf(to - from)
    if (place < middle) {
      path.unshift(await hashOf(middle, to))
      to = middle
    } else {
      path.unshift(await hashOf(from, middle))
      from = middle
    }
  }
  return path
}

/** RFC 9162 §2.1.4.1: what has to be known to come from the root of the earlier tree to that of the later. */
export async function growthPath(earlier: bigint, later: bigint, hashOf: RangeHash): Promise<Buffer[]> {
  if (earlier <= 0n || earlier > later) throw new RangeError(`no growth from ${earlier} to ${later}`)
  const path: Buffer[] = []
  let [from, to, isWhole] = [0n, later, true]
  while (earlier !== to) {
    const middle = from + splitOf(to - from)
    if (earlier <= middle) {
      path.unshift(await hashOf(middle, to))
      to = middle
    } else {
      path.unshift(await hashOf(from, middle))
      from = middle
      isWhole = false
    }
  }
  return isWhole ? path : [await hashOf(from, to), ...path]
}

/** The largest power of two below `size`, where a tree of that many leaves parts. */
export function splitOf(size: bigint): bigint {
  return 1n << BigInt((size - 1n).toString(2).length - 1)
}

function isOdd(n: bigint): boolean {
  return (n & 1n) === 1n
}

function areHashes(hashes: readonly Buffer[]): boolean {
  return hashes.every((hash) => hash.length === 32)
}
