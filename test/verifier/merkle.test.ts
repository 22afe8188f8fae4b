import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  GrowingTree,
  growthPath,
  inclusionPath,
  leafOf,
  nodeOf,
  provesGrowth,
  provesInclusion,
  splitOf,
} from '../../verifier/merkle.ts'

/** Entries and roots of the reference tree that Certificate Transparency logs are tested with (RFC 6962, RFC 9162). */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** Proofs printed in the public vectors of transparency-dev/merkle (testdata/inclusion/1, testdata/consistency/2). */
const PATH_OF_FIRST = [
  'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
  'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
  'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
]
const PATH_OF_SIX_TO_EIGHT = [
  'DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=',
  'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
  '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
]

const leaves = ENTRIES.map((entry) => leafOf(Buffer.from(entry, 'hex')))

/** The definition of RFC 9162 §2.1.1, read straight: what the quick ways are held against. */
function rootOf(of: readonly Buffer[]): Buffer {
  const [only, ...more] = of
  if (only && more.length === 0) return only
  const middle = Number(splitOf(BigInt(of.length)))
  return nodeOf(rootOf(of.slice(0, middle)), rootOf(of.slice(middle)))
}

const ranges = (of: readonly Buffer[]) => async (from: bigint, to: bigint) => rootOf(of.slice(Number(from), Number(to)))
const decoded = (path: string[]) => path.map((hash) => Buffer.from(hash, 'base64'))

describe('the tree of RFC 9162', () => {
  it('has the roots of the reference tree at every size', () => {
    const tree = new GrowingTree()
    const roots = leaves.map((leaf) => {
      tree.push(leaf)
      return tree.root().toString('hex')
    })
    expect(roots).toEqual(ROOTS)
  })

  it('makes the published proofs, byte by byte', async () => {
    expect(await inclusionPath(0n, 8n, ranges(leaves))).toEqual(decoded(PATH_OF_FIRST))
    expect(await growthPath(6n, 8n, ranges(leaves))).toEqual(decoded(PATH_OF_SIX_TO_EIGHT))
  })

  it('proves every place and every growth of every tree up to 70 leaves, and no other', async () => {
    const many = Array.from({ length: 70 }, (_, i) => leafOf(Buffer.from(`${i}`)))
    for (let size = 1; size <= many.length; size++) {
      const root = rootOf(many.slice(0, size))
      for (const [place, leaf] of many.slice(0, size).entries()) {
        const path = await inclusionPath(BigInt(place), BigInt(size), ranges(many))
        expect(provesInclusion({ place: BigInt(place), size: BigInt(size), leaf, root }, path)).toBe(true)
        expect(
          provesInclusion({ place: BigInt(place), size: BigInt(size), leaf: nodeOf(leaf, leaf), root }, path),
        ).toBe(false)
      }
      for (let earlier = 1; earlier <= size; earlier++) {
        const path = await growthPath(BigInt(earlier), BigInt(size), ranges(many))
        const before = { size: BigInt(earlier), root: rootOf(many.slice(0, earlier)) }
        expect(provesGrowth(before, { size: BigInt(size), root }, path)).toBe(true)
        expect(provesGrowth({ ...before, root: leafOf(root) }, { size: BigInt(size), root }, path)).toBe(false)
      }
    }
  })
})

/** The ways the public vectors spoil a right proof: sizes, places, garbage before and after, roots swapped, parts left out. */
describe('proofs that were spoiled', () => {
  const root = rootOf(leaves)
  const right = { place: 3n, size: 8n, leaf: leaves[3] ?? root, root }

  it('of inclusion are refused, whatever was changed', async () => {
    const path = await inclusionPath(3n, 8n, ranges(leaves))
    expect(provesInclusion(right, path)).toBe(true)
    const spoiled: [Partial<typeof right>, Buffer[]][] = [
      ...[-1n, 2n, 4n, 1n, 8n, 2n ** 53n + 1n, 2n ** 64n - 1n].map((place) => [{ place }, path] as [object, Buffer[]]),
      ...[0n, 3n, 4n, 16n, 2n ** 53n + 1n, 2n ** 64n].map((size) => [{ size }, path] as [object, Buffer[]]),
      [{ root: Buffer.alloc(0) }, path],
      [{ root: randomBytes(32) }, path],
      [{ leaf: randomBytes(32) }, path],
      [{}, [Buffer.alloc(0), ...path]],
      [{}, [root, ...path]],
      [{}, [...path, Buffer.alloc(32)]],
      [{}, [...path, root]],
      [{}, path.slice(1)],
      [{}, path.slice(0, -1)],
      [{}, [path[0] ?? root, root, ...path.slice(1)]],
      [{}, []],
    ]
    for (const [change, given] of spoiled) expect(provesInclusion({ ...right, ...change }, given)).toBe(false)
  })

  it('of growth are refused, whatever was changed', async () => {
    const [six, eight] = [
      { size: 6n, root: rootOf(leaves.slice(0, 6)) },
      { size: 8n, root },
    ]
    const path = await growthPath(6n, 8n, ranges(leaves))
    expect(provesGrowth(six, eight, path)).toBe(true)
    const sizes: [bigint, bigint][] = [
      ...([
        [5n, 8n],
        [7n, 8n],
        [4n, 8n],
        [6n, 16n],
        [6n, 4n],
        [0n, 8n],
        [8n, 6n],
        [6n, 2n ** 53n + 1n],
      ] as [bigint, bigint][]),
    ]
    for (const [earlier, later] of sizes)
      expect(provesGrowth({ ...six, size: earlier }, { ...eight, size: later }, path)).toBe(false)
    expect(provesGrowth({ ...six, root: eight.root }, { ...eight, root: six.root }, path)).toBe(false)
    expect(provesGrowth({ ...six, root: randomBytes(32) }, eight, path)).toBe(false)
    expect(provesGrowth(six, { ...eight, root: randomBytes(32) }, path)).toBe(false)
    const garbled = [[], path.slice(1), path.slice(0, -1), [root, ...path], [six.root, ...path], [...path, root]]
    for (const given of [...garbled, [...path, Buffer.alloc(0)], [Buffer.alloc(32), ...path]])
      expect(provesGrowth(six, eight, given)).toBe(false)
    expect(provesGrowth({ size: 0n, root: leafOf(root) }, eight, [])).toBe(false)
    expect(provesGrowth(eight, eight, [root])).toBe(false)
  })

  it('by a single bit are refused: none of 3,000 passes', async () => {
    const many = Array.from({ length: 300 }, (_, i) => leafOf(Buffer.from(`${i}`)))
    const whole = rootOf(many)
    await fc.assert(
      fc.asyncProperty(
        ...[fc.nat(299), fc.integer({ min: 1, max: 299 }), fc.nat(), fc.nat(7)],
        async (place, earlier, byte, bit) => {
          const flipped = (path: Buffer[]) => {
            const bytes = Buffer.concat(path)
            const at = byte % bytes.length
            bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
            return path.map((_, i) => bytes.subarray(32 * i, 32 * (i + 1)))
          }
          const leaf = many[place] ?? whole
          const path = await inclusionPath(BigInt(place), 300n, ranges(many))
          expect(provesInclusion({ place: BigInt(place), size: 300n, leaf, root: whole }, flipped(path))).toBe(false)
          const before = { size: BigInt(earlier), root: rootOf(many.slice(0, earlier)) }
          const growth = await growthPath(BigInt(earlier), 300n, ranges(many))
          expect(provesGrowth(before, { size: 300n, root: whole }, flipped(growth))).toBe(false)
        },
      ),
      { numRuns: 1_500 },
    )
  }, 60_000)
})
