/** The picture of a shield as it is kept: only what it is drawn from, and only where it can be drawn (promises.md §4.8). */
import { compileSvg } from './typst.ts'

/** Pieces a picture is drawn from (PNG §11.2, §11.3); the others say who made it, when, where and with what. */
const DRAWN = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'])
const SIGNATURE = 8
/** Width or height in pixels; more is no shield and costs memory in every report. */
const MAX_SIDE = 4_000

/** The PNG without what is not drawn; null where it is too large or what prints the reports cannot draw it. Its pieces are whole. */
export function cleanShield(png: Buffer): Buffer | null {
  if (png.readUInt32BE(16) > MAX_SIDE || png.readUInt32BE(20) > MAX_SIDE) return null
  const kept = [png.subarray(0, SIGNATURE)]
  for (let at = SIGNATURE; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    if (DRAWN.has(png.toString('latin1', at + 4, at + 8))) kept.push(png.subarray(at, end))
    at = end
  }
  const clean = Buffer.concat(kept)
  return isDrawable(clean) ? clean : null
}

function isDrawable(png: Buffer): boolean {
  const template = '#image("/escudo.png", alt: "escudo")'
  try {
    compileSvg({ template, data: null, pictures: { 'escudo.png': png }, createdAt: '' })
    return true
  } catch {
    return false
  }
}
