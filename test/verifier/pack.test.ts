/** An evidence pack that was changed in any way is never held for valid, and the sentence names what is wrong. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePack } from '../../db/pack-file.ts'
import { VERIFIER_NAME } from '../../documents/verifier-program.ts'
import { bundleVerifier } from '../../scripts/bundle-verifier.ts'
import { checkPack } from '../../verifier/check-pack.ts'
import { openPack, PackFault } from '../../verifier/pack-source.ts'
import { linesOfPack, sentenceOfPack } from '../../verifier/pack-texts.ts'
import {
  EVENTS,
  GROWTH,
  MANIFEST,
  type Manifest,
  manifestText,
  parseManifest,
  provenLineText,
  SEAL,
} from '../../verifier/packs.ts'
import { zipDirectory } from '../../verifier/stored-zip.ts'
import { CYCLE, type PackParts, packParts, sealedPack } from '../support/packs.ts'
import { lineAt, logOf, newSigner } from '../support/proofs.ts'

const folder = mkdtempSync(join(tmpdir(), 'paquete-'))
const signer = newSigner()
let parts: Awaited<ReturnType<typeof packParts>>
let whole: Buffer
beforeAll(async () => {
  parts = await packParts(signer)
  whole = await sealedPack(folder, signer, parts)
  writeFileSync(join(folder, VERIFIER_NAME), await bundleVerifier())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The sentence that says why a pack does not hold; empty where it does. */
function faultOf(zip: Buffer, ...certain: string[]): string {
  const path = join(folder, 'en-proceso.zip')
  writeFileSync(path, zip)
  return faultAt(path, certain)
}

function faultAt(path: string, certain: string[] = []): string {
  try {
    const source = openPack(path)
    try {
      checkPack(source, certain)
      return ''
    } finally {
      source.close()
    }
  } catch (error) {
    if (!(error instanceof PackFault)) throw error
    return sentenceOfPack(error)
  }
}

const withFiles = (change: (files: PackParts['files']) => PackParts['files']): PackParts => ({
  ...parts,
  files: change(parts.files),
})
const withEvents = (text: string) =>
  withFiles((files) => files.map(([name, content]) => [name, name === EVENTS ? text : content]))
const eventsText = () => parts.proven.map(provenLineText).join('')

/** The zip as somebody would write it who knows how, with other files in it. */
async function rewritten(change: (files: [string, Buffer][]) => [string, Buffer][]): Promise<Buffer> {
  const source = openPack(write('entero.zip', whole))
  const files = source.parts.map(({ name }): [string, Buffer] => [name, Buffer.concat([...source.read(name)])])
  source.close()
  const path = join(folder, 'otro.part')
  const pack = await writePack(path)
  for (const [name, content] of change(files)) await pack.add(name, content)
  await pack.finish()
  await pack.close()
  const zip = readFileSync(path)
  rmSync(path)
  return zip
}

