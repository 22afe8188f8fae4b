/** What the verifier says of an evidence pack. */
import type { CheckedPack } from './check-pack.ts'
import type { PackFault, PackFaultCode } from './pack-source.ts'
import { CHECKPOINT, EVENTS, MANIFEST, SEAL } from './packs.ts'
import { keyLines, moment, printable, reasonOfFailure, shortened, verdict } from './texts.ts'

/** Failures of a proof are said as those of a single proof are, with the part of the pack before. */
type OwnCode = Exclude<PackFaultCode, Parameters<typeof reasonOfFailure>[0]>

export function sentenceOfPack(fault: PackFault): string {
  return `NO VÁLIDO: ${reasonOfPack(fault)}`
}

export function reasonOfPack({ code, part }: PackFault): string {
  const named = `«${shortened(part)}»`
  const event = `el hecho de la línea ${printable(part)} de ${EVENTS}`
  const sentences: Record<OwnCode, string> = {
    cut: 'el paquete está cortado o no es un paquete de evidencia ni la exportación de una entidad.',
    zip_changed: `el archivo ZIP no está escrito como lo entregó el producto${part ? ` (${named})` : ''}: alguien lo cambió o lo volvió a comprimir. Si solo se volvió a comprimir, descomprímalo y verifique la carpeta.`,
    not_a_file: `${named} no es un archivo.`,
    missing_file: `falta el archivo ${named}.`,
    extra_file: `sobra el archivo ${named}: no está en el manifiesto.`,
    file_twice: `el archivo ${named} está dos veces.`,
    altered_file: `el archivo ${named} no es el que se selló: cambió su contenido.`,
    too_large: `${part ? `el archivo ${named}` : 'el directorio del ZIP'} es demasiado grande para ser de un paquete.`,
    manifest_other_format: `${MANIFEST} está cortado o no es el manifiesto de un paquete de Caracteriza.`,
    manifest_newer_version:
      'está escrito en una versión más nueva que este verificador: descargue el verificador actual.',
    manifest_malformed: `la parte ${named} de ${MANIFEST} falta, sobra o está mal escrita.`,
    seal_malformed: `${SEAL} está cortado o mal escrito.`,
    seal_of_other_kind: `${SEAL} no es el comprobante de la exportación de un paquete.`,
    seal_before: `${SEAL} es de antes que ${CHECKPOINT}: nadie pudo exportar entonces lo que hay en el paquete.`,
    other_manifest: `${MANIFEST} no es el que se selló: alguien lo cambió.`,
    other_cycle: 'el sello es de otro ejercicio que el manifiesto.',
    event_malformed: `${event} está cortado o mal escrito.`,
    event_missing: `${EVENTS} no tiene los ${printable(part)} hechos que dice el manifiesto.`,
    event_none: `${EVENTS} no trae ningún hecho: el paquete no prueba nada de su ejercicio.`,
    event_repeated: `${event} está repetido.`,
    event_of_other_cycle: `${event} no es de este ejercicio.`,
    growth_malformed: `${named} está cortado o mal escrito.`,
    growth_elsewhere: `${named} no lleva al punto de control de este paquete.`,
    growth_none: `${named} no prueba que la bitácora creció: su punto de control anterior tiene los mismos hechos que el de este paquete.`,
    content_differs: `el contenido ${named} no tiene la huella sobre la que se decidió.`,
    content_unknown: `${event} decide sobre un contenido que no está en el paquete.`,
    row_malformed: `la fila ${named} está cortada o mal escrita.`,
    row_missing: `${named} no tiene las filas que dice el manifiesto.`,
    row_of_other_entity: `la fila ${named} es de otra entidad.`,
    log_differs: `los primeros ${printable(part)} hechos no son los que se firmaron: alguien cambió la bitácora.`,
    log_unsigned: 'la bitácora no está firmada hasta su último hecho.',
    content_undecided: `ningún hecho decide sobre el contenido del paso y la versión ${printable(part)}.`,
  }
  const own = Object.hasOwn(sentences, code) ? sentences[code as OwnCode] : undefined
  const where = /^\d+$/.test(part) ? event : named
  return own ?? `${where}: ${reasonOfFailure(code as Exclude<PackFaultCode, OwnCode>)}`
}

/** What a pack that holds proves, line by line. */
export function linesOfPack(checked: CheckedPack): string[] {
  const { manifest, exported, checkpoint, earlier, isKeyCertain } = checked
  const { name, files, events, contents } = manifest
  const signed = [checkpoint, exported.checkpoint, ...(earlier ? [earlier] : [])]
  const withheld = contents.filter(({ file }) => file === null).length
  return [
    verdict('el paquete está completo y es el que se selló', isKeyCertain),
    `Ejercicio: ${printable(name)}`,
    `Exportado: ${moment(String(exported.line.at))}, hecho n.º ${exported.place + 1n} de la bitácora`,
    `Archivos: ${files.length}, cada uno con la huella del manifiesto`,
    `Hechos del ejercicio: ${events}, cada uno en la bitácora firmada de ${checkpoint.size} hechos`,
    `Contenidos decididos: ${contents.length}, con la huella que nombran sus decisiones${withheld > 0 ? ` (${withheld} solo con su huella)` : ''}`,
    `Raíz de la bitácora: ${checkpoint.root.toString('hex')}`,
    ...growthLines(checked),
    ...keyLines(checkpoint.origin, [...new Set(signed.map(({ keyId }) => keyId))], isKeyCertain),
  ]
}

/** Whoever signs could sign what nobody was shown: only who compares the root with a copy from outside knows that it was published. */
function growthLines({ earlier, lastDecision }: CheckedPack): string[] {
  if (!earlier) return ['Crecimiento: el paquete no trae un punto de control anterior con el cual comparar']
  const within = lastDecision !== undefined && lastDecision < earlier.size
  return [
    `Crecimiento: contiene sin cambios la bitácora de un punto de control anterior, firmado, de ${earlier.size} hechos, raíz ${earlier.root.toString('hex')}. Compárelo con el publicado`,
    ...(lastDecision === undefined
      ? []
      : [
          `Última decisión del ejercicio: hecho n.º ${lastDecision + 1n}, ${within ? 'dentro de' : 'posterior a'} ese punto de control anterior`,
        ]),
  ]
}
