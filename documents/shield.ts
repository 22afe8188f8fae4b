/** The picture of a shield as it is kept: only what it is drawn from, and only where it can be drawn (promises.md §4.8). */
import { cleanJpeg, isJpeg } from './jpeg.ts'
import { compileSvg } from './typst.ts'

/** Pieces a picture is drawn from (PNG §11.2, §11.3); the others say who made it, when, where and with what. */
const DRAWN = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'])
const SIGNATURE = 8
/** Width or height in pixels; more is no shield and costs memory in every report. */
const MAX_SIDE = 4_000

export type ShieldType = 'image/png' | 'image/jpeg'

/** What a kept shield is: everywhere a PNG, and a JPEG where it was taken over from a letterhead. */
export const shieldType = (content: Buffer): ShieldType => (isJpeg(content) ? 'image/jpeg' : 'image/png')

/** For where a page or a file carries it inside. */
export const shieldAddress = (content: Buffer): string =>
  `data:${shieldType(content)};base64,${content.toString('base64')}`

/** The picture without what is not drawn; null where it is too large or what prints the reports cannot draw it. A PNG's pieces are whole. */
export function cleanShield(content: Buffer): Buffer | null {
  return isJpeg(content) ? cleanLetterhead(content) : cleanPng(content)
}

function cleanLetterhead(content: Buffer): Buffer | null {
  const clean = cleanJpeg(content)
  if (!clean || clean.width > MAX_SIDE || clean.height > MAX_SIDE) return null
  return isDrawable(clean.content) ? clean.content : null
}

function cleanPng(png: Buffer): Buffer | null {
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

function isDrawable(picture: Buffer): boolean {
  const template = '#image("/escudo", alt: "escudo")'
  try {
    compileSvg({ template, data: null, pictures: { escudo: picture }, createdAt: '' })
    return true
  } catch {
    return false
  }
}
