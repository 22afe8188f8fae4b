/** The one file that is handed out, run as a stranger runs it: an empty folder, Node, and nothing else. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERIFIER_NAME } from '../../documents/verifier-program.ts'
import { bundleVerifier } from '../../scripts/bundle-verifier.ts'
import { leafFileText } from '../../verifier/leaf-file.ts'
import { leafOf, nodeOf } from '../../verifier/merkle.ts'
import { eventProofText } from '../../verifier/proofs.ts'
import { lineAt, logOf, newSigner, ORIGIN } from '../support/proofs.ts'

/** Of a test that starts the program for each of its cases. */
const A_PROCESS_EACH = 180_000
const folder = mkdtempSync(join(tmpdir(), 'verificar-'))
const signer = newSigner()
const lines = Array.from({ length: 21 }, (_, n) => lineAt(n))
const log = logOf(lines, signer)
let program = ''
beforeAll(async () => {
  program = await bundleVerifier()
  writeFileSync(join(folder, VERIFIER_NAME), program)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER_NAME, ...args], {
    cwd: folder,
    env: { NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function verify(content: string | Buffer, ...args: string[]) {
  writeFileSync(join(folder, 'comprobante.json'), content)
  return run(...args, 'comprobante.json')
}

const edited = (text: string, change: Record<string, unknown>) => JSON.stringify({ ...JSON.parse(text), ...change })

describe('the verifier in one file', () => {
  it('is plain text that imports nothing but Node', () => {
    const imports = [...program.matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name)
    expect(imports.length).toBeGreaterThan(0)
    for (const name of imports) expect(name).toMatch(/^node:/)
    expect(program).not.toMatch(/import\(|require\(|fetch\(/)
  })

  it('says of a right proof what the event is, where it stands, and that its key is to be compared', async () => {
    const proof = await log.eventProof(16)
    const { status, stdout, stderr } = verify(proof)
    expect([status, stderr]).toEqual([3, ''])
    expect(stdout).not.toMatch(/^VÁLIDO|NO VÁLIDO/m)
    const id = signer.key.split('+')[1]
    for (const said of [
      'SIN CONFIRMAR: el hecho está en la bitácora firmada',
      'falta saber si la llave que lo firma es la de la entidad.',
      'Hecho: step.approved',
      'Cuándo: 2026-11-27 12:05:00, hora de Bogotá',
      'Sobre: step objeto',
      `Huella del contenido: ${'a1'.repeat(32)}`,
      'Lugar en la bitácora: hecho n.º 17 de 21',
      `Bitácora: ${ORIGIN}`,
      `Firma: llave ${id}, que viene en el mismo archivo. Compárela con la que publica la entidad`,
    ])
      expect(stdout).toContain(said)
    const certain = verify(proof, '--llave', signer.key)
    expect(certain.status).toBe(0)
    expect(certain.stdout).toContain('VÁLIDO: el hecho está en la bitácora firmada, tal como se muestra.')
    expect(certain.stdout).toContain(`Firma: llave ${id}, la que usted indicó.`)
    expect(certain.stdout).not.toContain('Compárela')
  })

  it('says of a growth that nothing sealed has changed', async () => {
    const { status, stdout } = verify(await log.growthProof(13), '--llave', signer.key)
    expect(status).toBe(0)
    expect(stdout).toContain('VÁLIDO: la bitácora solo creció')
    expect(stdout).toContain('Primer punto de control: 13 hechos')
  })

  it(
    'ends with 1 and one sentence for each file that proves nothing',
    async () => {
      const proof = await log.eventProof(16)
      const { linea: line, punto_de_control: note } = JSON.parse(proof) as { linea: string; punto_de_control: string }
      const cases: [string | Buffer, string, ...string[]][] = [
        [edited(proof, { linea: line.replace('aprobado', 'aprobada') }), 'el hecho no está en la bitácora firmada'],
        [edited(proof, { lugar: '15' }), 'el hecho no está en la bitácora firmada'],
        [edited(proof, { camino: undefined }), 'la parte «camino» del comprobante falta, sobra o está mal escrita'],
        [
          edited(proof, { punto_de_control: 'x' }),
          'el punto de control o una de las llaves está mal escrito o cortado',
        ],
        [proof.replace('\\n21\\n', '\\n22\\n'), 'la firma no corresponde al punto de control'],
        [proof, 'está firmado con otra llave, no con la que usted indicó', '--llave', newSigner().key],
        [edited(proof, { llaves: [newSigner().key] }), 'no trae la llave con la que se firmó'],
        [edited(proof, { llaves: [newSigner().key] }), 'no trae la llave con la que se firmó', '--llave', signer.key],
        [edited(proof, { llaves: ['nada'] }), 'una de las llaves está mal escrito o cortado', '--llave', signer.key],
        [edited(proof, { punto_de_control: `${note}basura\n` }), 'mal escrito o cortado'],
        [edited(proof, { punto_de_control: note.replaceAll('\n', '\r\n') }), 'mal escrito o cortado'],
        [edited(proof, { ['x'.repeat(3_000)]: 1 }), `la parte «${'x'.repeat(200)}…» del comprobante`],
        ['['.repeat(3_000_000), 'el archivo está cortado o no es un comprobante'],
        [Buffer.from(proof, 'utf16le'), 'el archivo está cortado o no es un comprobante'],
        [Buffer.alloc(17_000_000, ' '), 'el archivo es demasiado grande para ser un comprobante'],
        [proof.slice(0, 400), 'el archivo está cortado o no es un comprobante'],
        ['', 'el archivo está cortado o no es un comprobante'],
        [Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), 'el paquete está cortado o no es un paquete de evidencia'],
        [Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe]), 'el archivo no es texto'],
        ['{"formato": "otra cosa"}', 'el archivo no es un comprobante de Caracteriza'],
        [edited(proof, { version: 2 }), 'una versión más nueva que este verificador'],
        [edited(proof, { lugar: '99999999999999999999' }), 'la parte «lugar» del comprobante'],
      ]
      for (const [content, sentence, ...args] of cases) {
        const { status, stdout, stderr } = verify(content, ...args)
        expect([status, stderr], sentence).toEqual([1, ''])
        expect(stdout.trim().split('\n'), sentence).toHaveLength(1)
        expect(stdout).toMatch(/^NO VÁLIDO: /)
        expect(stdout).toContain(sentence)
      }
    },
    A_PROCESS_EACH,
  )

  it(
    'ends with 1 where somebody sealed with a key of their own what is no event',
    async () => {
      const odd = { toString: 1, valueOf: 1 }
      const sealed = [
        ...[{ type: odd }, { at: odd }, { entity_id: odd }, { object_version: odd }, { reason_code: [] }].map((more) =>
          lineAt(0, more),
        ),
        ...[{ type: undefined }, { at: 5 }, { id: null }].map((more) => lineAt(0, more)),
        lineAt(0).replace('"changes":[', `"changes":[${'['.repeat(200_000)}${']'.repeat(200_000)},`),
        ...['[]', '{}', 'null', '"hecho"', '{'],
      ]
      for (const line of sealed) {
        const { status, stdout, stderr } = verify(await logOf([line], signer).eventProof(0), '--llave', signer.key)
        const said = 'NO VÁLIDO: la línea sellada no es un hecho de la bitácora.\n'
        expect([status, stdout, stderr], line.slice(0, 300)).toEqual([1, said, ''])
      }
    },
    A_PROCESS_EACH,
  )

  it('says what a checkpoint by itself is signed over, and nothing without a key', async () => {
    const note = await log.noteAt(21)
    for (const kept of [note, `\uFEFF${note.replaceAll('\n', '\r\n')}`]) {
      const { status, stdout, stderr } = verify(kept, '--llave', signer.key)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(
        /^VÁLIDO: el punto de control está firmado con la llave que usted indicó\.\nHechos en la bitácora: 21\n/,
      )
      expect(stdout).toContain(
        `Raíz de la bitácora: ${Buffer.from(note.split('\n')[2] ?? '', 'base64').toString('hex')}`,
      )
    }
    const cases: [string, ...string[]][] = [
      ['la firma no corresponde al punto de control', note.replace('\n21\n', '\n22\n'), '--llave', signer.key],
      ['está firmado con otra llave', note, '--llave', newSigner().key],
      ['mal escrito o cortado', note.slice(0, -5), '--llave', signer.key],
    ]
    for (const [sentence, text = '', ...args] of cases) {
      const { status, stdout } = verify(text, ...args)
      expect([status, stdout], sentence).toEqual([1, expect.stringMatching(new RegExp(`^NO VÁLIDO: .*${sentence}`))])
    }
    expect(verify(note)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('indicar con --llave'),
    })
    const leaves = leafFileText({ origin: ORIGIN, from: 0, leaves: ['ab'.repeat(32)] })
    expect(verify(leaves)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('huellas de un día'),
    })
  })

  it('reads a proof that an editor put a mark before', async () => {
    expect(verify(`\uFEFF${await log.eventProof(16)}`, '--llave', signer.key).status).toBe(0)
  })

  it('counts beyond 2^53 without rounding', () => {
    const path = Array.from({ length: 60 }, (_, n) => leafOf(Buffer.from([n])))
    const root = path.reduce((right, left) => nodeOf(left, right), leafOf(Buffer.from(lineAt(0))))
    const place = 2n ** 60n - 1n
    const note = signer.sign(2n ** 60n, root)
    const proof = eventProofText({ line: lineAt(0), place, path, note, keys: [signer.key] })
    const { status, stdout } = verify(proof, '--llave', signer.key)
    expect(status).toBe(0)
    expect(stdout).toContain('hecho n.º 1152921504606846976 de 1152921504606846976')
  })

  it('lets no event move the cursor of the terminal', async () => {
    const proof = await logOf([lineAt(0, { reason_code: '\u001b[2J\u202e' })], signer).eventProof(0)
    const { status, stdout } = verify(proof, '--llave', signer.key)
    expect(status).toBe(0)
    for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign)
  })

  it('ends with 2 and how it is used where the order is not clear', () => {
    for (const args of [
      [],
      ['a.json', 'b.json'],
      ['falta.json'],
      ['--otra'],
      ['--llave', 'x', 'comprobante.json'],
      ['--llave'],
      ['/dev/null'],
    ]) {
      const { status, stdout, stderr } = run(...args)
      expect([status, stdout], args.join(' ')).toEqual([2, ''])
      expect(stderr).toContain('Uso: node caracteriza-verificador.mjs')
      expect(stderr).not.toMatch(/ {2}at |Error/)
    }
    expect(run('--ayuda').status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual([VERIFIER_NAME, 'comprobante.json'])
  })
})
