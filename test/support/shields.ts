/** Small pictures as people send them. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** One grey pixel, with what `more` puts before it. `side` is what it says of its width and height. */
export function onePixel({ more = [], side = 1 }: { more?: Buffer[]; side?: number } = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    ...[SIGNATURE, pngChunk('IHDR', head), ...more],
    ...[pngChunk('IDAT', deflateSync(Buffer.from([0, 128]))), pngChunk('IEND', Buffer.alloc(0))],
  ])
}

/** A JPEG of sixteen by sixteen pixels as a browser writes it, with a colour profile that says whose it is. */
export const photograph = () =>
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAA' +
      'AABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAA' +
      'ABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAA' +
      'AAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA' +
      'AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAA' +
      'AABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABQODxIP' +
      'DRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjsh' +
      'ITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABADASIAAhEB' +
      'AxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAWEAADAAAAAAAAAAAAAAAAAAAAFGH/xAAVAQEBAAAAAAAAAAAAAAAAAAAC' +
      'BP/EABcRAQADAAAAAAAAAAAAAAAAAAATFGH/2gAMAwEAAhEDEQA/AJicCcL6cCcIL2lA/9k=',
    'base64',
  )

/** The same with the place where it was taken, as a telephone writes it (Exif, APP1). */
export const locatedPhotograph = () => withExif(Buffer.from('GPSLatitude 11.2408').toString('hex'))

function withExif(hex: string): Buffer {
  const said = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(hex, 'hex')])
  const head = Buffer.from([0xff, 0xe1, 0, said.length + 2])
  const plain = photograph()
  return Buffer.concat([plain.subarray(0, 2), head, said, plain.subarray(2)])
}

/** JPEGs as printers, scanners and telephones write them: red and blue over yellow and blue, but for the pixel. */
export const LETTERHEADS: Record<string, Buffer> = {
  progressive: Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i' +
      'Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj' +
      'Y2NjY2NjY2P/wgARCAAQABgDASIAAhEBAxEB/8QAGAAAAgMAAAAAAAAAAAAAAAAAAAUCBAb/xAAWAQEBAQAAAAAAAAAAAAAAAAAE' +
      'AwX/2gAMAwEAAhADEAAAAacdGsihYBrA/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAEQBP/aAAgBAQABBQId2T//xAAYEQACAwAAAAAA' +
      'AAAAAAAAAAABAwIQEf/aAAgBAwEBPwFzNgRX/8QAGBEAAgMAAAAAAAAAAAAAAAAAAQMEEBH/2gAIAQIBAT8BjM1oFf/EABYQAAMA' +
      'AAAAAAAAAAAAAAAAAAIQIP/aAAgBAQAGPwKAX//EABcQAAMBAAAAAAAAAAAAAAAAAAAQwUH/2gAIAQEAAT8hMukX/9oADAMBAAIA' +
      'AwAAABADz//EABcRAAMBAAAAAAAAAAAAAAAAABAhUbH/2gAIAQMBAT8QTk0f/8QAGBEAAgMAAAAAAAAAAAAAAAAAARAhUbH/2gAI' +
      'AQIBAT8Qgi8K/8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQABPxBFf//Z',
    'base64',
  ),
  'in four colours': Buffer.from(
    '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdo' +
      'Zz5NcXlwZHhcZWdj/8AAFAgAEAAYBEMRAE0RAFkRAEsRAP/EABkAAQEAAwEAAAAAAAAAAAAAAAYAAwUHBP/EAB8QAQABAwQDAAAA' +
      'AAAAAAAAAAAGRILCBAdCg0WBwf/aAA4EQwBNAFkASwAAPwBIHBzoAlO6HsxZ9Ly9EsOrLMkJPQTJ3N1ADQNuZ43twF5rRX4t9F6q' +
      'z6gUXb5P/9k=',
    'base64',
  ),
  'of one grey pixel': Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i' +
      'Z2hnPk1xeXBkeFxlZ2P/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI' +
      'AQEAAD8AG//Z',
    'base64',
  ),
  /** Exif, orientation 6: to be turned by a quarter. */
  turned: withExif('4d4d002a00000008000101120003000000010006000000000000'),
}
