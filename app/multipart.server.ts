/**
 * The parts of a form with files, one after the other as they arrive. Remix's own reader cuts the name of a file at `=` and `;`,
 * which people write.
 */

export interface FormPart {
  /** Of its field. */
  name: string
  /** As the person has it; empty where no file was chosen, undefined for a field without files. */
  filename: string | undefined
  data: AsyncIterable<Uint8Array>
}

/** Longest that says of a part what it is. */
const MAX_HEADER_BYTES = 8 * 1024
const LINE = Buffer.from('\r\n')
const BLANK_LINE = Buffer.from('\r\n\r\n')

/** Hands each part of a form to `take`, which reads all of it or nothing. Throws `TypeError` for what is no such form, or breaks off. */
export async function eachPart(request: Request, take: (part: FormPart) => Promise<void>): Promise<void> {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.headers.get('Content-Type') ?? '') ?? []
  const boundary = quoted ?? plain
  if (!boundary || !request.body) throw new TypeError('not a form with parts')
  const body = new CutBody(request.body)
  const mark = Buffer.from(`\r\n--${boundary}`)
  await body.skip(mark)
  while (!(await body.endsHere())) {
    await body.skip(LINE)
    const part = partOf(await body.all(BLANK_LINE, MAX_HEADER_BYTES))
    const data = body.upTo(mark)
    await take({ ...part, data })
    for await (const _ of data);
  }
}

function partOf(header: Buffer): Pick<FormPart, 'name' | 'filename'> {
  const [, said] = /^content-disposition:\s*form-data\s*(;.*)$/im.exec(header.toString('utf8')) ?? []
  const found = new Map<string, string>()
  // What browsers put between quotes holds none: they write it otherwise.
  for (const [, key = '', quoted, plain] of (said ?? '').matchAll(/;\s*([\w*]+)=(?:"(.*?)"(?=\s*(?:;|$))|([^\s;"]*))/g))
    found.set(key.toLowerCase(), asTyped((quoted ?? plain ?? '').replaceAll('\\"', '"')))
  const name = found.get('name')
  if (!name) throw new TypeError('a part without a name')
  return { name, filename: found.get('filename') }
}

/** A name as it was before the browser sent it: in a form with files it writes quotes and line ends so, and nothing else (HTML, multipart/form-data). */
export function asTyped(sent: string): string {
  return sent.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')
}

/** What comes of a body, cut where a mark stands. It begins with the end of a line, so that a mark may stand at its start. */
class CutBody {
  #rest = Buffer.from(LINE)
  readonly #chunks: ReadableStreamDefaultReader<Uint8Array>

  constructor(body: ReadableStream<Uint8Array>) {
    this.#chunks = body.getReader()
  }

  /** The bytes before the next mark as they come, and no further; the mark itself is passed. */
  async *upTo(mark: Buffer): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const at = this.#rest.indexOf(mark)
      const whole = at >= 0 ? at : Math.max(0, this.#rest.length - mark.length + 1)
      const found = this.#rest.subarray(0, whole)
      this.#rest = this.#rest.subarray(at >= 0 ? at + mark.length : whole)
      if (found.length > 0) yield found
      if (at >= 0) return
      await this.#more()
    }
  }

  async skip(mark: Buffer): Promise<void> {
    for await (const _ of this.upTo(mark));
  }

  async all(mark: Buffer, most: number): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of this.upTo(mark)) {
      bytes += chunk.byteLength
      if (bytes > most) throw new TypeError('a part whose header does not end')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  /** Whether the mark that was passed is the last. */
  async endsHere(): Promise<boolean> {
    while (this.#rest.length < 2) await this.#more()
    return this.#rest.subarray(0, 2).toString('latin1') === '--'
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.read()
    if (next.done) throw new TypeError('a form that breaks off')
    this.#rest = Buffer.concat([this.#rest, next.value])
  }
}
