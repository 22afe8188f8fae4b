/** Values of an invented citizen that stand nowhere else, and the search for them in whatever a text, a file or a row says. */
import { createHash } from 'node:crypto'

export type Canaries = Readonly<Record<string, string>>

export const CITIZEN = {
  name: 'Canaria Distintiva Quirama',
  document: '1082999431',
  phone: '3007419253',
  mail: 'canaria.q7@prueba.test',
  address: 'Calle 19 canario 7-31 interior',
  neighbourhood: 'Barrio Canario Quirama',
  words: 'Vivo donde el canario Quirama 7431 canta, y eso no lo dije en otra parte.',
  /** How somebody named a file after whom it is about. */
  fileName: 'Relato de Yarumala Tolosa',
}

/** Shorter pieces of a value stand anywhere by chance. */
const TELLING = 8

/** A value as addresses, forms, JSON, bytes and tables write it, and the plain hashes by which a short one is guessed. */
function writings(value: string): string[] {
  const bytes = Buffer.from(value)
  const form = new URLSearchParams({ v: value }).toString().slice(2)
  const written = [value, encodeURIComponent(value), form, JSON.stringify(value).slice(1, -1), bytes.toString('hex')]
  // Base64 of it wherever it begins in a group of three bytes, without the ends that depend on its neighbours.
  const packed = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  const grouped = /^\d+$/.test(value) ? ['.', ','].map((mark) => value.replace(/\B(?=(\d{3})+$)/g, mark)) : []
  const hashes = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(value).digest('hex'))
  const all = [...written, ...packed, ...grouped, ...hashes].map(condensed)
  return [...new Set(all)].filter((one) => one.length >= TELLING)
}

/** Without the case and the spaces that a file, a line break or a narrow column may change. */
const condensed = (text: string) => text.replace(/\s+/g, '').toLowerCase()

/** Answers the names of the canaries that stand in a text, in any writing. */
export function lookingFor(canaries: Canaries): (text: string) => string[] {
  const looked = Object.entries(canaries).map(([name, value]) => ({ name, all: writings(value) }))
  return (text) => {
    const within = condensed(text)
    return looked.flatMap(({ name, all }) => (all.some((one) => within.includes(one)) ? [name] : []))
  }
}
