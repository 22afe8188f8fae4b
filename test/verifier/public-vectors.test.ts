/**
 * The public vectors of RFC 9162 proofs (transparency-dev/merkle, `testdata/`): the ten right proofs byte by byte, each spoiled in
 * every way its folder spoils it, and the cases beside them. Two of those they accept and we refuse, as said below.
 */
import { describe, expect, it } from 'vitest'
import { provesGrowth, provesInclusion } from '../../verifier/merkle.ts'

const hash = (base64: string) => Buffer.from(base64, 'base64')
/** What the vectors put where nothing belongs. */
const RANDOM = hash('q6yroAAAAAAAAAAAAAAAAAAAAAAAAAAAAGAGHgASNFY=')
const EMPTY = hash('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
const NOTHING = Buffer.alloc(0)

/** Hashes of the reference tree, by the leaves they are over. */
const OVER = {
  '0': 'bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=',
  '1': 'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
  '2': 'ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=',
  '4': 'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
  '5': 'QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=',
  '6': 'sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=',
  '0-1': '+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=',
  '2-3': 'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
  '4-5': 'DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=',
  '6-7': 'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
  '0-2': 'rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=',
  '0-3': '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
  '4-7': 'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
  '0-4': 'Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=',
  '0-5': 'duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=',
  '0-6': '3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=',
  '0-7': 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
}
const over = (leaves: keyof typeof OVER) => hash(OVER[leaves])

type Inclusion = Parameters<typeof provesInclusion>[0] & { path: Buffer[] }
const INCLUSIONS: Inclusion[] = [
  { place: 0n, size: 1n, leaf: over('0'), root: over('0'), path: [] },
  { place: 0n, size: 8n, leaf: over('0'), root: over('0-7'), path: [over('1'), over('2-3'), over('4-7')] },
  { place: 5n, size: 8n, leaf: over('5'), root: over('0-7'), path: [over('4'), over('6-7'), over('0-3')] },
  { place: 2n, size: 3n, leaf: over('2'), root: over('0-2'), path: [over('0-1')] },
  { place: 1n, size: 5n, leaf: over('1'), root: over('0-4'), path: [over('0'), over('2-3'), over('4')] },
]

interface Growth {
  earlier: bigint
  later: bigint
  before: Buffer
  after: Buffer
  path: Buffer[]
}
const GROWTHS: Growth[] = [
  { earlier: 1n, later: 1n, before: over('0'), after: over('0'), path: [] },
  { earlier: 1n, later: 8n, before: over('0'), after: over('0-7'), path: [over('1'), over('2-3'), over('4-7')] },
  { earlier: 6n, later: 8n, before: over('0-5'), after: over('0-7'), path: [over('4-5'), over('6-7'), over('0-3')] },
  { earlier: 2n, later: 5n, before: over('0-1'), after: over('0-4'), path: [over('2-3'), over('4')] },
  { earlier: 6n, later: 7n, before: over('0-5'), after: over('0-6'), path: [over('4-5'), over('6'), over('0-3')] },
]

const isIncluded = ({ path, ...claim }: Inclusion) => provesInclusion(claim, path)
const isGrown = ({ earlier, later, before, after, path }: Growth) =>
  provesGrowth({ size: earlier, root: before }, { size: later, root: after }, path)

const flipped = (path: Buffer[], part: number, bit: number) =>
  path.map((one, i) => (i === part ? Buffer.from(one.map((byte, at) => (at === 0 ? byte ^ (1 << bit) : byte))) : one))

/** Named as its file is. An unsigned size below zero is the largest there is. */
function spoiledInclusions(right: Inclusion): [string, Inclusion][] {
  const { place, size, root, path } = right
  const below = (n: bigint) => BigInt.asUintN(64, n)
  const changes: [string, Partial<Inclusion>][] = [
    ['leafIdx - 1', { place: below(place - 1n) }],
    ['leafIdx + 1', { place: place + 1n }],
    ['leafIdx ^ 2', { place: place ^ 2n }],
    ['treeSize * 2', { size: size * 2n }],
    ['treeSize / 2', { size: size / 2n }],
    ['wrong leaf', { leaf: Buffer.from('WrongLeaf') }],
    ['empty root', { root: EMPTY }],
    ['random root', { root: RANDOM }],
    ['trailing garbage', { path: [...path, NOTHING] }],
    ['trailing root', { path: [...path, root] }],
    ['preceding garbage', { path: [NOTHING, ...path] }],
    ['preceding root', { path: [root, ...path] }],
    ...path.map((_, i): [string, Partial<Inclusion>] => [`modified proof[${i}] bit 3`, { path: flipped(path, i, 3) }]),
  ]
  if (path.length > 0) changes.push(['removed component', { path: path.slice(0, -1) }])
  if (path.length > 1) changes.push(['inserted component', { path: [...path.slice(0, 1), RANDOM, ...path.slice(1)] }])
  return changes.map(([name, change]) => [name, { ...right, ...change }])
}

function spoiledGrowths(right: Growth): [string, Growth][] {
  const { earlier, later, before, after, path } = right
  if (path.length === 0) return []
  const changes: [string, Partial<Growth>][] = [
    ['size1 - 1', { earlier: earlier - 1n }],
    ['size1 + 1', { earlier: earlier + 1n }],
    ['size1 ^ 2', { earlier: earlier ^ 2n }],
    ['size2 * 2', { later: later * 2n }],
    ['size2 / 2', { later: later / 2n }],
    ['wrong root1', { before: Buffer.from('WrongRoot') }],
    ['wrong root2', { after: Buffer.from('WrongRoot') }],
    ['swapped roots', { before: after, after: before }],
    ['empty proof', { path: [] }],
    ['trailing garbage', { path: [...path, NOTHING] }],
    ['trailing root1', { path: [...path, before] }],
    ['trailing root2', { path: [...path, after] }],
    ['preceding garbage', { path: [NOTHING, ...path] }],
    ['preceding root1', { path: [before, ...path] }],
    ['preceding root2', { path: [after, ...path] }],
    ['preceding proof[0]', { path: [...path.slice(0, 1), ...path] }],
    ['truncated proof', { path: path.slice(0, -1) }],
    ...path.map((_, i): [string, Partial<Growth>] => [`modified proof[${i}] bit 4`, { path: flipped(path, i, 4) }]),
  ]
  return changes.map(([name, change]) => [name, { ...right, ...change }])
}

const CASES = [
  ...INCLUSIONS.flatMap((right, i) =>
    spoiledInclusions(right).map(([name, one]): [string, () => boolean] => [
      `inclusion/${i} ${name}`,
      () => isIncluded(one),
    ]),
  ),
  ...GROWTHS.flatMap((right, i) =>
    spoiledGrowths(right).map(([name, one]): [string, () => boolean] => [
      `consistency/${i} ${name}`,
      () => isGrown(one),
    ]),
  ),
]

describe('the public vectors', () => {
  it('that are right are proved', () => {
    expect(INCLUSIONS.map(isIncluded)).toEqual(INCLUSIONS.map(() => true))
    expect(GROWTHS.map(isGrown)).toEqual(GROWTHS.map(() => true))
  })

  it.each(CASES)('%s proves nothing', (_name, proved) => {
    expect(proved()).toBe(false)
  })

  it('of a bit are spoiled as they are in their file', () => {
    expect(flipped([over('2-3')], 0, 4)).toEqual([hash('Twg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=')])
  })

  it.each([
    [0n, 0n],
    [0n, 1n],
    [1n, 0n],
    [2n, 1n],
  ])('inclusion/additional: place %s in a tree of %s has no proof without a path', (place, size) => {
    for (const root of [NOTHING, EMPTY])
      for (const leaf of [NOTHING, RANDOM]) expect(provesInclusion({ place, size, leaf, root }, [])).toBe(false)
  })

  it('consistency/additional: sizes and roots that cannot be prove nothing', () => {
    const tree = (size: bigint, root = EMPTY) => ({ size, root })
    const refused: [ReturnType<typeof tree>, ReturnType<typeof tree>, Buffer[]][] = [
      [tree(0n), tree(1n), []],
      [tree(0n), tree(1n), [EMPTY]],
      [tree(1n), tree(0n), []],
      [tree(2n), tree(1n), [EMPTY]],
      [tree(0n), tree(0n, RANDOM), []],
      [tree(1n), tree(1n, RANDOM), []],
      [tree(0n), tree(0n), [EMPTY]],
      [tree(1n), tree(1n), [EMPTY]],
      [tree(1n), tree(2n), []],
    ]
    for (const [earlier, later, path] of refused) expect(provesGrowth(earlier, later, path)).toBe(false)
    expect(provesGrowth(tree(1n), tree(1n), [])).toBe(true)
    // The vectors accept that nothing grew from nothing, and roots that are no hashes where both are the same. We do not.
    expect(provesGrowth(tree(0n), tree(0n), [])).toBe(false)
    expect(provesGrowth(tree(1n, NOTHING), tree(1n, NOTHING), [])).toBe(false)
  })
})
