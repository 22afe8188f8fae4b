/** What the verifier says at the terminal. Whoever reads it has nothing of the product at hand. */
import type { Finding, OpenedCheckpoint, ProofFailure, SealedLine } from './check-proof.ts'
import type { ProofFault } from './proofs.ts'

export const USAGE = `Uso: node caracteriza-verificador.mjs [--llave LLAVE]... ARCHIVO

  ARCHIVO         comprobante de un hecho o de crecimiento (.json), o paquete de evidencia o exportación de una
                  entidad (.zip, o la carpeta en que se descomprimió); o punto de control (.txt)
  --llave LLAVE   llave pública que la entidad publica (nombre+identificador+base64); se puede repetir

Termina con 0 si el archivo prueba lo que dice con una llave indicada, con 1 si no, con 3 si lo prueba pero nadie indicó
la llave, y con 2 si no hay veredicto: la orden está mal escrita o el archivo no se puede leer.`

export const saidOfUse = {
  oneFile: 'Indique un archivo, y solo uno.',
  noFile: (file: string) => `No se puede leer el archivo ${file}.`,
  noteWithoutKey:
    'El archivo es un punto de control: para saber quién lo firmó hay que indicar con --llave la llave que publica la entidad.',
  leaves:
    'El archivo trae las huellas de un día, que no llevan firma: se guardan, y quien opera el sistema las compara con la bitácora. No hay veredicto.',
  notFinished: (why: string) => `El verificador no pudo terminar (${why}): no hay veredicto.`,
  noText: 'NO VÁLIDO: el archivo no es texto, no es un comprobante.',
  noKey: 'La llave indicada con --llave está mal escrita: cópiela completa (nombre+identificador+base64).',
  unknownOption: 'La orden tiene una opción que no existe.',
}

export function sentenceOfFile({ code, part }: ProofFault): string {
  const sentences: Record<ProofFault['code'], string> = {
    not_json: 'el archivo está cortado o no es un comprobante.',
    other_format: 'el archivo no es un comprobante de Caracteriza.',
    newer_version:
      'el comprobante está escrito en una versión más nueva que este verificador: descargue el verificador actual.',
    too_large: 'el archivo es demasiado grande para ser un comprobante.',
    malformed: `la parte «${shortened(part)}» del comprobante falta, sobra o está mal escrita.`,
  }
  return `NO VÁLIDO: ${sentences[code]}`
}

export function sentenceOfFailure(code: ProofFailure): string {
  return `NO VÁLIDO: ${reasonOfFailure(code)}`
}

export function reasonOfFailure(code: ProofFailure): string {
  const sentences: Record<ProofFailure, string> = {
    note_malformed: 'el punto de control o una de las llaves está mal escrito o cortado.',
    note_unknown_key: 'el comprobante no trae la llave con la que se firmó su punto de control.',
    note_bad_signature: 'la firma no corresponde al punto de control: alguien cambió uno de los dos.',
    other_key: 'el punto de control está firmado con otra llave, no con la que usted indicó.',
    not_in_tree:
      'el hecho no está en la bitácora firmada tal como aparece aquí: cambió el hecho, su lugar o su camino.',
    line_unreadable: 'la línea sellada no es un hecho de la bitácora.',
    other_entity: 'el hecho y el punto de control son de entidades distintas.',
    shrunk: 'el segundo punto de control tiene menos hechos que el primero: la bitácora retrocedió.',
    not_grown: 'la segunda bitácora no contiene a la primera: lo ya sellado cambió, o el camino está alterado.',
  }
  return sentences[code]
}

/** Anybody can make a key and sign with it: without one heard from elsewhere nothing is valid yet. */
export function verdict(what: string, isKeyCertain: boolean): string {
  return isKeyCertain
    ? `VÁLIDO: ${what}.`
    : `SIN CONFIRMAR: ${what}; falta saber si la llave que lo firma es la de la entidad.`
}

/** What a proof that holds proves, line by line. */
export function linesOf(finding: Exclude<Finding, { kind: 'fault' }>): string[] {
  if (finding.kind === 'event') {
    const { line, place, checkpoint, isKeyCertain } = finding
    return [
      verdict('el hecho está en la bitácora firmada, tal como se muestra', isKeyCertain),
      ...eventLines(line),
      `Lugar en la bitácora: hecho n.º ${place + 1n} de ${checkpoint.size}`,
      `Raíz de la bitácora: ${checkpoint.root.toString('hex')}`,
      ...keyLines(checkpoint.origin, [checkpoint.keyId], isKeyCertain),
    ]
  }
  const { earlier, later, isKeyCertain } = finding
  return [
    verdict(
      'la bitácora solo creció; todo lo sellado en el primer punto de control sigue igual en el segundo',
      isKeyCertain,
    ),
    `Primer punto de control: ${earlier.size} hechos, raíz ${earlier.root.toString('hex')}`,
    `Segundo punto de control: ${later.size} hechos, raíz ${later.root.toString('hex')}`,
    ...keyLines(later.origin, [...new Set([earlier.keyId, later.keyId])], isKeyCertain),
  ]
}

/** What a checkpoint says that a certain key signed. */
export function linesOfNote({ origin, size, root, keyId }: OpenedCheckpoint): string[] {
  return [
    verdict('el punto de control está firmado con la llave que usted indicó', true),
    `Hechos en la bitácora: ${size}`,
    `Raíz de la bitácora: ${root.toString('hex')}`,
    ...keyLines(origin, [keyId], true),
  ]
}

function eventLines(line: SealedLine): string[] {
  const version = line.object_version === null ? '' : `, versión ${line.object_version}`
  const lines: [string, unknown][] = [
    ['Hecho', line.type],
    ['Cuándo', moment(String(line.at))],
    ['Sobre', `${line.object_type} ${line.object_id}${version}`],
    ['Huella del contenido', line.content_hash],
    ['Persona', line.actor_person],
    ['En nombre de', line.acting_for],
    ['Acto', line.act_id],
    ['Motivo', line.reason_code],
    ['Identificador del hecho', line.id],
  ]
  return [
    ...lines.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${printable(String(value))}`),
    ...changesOf(line),
  ]
}

function changesOf({ changes }: SealedLine): string[] {
  if (!Array.isArray(changes) || changes.length === 0) return []
  return ['Cambios:', ...changes.map((change) => `  ${printable(JSON.stringify(change))}`)]
}

export function keyLines(origin: string, ids: string[], isCertain: boolean): string[] {
  const named = ids.join(' y ')
  return [
    `Bitácora: ${printable(origin)}`,
    isCertain
      ? `Firma: llave ${named}, la que usted indicó.`
      : `Firma: llave ${named}, que viene en el mismo archivo. Compárela con la que publica la entidad, o indíquela con --llave: sin eso, cualquiera pudo firmar con una llave propia.`,
  ]
}

/** In Bogotá, as the database's clock said it. */
export function moment(at: string): string {
  const when = new Date(at)
  if (Number.isNaN(when.getTime())) return at
  const bogota = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Bogota',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(when)
  return `${bogota}, hora de Bogotá (${at})`
}

const LONGEST_SHOWN = 200

/** A name out of a file, as far as a sentence takes it. */
export function shortened(text: string): string {
  const shown = [...text].slice(0, LONGEST_SHOWN).join('')
  return printable(shown) + (shown.length < text.length ? '…' : '')
}

/** Nothing that stands in a file moves the cursor of a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD')
}
