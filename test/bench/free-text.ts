/** A file of stories: columns of free text in which no cell comes twice. The same size gives the same bytes. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chanceOf } from '../faults/random.ts'

const COLUMNS = 8
const LINES = 500
const WORDS = ['calle', 'solicitud', 'respuesta', 'ciudadano', 'petición', 'queja', 'alumbrado', 'vía', 'agua', 'salud']

/** Writes whole records until there are `bytes` bytes or a little more; answers how many records. */
export async function writeFreeText(path: string, bytes: number): Promise<number> {
  const chance = chanceOf(300)
  const cell = (record: number, column: number) => {
    const words = Array.from({ length: 8 + chance.whole(12) }, () => WORDS[chance.whole(WORDS.length)])
    return `${record}-${column} ${words.join(' ')}`
  }
  const line = (record: number) => `${Array.from({ length: COLUMNS }, (_, column) => cell(record, column)).join(';')}\n`
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  out.write(`${Array.from({ length: COLUMNS }, (_, column) => `relato ${column + 1}`).join(';')}\n`)
  let [records, written] = [0, 0]
  while (written < bytes) {
    const lines = Buffer.from(Array.from({ length: LINES }, (_, i) => line(records + i)).join(''))
    records += LINES
    written += lines.length
    if (!out.write(lines)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  return records
}
