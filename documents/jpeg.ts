/** A JPEG without what is not drawn (ITU-T T.81, annex B): no profile, no place, no author, no second picture inside. */

const MARKER = 0xff
/** How its blocks are coded: baseline, extended, progressive; what holds no image of its own is none of them. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
const TABLES = new Set([0xc4, 0xdb, 0xdd])
/** Says whether the colours of a picture with four are inverted; without it they would be. */
const ADOBE = 0xee
const [SCAN, END] = [0xda, 0xd9]
/** The head every reader knows, with no thumbnail. */
const HEAD = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')

export interface CleanJpeg {
  content: Buffer
  /** Pixels. */
  width: number
  height: number
}

export const isJpeg = (content: Buffer): boolean => content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))

/** Null where it is no JPEG, is cut short, or is coded in a way that hardly anybody reads. */
export function cleanJpeg(content: Buffer): CleanJpeg | null {
  if (!isJpeg(content)) return null
  const kept: Buffer[] = [HEAD]
  let side: Pick<CleanJpeg, 'width' | 'height'> | null = null
  for (let at = 2; at + 4 <= content.length || content[at + 1] === END; ) {
    if (content[at] !== MARKER) return null
    const marker = content[at + 1] as number
    // Any number of these may stand before a marker.
    if (marker === MARKER) {
      at += 1
      continue
    }
    if (marker === END) return side && { content: Buffer.concat([...kept, Buffer.of(MARKER, END)]), ...side }
    const end = at + 2 + content.readUInt16BE(at + 2)
    if (end > content.length || end < at + 4) return null
    const isFrame = FRAMES.has(marker)
    if (isFrame && end >= at + 9) side = { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) }
    const next = marker === SCAN ? afterScan(content, end) : end
    if (isFrame || TABLES.has(marker) || marker === ADOBE || marker === SCAN) kept.push(content.subarray(at, next))
    // Of the frames only those are read; the other markers of the row are no frames (B.1.1.3).
    else if (marker >= 0xc3 && marker <= 0xcf) return null
    at = next
  }
  return null
}

/** Where the coded blocks end: at the next marker that is neither a restart nor a stuffed byte. */
function afterScan(content: Buffer, from: number): number {
  for (let at = content.indexOf(MARKER, from); at >= 0; at = content.indexOf(MARKER, at + 1)) {
    const next = content[at + 1] ?? 0
    if (next !== 0 && next !== MARKER && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return content.length
}