function write(name: string, content: Buffer | string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** As somebody unpacks it. */
function unpacked(name: string): string {
  const source = openPack(write('entero.zip', whole))
  for (const part of source.parts) write(`${name}/${part.name}`, Buffer.concat([...source.read(part.name)]))
  source.close()
  return join(folder, name)
}

describe('an evidence pack', () => {
  it('holds as it was sealed, as the zip and as the folder it is unpacked to', () => {
    expect(faultOf(whole)).toBe('')
    expect(faultOf(whole, signer.key)).toBe('')
    expect(faultAt(unpacked('carpeta'))).toBe('')
  })

  it('says of each wrong pack what is wrong with it', async () => {
    const sealed = async (of: PackParts, wrong = {}) => faultOf(await sealedPack(folder, signer, of, wrong))
    const [first, second] = parts.proven
    if (!first || !second) throw new Error('no events')
    const cases: [string, string][] = [
      [faultOf(whole.subarray(0, whole.length - 1)), 'está cortado o no es un paquete'],
      [faultOf(whole.subarray(0, whole.length / 2)), 'está cortado o no es un paquete'],
      [faultOf(Buffer.alloc(0)), 'está cortado o no es un paquete'],
      [faultOf(Buffer.concat([whole, Buffer.from('x')])), 'está cortado o no es un paquete'],
      [faultOf(Buffer.concat([Buffer.from('x'), whole])), 'no está escrito como lo entregó el producto'],
      [faultOf(whole, newSigner().key), '«sello.json»: el punto de control está firmado con otra llave'],
      [
        await faultOf(await sealedPack(folder, newSigner(), parts)),
        '«bitacora/punto-de-control.txt»: el comprobante no trae la llave con la que se firmó',
      ],
      [faultOf(await rewritten((files) => files.slice(1))), 'falta el archivo «contenidos/uno.json»'],
      [
        faultOf(await rewritten((files) => files.filter(([name]) => name !== MANIFEST))),
        'falta el archivo «manifiesto.json»',
      ],
      [faultOf(await rewritten((files) => files.filter(([name]) => name !== SEAL))), 'falta el archivo «sello.json»'],
      [
        faultOf(await rewritten((files) => [['uno-mas.txt', Buffer.from('x')], ...files])),
        'sobra el archivo «uno-mas.txt»',
      ],
      [faultOf(await rewritten((files) => files.toReversed())), 'no está escrito como lo entregó el producto'],
      [
        faultOf(
          await rewritten((files) =>
            files.map(([name, content], i) => [name, i === 1 ? Buffer.from('Otra.') : content]),
          ),
        ),
        'el archivo «adjuntos/001-Acta de reunión.txt» no es el que se selló',
      ],
      [
        faultOf(
          await rewritten((files) =>
            files.map(([name, content]) => [
              name,
              name === MANIFEST ? Buffer.from(content.toString().replace('2026"', '2027"')) : content,
            ]),
          ),
        ),
        'manifiesto.json no es el que se selló',
      ],
      [
        await sealed(parts, { manifest: (text: string) => text.replace('"version": 1', '"version": 2') }),
        'una versión más nueva',
      ],
      [
        await sealed(parts, { manifest: (text: string) => text.replace('caracteriza-paquete', 'otro') }),
        'no es el manifiesto de un paquete',
      ],
      [await sealed(parts, { manifest: () => '{"formato"' }), 'no es el manifiesto de un paquete'],
      [
        await sealed(parts, {
          manifest: (text: string) => text.replace(/"bytes": "\d+"/, '"bytes": "9007199254740993"'),
        }),
        'la parte «bytes» de manifiesto.json falta, sobra o está mal escrita',
      ],
      [
        await sealed(parts, { manifest: (text: string) => text.replace('contenidos/uno', '../uno') }),
        'la parte «archivo» de manifiesto.json falta, sobra o está mal escrita',
      ],
      [
        await sealed(parts, { seal: (text: string) => text.replace('\n', '\r\n') }),
        'sello.json está cortado o mal escrito',
      ],
      [await sealed(parts, { seal: () => '{}' }), 'sello.json está cortado o mal escrito'],
      [await sealed(parts, { seal: (text: string) => text.replace('"version": 1', '"version": 2') }), 'sello.json'],
      [
        await sealed(parts, { seal: (text: string) => text.replace('"lugar": "21"', '"lugar": "9007199254740993"') }),
        '«sello.json»: el hecho no está en la bitácora firmada',
      ],
      [
        await sealed(parts, { exported: { type: 'audit.consulted' } }),
        'no es el comprobante de la exportación de un paquete',
      ],
      [await sealed(parts, { exportedAt: 20 }), 'sello.json es de antes que bitacora/punto-de-control.txt'],
      [await sealed(parts, { exported: { object_id: 'otro' } }), 'el sello es de otro ejercicio'],
      [
        await sealed({ ...withEvents(''), manifest: { ...parts.manifest, events: 0, contents: [] } }),
        'bitacora/hechos.jsonl no trae ningún hecho: el paquete no prueba nada',
      ],
      [
        await sealed(withFiles((files) => files.filter(([name]) => name !== EVENTS))),
        'falta el archivo «bitacora/hechos.jsonl»',
      ],
      [
        await sealed(withFiles((files) => [...files, ['adjuntos/001-Acta de reunión.txt', 'Otra.']])),
        'el archivo «adjuntos/001-Acta de reunión.txt» está dos veces.',
      ],
      [
        await sealed(withFiles((files) => [['../fuera.txt', 'x'], ...files])),
        'la parte «nombre» de manifiesto.json falta, sobra o está mal escrita',
      ],
      [
        faultOf(await rewritten((files) => [['/etc/passwd', Buffer.from('x')], ...files])),
        'sobra el archivo «/etc/passwd»',
      ],
      [
        faultOf(await rewritten((files) => [['../manifiesto.json', Buffer.from('x')], ...files])),
        'sobra el archivo «../manifiesto.json»',
      ],
      [
        faultOf(await rewritten((files) => [...files, files.at(-2) ?? ['', Buffer.alloc(0)]])),
        'el archivo «manifiesto.json» está dos veces.',
      ],
      [await sealed(parts, { exported: { type: { valueOf: 1, toString: 1 } } }), 'la línea sellada no es un hecho'],
      [
        await sealed(withEvents(eventsText().replace('aprobado', 'aprobada'))),
        'el hecho de la línea 1 de bitacora/hechos.jsonl: el hecho no está en la bitácora firmada',
      ],
      [
        await sealed(withEvents(provenLineText({ ...first, place: 9_007_199_254_740_993n }))),
        'el hecho de la línea 1 de bitacora/hechos.jsonl: el hecho no está en la bitácora firmada',
      ],
      [
        await sealed(withEvents(eventsText().replace('"lugar":"3"', '"lugar":3'))),
        'el hecho de la línea 2 de bitacora/hechos.jsonl está cortado',
      ],
      [await sealed(withEvents(eventsText().slice(0, -1))), 'línea 7 de bitacora/hechos.jsonl está cortado'],
      [
        await sealed(withEvents(provenLineText(first) + eventsText())),
        'línea 2 de bitacora/hechos.jsonl está repetido',
      ],
      [
        await sealed(withEvents(provenLineText(first) + provenLineText(second))),
        'no tiene los 7 hechos que dice el manifiesto',
      ],
      [
        await sealed({ ...parts, manifest: { ...parts.manifest, cycleId: CYCLE.replace(/7$/, '8') } }),
        'línea 1 de bitacora/hechos.jsonl no es de este ejercicio',
      ],
      [
        await sealed({ ...parts, manifest: { ...parts.manifest, contents: [] } }),
        'línea 1 de bitacora/hechos.jsonl decide sobre un contenido que no está',
      ],
      [
        await sealed(withFiles((files) => [['contenidos/uno.json', '{"answers":{}}'], ...files.slice(1)])),
        'el contenido «contenidos/uno.json» no tiene la huella sobre la que se decidió',
      ],
      [
        await sealed({
          ...parts,
          manifest: {
            ...parts.manifest,
            contents: [...parts.manifest.contents, { step: '4', version: 2, hash: 'ab'.repeat(32), file: null }],
          },
        }),
        'ningún hecho decide sobre el contenido del paso y la versión 4, 2',
      ],
    ]
    for (const [sentence, expected] of cases) {
      expect(sentence).toContain(expected)
      expect(sentence).toMatch(/^NO VÁLIDO: .*\.$/)
    }
  })

  it('has no manifest that names one file twice', () => {
    const file = { name: 'a.txt', bytes: 1, sha256: 'ab'.repeat(32) }
    const named = (...files: Manifest['files']) => parseManifest(manifestText({ ...parts.manifest, files }))
    expect(named(file, { ...file, name: 'b.txt' }).files).toHaveLength(2)
    expect(() => named(file, file)).toThrow(expect.objectContaining({ code: 'manifest_malformed', part: 'archivos' }))
  })

  it('holds with what it grew from, and says what is wrong with that', async () => {
    const withGrowth = async (text: string) =>
      faultOf(
        await sealedPack(
          folder,
          signer,
          withFiles((files) => [...files, [GROWTH, text]]),
        ),
      )
    const growth = await parts.growthFrom(9)
    expect(await withGrowth(growth)).toBe('')
    const proof = JSON.parse(growth)
    const changed = (more: object) => withGrowth(JSON.stringify({ ...proof, ...more }))
    const elsewhere = await logOf(
      Array.from({ length: 12 }, (_, n) => lineAt(n)),
      signer,
    ).growthProof(9)
    const cases: [string, string][] = [
      [await withGrowth('nada'), '«bitacora/crecimiento.json» está cortado o mal escrito'],
      [await withGrowth(await logOf([lineAt(0)], signer).eventProof(0)), 'está cortado o mal escrito'],
      [await withGrowth(elsewhere), 'no lleva al punto de control de este paquete'],
      [
        await changed({ camino: [Buffer.alloc(32).toString('base64'), ...proof.camino.slice(1)] }),
        '«bitacora/crecimiento.json»: la segunda bitácora no contiene a la primera',
      ],
      [await withGrowth(await parts.growthFrom(21)), 'no prueba que la bitácora creció'],
      [await changed({ antes: proof.antes.replace('\n9\n', '\n8\n') }), 'la firma no corresponde al punto de control'],
    ]
    for (const [sentence, expected] of cases) expect(sentence).toContain(expected)
  })

  it('says what it grew from, whether the last decision is in it, and that none was given', async () => {
    const linesWith = async (size?: number) => {
      const growth = size === undefined ? undefined : await parts.growthFrom(size)
      const zip = await sealedPack(folder, signer, growth ? withFiles((files) => [...files, [GROWTH, growth]]) : parts)
      const source = openPack(write('dicho.zip', zip))
      try {
        return linesOfPack(checkPack(source, [])).join('\n')
      } finally {
        source.close()
      }
    }
    expect(await linesWith()).toContain('Crecimiento: el paquete no trae un punto de control anterior')
    const before = await linesWith(18)
    expect(before).toMatch(
      /de un punto de control anterior, firmado, de 18 hechos, raíz [0-9a-f]{64}\. Compárelo con el publicado/,
    )
    expect(before).toContain('Última decisión del ejercicio: hecho n.º 19, posterior a ese punto de control')
    expect(await linesWith(19)).toContain('hecho n.º 19, dentro de ese punto de control anterior')
  })

  it('says of a directory that no zip can have that the zip was changed', () => {
    const part = zipDirectory([{ name: 'a', bytes: 0, crc: 0 }]).subarray(0, 47)
    const end = zipDirectory([]).subarray(-22)
    const huge = Buffer.from(part)
    huge.writeUInt32LE(0xffff_ffff, 24)
    const noText = Buffer.from(part)
    noText.writeUInt16LE(0xffff, 28)
    const crafted = {
      'sizes beyond 4 GB': [huge, huge],
      'more parts than it can count': Array.from({ length: 0x1_0000 }, () => part),
      'a name that grows when it is read as text': [noText.subarray(0, 46), Buffer.alloc(0xffff, 0xff)],
    }
    for (const [what, pieces] of Object.entries(crafted))
      expect([what, faultOf(Buffer.concat([...pieces, end]))]).toEqual([
        what,
        sentenceOfPack(new PackFault('zip_changed')),
      ])
  })

  it('says of a folder what was changed, taken away and put into it', () => {
    const changed = unpacked('cambiada')
    writeFileSync(join(changed, 'adjuntos/001-Acta de reunión.txt'), 'Otra.')
    expect(faultAt(changed)).toContain('el archivo «adjuntos/001-Acta de reunión.txt» no es el que se selló')
    const less = unpacked('incompleta')
    rmSync(join(less, EVENTS))
    expect(faultAt(less)).toContain(`falta el archivo «${EVENTS}»`)
    const more = unpacked('con-otro')
    writeFileSync(join(more, 'adjuntos/otro.txt'), 'x')
    expect(faultAt(more)).toContain('sobra el archivo «adjuntos/otro.txt»')
    for (const name of [MANIFEST, SEAL]) {
      const without = unpacked(`sin-${name}`)
      rmSync(join(without, name))
      expect(faultAt(without)).toContain(`falta el archivo «${name}»`)
    }
    mkdirSync(join(folder, 'vacia'))
    expect(faultAt(join(folder, 'vacia'))).toContain(`falta el archivo «${MANIFEST}»`)
    const odd = unpacked('con-nombre-raro')
    writeFileSync(Buffer.concat([Buffer.from(`${odd}/`), Buffer.of(0xff)]), 'x')
    expect(faultAt(odd)).toContain('sobra el archivo «')
    const linked = unpacked('con-enlace')
    symlinkSync('/etc/hostname', join(linked, 'adjuntos/enlace'))
    expect(faultAt(linked)).toContain('«adjuntos/enlace» no es un archivo')
  })

  it('never holds with any single byte changed', () => {
    const other = (byte: number, way: number) => [byte ^ 1, byte ^ 0x20, byte ^ 0x80, (byte + 1) & 255][way] ?? 0
    const path = write('byte.zip', whole)
    const file = openSync(path, 'r+')
    for (let place = 0; place < whole.length; place++) {
      writeSync(file, Buffer.of(other(whole[place] ?? 0, place % 4)), 0, 1, place)
      if (!faultAt(path).startsWith('NO VÁLIDO: ')) expect.unreachable(`byte ${place} may be another`)
      writeSync(file, whole, place, 1, place)
    }
    closeSync(file)
    expect(faultAt(path)).toBe('')
  }, 240_000)

  it('is checked by the one file that is handed out, in an empty folder', () => {
    const run = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER_NAME, ...args], {
        ...{ cwd: folder, env: { NODE_ENV: 'production' }, encoding: 'utf8' },
      })
      return { status, stdout, stderr }
    }
    write('p.zip', whole)
    const held = run('--llave', signer.key, 'p.zip')
    expect([held.status, held.stderr]).toEqual([0, ''])
    for (const said of [
      'VÁLIDO: el paquete está completo y es el que se selló.',
      'Ejercicio: Ejercicio 2026',
      'Archivos: 4, cada uno con la huella del manifiesto',
      'Hechos del ejercicio: 7, cada uno en la bitácora firmada de 21 hechos',
      'la que usted indicó.',
    ])
      expect(held.stdout).toContain(said)
    unpacked('abierta')
    expect(run('--llave', signer.key, 'abierta').status).toBe(0)
    expect(run('abierta').status).toBe(3)
    expect(run('abierta').stdout).toMatch(/^SIN CONFIRMAR: el paquete está completo y es el que se selló; falta saber/)
    expect(run('abierta').stdout).toContain('Compárela con la que publica la entidad')
    write('p.zip', whole.subarray(0, 900))
    const cut = run('p.zip')
    expect([cut.status, cut.stdout, cut.stderr]).toEqual([
      1,
      'NO VÁLIDO: el paquete está cortado o no es un paquete de evidencia ni la exportación de una entidad.\n',
      '',
    ])
    expect(run('no-hay.zip')).toMatchObject({ status: 2, stdout: '' })
  })
})
