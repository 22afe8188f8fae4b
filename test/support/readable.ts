/** What bytes say to whoever opens them with the program they are for: pages, workbooks, documents, PDF, packed folders. */
import { unzipSync } from 'fflate'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'

/** As they stand, as a reader sees them without the tags between, and all that is packed within. */
export async function readable(bytes: Buffer): Promise<string> {
  const text = bytes.toString('utf8')
  return [text, text.replace(/<[^>]*>/g, ''), ...(await partsOf(bytes))].join('\n')
}

async function partsOf(bytes: Buffer): Promise<string[]> {
  const begins = bytes.subarray(0, 5).toString('latin1')
  if (begins.startsWith('PK\u0003\u0004')) {
    const parts = Object.entries(unzipSync(new Uint8Array(bytes)))
    return await Promise.all(parts.map(async ([name, part]) => `${name}\n${await readable(Buffer.from(part))}`))
  }
  return begins === '%PDF-' ? await printed(bytes) : []
}

async function printed(bytes: Buffer): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  const { text } = await extractText(pdf, { mergePages: true })
  return [text, JSON.stringify(await getMeta(pdf))]
}
