import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadText } from '../../app/text/attachments.ts'
import { readSentFile, receiveForm } from '../../app/uploads.server.ts'
import { filePath } from '../../db/files.ts'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-form-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** A form as a browser sends it: its field before its files. */
function sent(...files: File[]): Request {
  const form = new FormData()
  form.set('body', 'Se hicieron doce jornadas.')
  for (const file of files) form.append('files', file)
  return new Request('http://localhost/', { method: 'POST', body: form })
}

const act = (n: number) => new File([`Acta ${n}`], `acta-${n}.txt`)
const typed = ({ form }: { form: FormData }) => form.get('body')

describe('a form that comes with files', () => {
  it('keeps each file once, by what it holds', async () => {
    const received = await receiveForm(sent(act(1), act(2), act(1)), dataDir)
    expect(received.files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['acta-1.txt', 'text/plain'],
      ['acta-2.txt', 'text/plain'],
    ])
    expect(received.refused).toBeNull()
    expect(typed(received)).toBe('Se hicieron doce jornadas.')
    for (const { sha256 } of received.files) expect(existsSync(filePath(dataDir, sha256))).toBe(true)
  })

  it('calls each file as the person does, whatever stands in its name', async () => {
    const names = ['=x.txt', 'a=b; c=d.txt', 'dijo "sí".txt', "acta d'año.txt", '100%.txt', 'x; name="body".txt']
    for (const name of names) {
      const received = await receiveForm(sent(new File([`Acta de ${name}`], name)), dataDir)
      expect([received.files.map((file) => file.name), received.refused]).toEqual([[name], null])
      expect(typed(received)).toBe('Se hicieron doce jornadas.')
      expect(await readSentFile(sent(new File(['Acta'], name)), 1_000)).toMatchObject({ name })
    }
  })

  it('reads the same however its bytes arrive', async () => {
    const whole = sent(new File(['uno\r\n--dos\r\n'], 'acta "1".txt'), act(2))
    const bytes = new Uint8Array(await whole.clone().arrayBuffer())
    for (const step of [1, 7, 64]) {
      let at = 0
      const body = new ReadableStream({
        pull: (stream) => {
          if (at >= bytes.length) return stream.close()
          stream.enqueue(bytes.slice(at, at + step))
          at += step
        },
      })
      const headers = { 'Content-Type': whole.headers.get('Content-Type') ?? '' }
      const request = new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
      const received = await receiveForm(request, dataDir)
      expect(received.files.map(({ name, bytes: size }) => [name, size])).toEqual([
        ['acta "1".txt', 12],
        ['acta-2.txt', 6],
      ])
      expect([received.refused, typed(received)]).toEqual([null, 'Se hicieron doce jornadas.'])
    }
  })

  it('needs none', async () => {
    const received = await receiveForm(sent(new File([], '')), dataDir)
    expect([received.files, received.refused, typed(received)]).toEqual([[], null, 'Se hicieron doce jornadas.'])
  })

  it('gives the words back whatever is wrong with a file', async () => {
    const page = new File(['<html><script>1</script>'], 'acta.pdf')
    const broken = new File(['%PDF-1.7 sin final'], 'acta.pdf')
    const wrong: [File[], string][] = [
      [[page], uploadText.wrongType],
      [[broken], uploadText.objections.damaged],
      [[new File(['esto no es un PDF'], 'Acta.PDF')], uploadText.otherThanNamed('pdf')],
      [[act(1), new File([], 'vacio.txt')], uploadText.empty],
      [[1, 2, 3, 4, 5, 6].map(act), uploadText.tooMany(5)],
    ]
    for (const [files, sentence] of wrong) {
      const received = await receiveForm(sent(...files), dataDir)
      expect([received.refused, typed(received)]).toEqual([sentence, 'Se hicieron doce jornadas.'])
    }
  })

  it('leaves nothing of somebody who may leave no file, and still hands back the words', async () => {
    const received = await receiveForm(sent(act(7)), undefined)
    expect([received.files, received.refused, typed(received)]).toEqual([[], null, 'Se hicieron doce jornadas.'])
  })

  it('that breaks off says so', async () => {
    const whole = sent(act(1))
    const bytes = new Uint8Array(await whole.clone().arrayBuffer()).subarray(0, 300)
    const headers = { 'Content-Type': whole.headers.get('Content-Type') ?? '' }
    const received = await receiveForm(
      new Request('http://localhost/', { method: 'POST', body: bytes, headers }),
      dataDir,
    )
    expect(received.refused).toBe(uploadText.broken)
  })
})
