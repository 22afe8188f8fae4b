/** XML of a workbook's part, as a stream: no entity is expanded, no depth or length is without end. */
import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { FileRefused } from '../file-refused.ts'
import { refuse } from './zip.ts'

export interface XmlReader {
  /** Names come without their namespace's prefix. */
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
  /** Asked after each chunk: true when the rest of the part is not wanted. */
  isDone?: (() => boolean) | undefined
  /** Awaited after each chunk. */
  afterChunk?: (() => Promise<void> | void) | undefined
}

const MAX_DEPTH = 64
/** So much XML without an element or a text is none of a workbook. */
const MAX_SILENCE = 8 << 20

/** Reads a part to its end, or until the reader is done. Throws `FileRefused` when it is not well-formed. */
export async function readXml(part: Readable, reader: XmlReader): Promise<void> {
  const state = { depth: 0, silence: 0 }
  const parser = parserFor(reader, state)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of part as AsyncIterable<Buffer>) {
      state.silence += chunk.length
      if (state.silence > MAX_SILENCE) throw new FileRefused('damaged_workbook')
      parser.write(decoder.decode(chunk, { stream: true }))
      await reader.afterChunk?.()
      if (reader.isDone?.()) return
    }
    parser.write(decoder.decode()).close()
    await reader.afterChunk?.()
  } catch (error) {
    refuse(error)
  } finally {
    part.destroy()
  }
}

function parserFor(reader: XmlReader, state: { depth: number; silence: number }) {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const broken = () => {
    throw new FileRefused('damaged_workbook')
  }
  const entities = () => {
    throw new FileRefused('xml_entities')
  }
  const text = (piece: string) => {
    state.silence = 0
    reader.text?.(piece)
  }
  parser.on('error', broken)
  parser.on('doctype', entities)
  parser.on('opentag', (tag) => {
    state.silence = 0
    if (++state.depth > MAX_DEPTH) broken()
    reader.open?.(plain(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    state.depth--
    reader.close?.(plain(tag.name))
  })
  if (reader.text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  return parser
}

const plain = (name: string) => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)
