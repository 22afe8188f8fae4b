import { formatInstant } from './format.ts'

export const correctionText = {
  title: (title: string, version: number) => `Corregir «${title}», versión ${version}`,
  crumb: 'Corrección',
  open: 'Corregir esta versión',
  see: 'Ver la corrección en curso',
  intro:
    'Una corrección es una versión nueva. La que está publicada sigue a la vista mientras la firman, y después queda disponible para siempre, marcada como corregida.',
  /** Of a release that was held: another is prepared in its place, by the same way. */
  ofHeld: {
    title: (title: string, version: number) => `Preparar de nuevo «${title}», versión ${version}`,
    crumb: 'Preparar de nuevo',
    intro:
      'La versión firmada quedó retenida y no saldrá. Prepare otra en su lugar: sus tablas se protegen de nuevo junto con todo lo que ya es público, y la firman las mismas personas que aprueban el paso 7.',
    none: 'Todavía no se ha preparado la que ocupará su lugar.',
    preparing: 'Está preparada: revise los archivos y envíela a firma.',
    submitted: (duty: string) => `Está a firma: sigue ${duty}.`,
    approved: 'Está firmada y sale al público en cuanto llegue su hora.',
    form: {
      title: 'Qué llevará la que ocupe su lugar',
      reason: 'Por qué se prepara de nuevo (queda en el expediente)',
      note: 'Nota pública: qué trae esta versión',
      tables: 'Tablas que llevará',
      tablesHelp:
        'Si no se sabe cuál causa la retención, prepare primero con todas: la página dirá en qué casillas. Las cifras salen de los pasos aprobados y no cambian.',
      prepare: 'Preparar los archivos',
    },
  },
  states: {
    none: 'Todavía no se ha preparado una corrección.',
    noneNow: 'No hay una corrección en curso.',
    preparing: 'La corrección está en preparación: revise los archivos y envíela a firma.',
    submitted: (duty: string) => `La corrección está a firma: sigue ${duty}.`,
    approved: 'La corrección está firmada y sale al público en cuanto llegue su hora.',
    approvedFor: (at: Date | string) => `La corrección está firmada y será pública el ${formatInstant(at)}.`,
    notPublished: 'Solo se corrige la versión que está publicada.',
  },
  form: {
    title: 'Qué se corrige',
    reason: 'Motivo de la corrección (queda en el expediente)',
    note: 'Nota pública: qué cambió y por qué',
    tables: 'Tablas que quedan publicadas',
    tablesHelp: 'Las cifras salen de los pasos aprobados. Si una cifra está mal, se corrige con un ejercicio nuevo.',
    prepare: 'Preparar la corrección',
  },
  noteHelp: 'La verá cualquier persona en la página del conjunto y en las novedades.',
  fields: {
    descripcion: 'Descripción',
    desde: 'Periodo, desde',
    hasta: 'Periodo, hasta',
    frecuencia: 'Frecuencia de actualización',
    licencia: 'Licencia',
    area: 'Área de contacto',
    correo: 'Correo de contacto',
    etiquetas: 'Palabras clave, separadas por comas',
  },
  tableTitle: 'Título público',
  prepareAgain: 'Preparar de nuevo',
  files: 'Archivos de la corrección',
  hash: 'Huella de la corrección',
  submit: 'Enviar a firma',
  discard: 'Descartar la corrección',
  signTitle: 'Firmar la corrección',
  signing:
    'Al firmar declara sobre exactamente estos archivos y estas palabras. Firman dos personas distintas de quien la preparó.',
  observation: 'Observación (para devolverla)',
  sign: 'Firmar',
  giveBack: 'Devolver con observación',
  signatures: 'Firmas y devoluciones',
  signatureHeads: {
    who: 'Quién',
    verdict: 'Qué hizo',
    when: 'Cuándo',
    method: 'Qué declaró y cómo firmó',
    observation: 'Observación',
  },
  verdicts: { approve: 'Firmó', return: 'Devolvió' } as Record<string, string>,
  instant: formatInstant,
  planned: (at: Date | string) => `Con la última firma quedará programada para el ${formatInstant(at)}.`,
  atOnce: 'Con la última firma se publica de inmediato. Si debe esperar a una fecha, dígala antes.',
  ofWaiting: 'Ver la corrección',
  takeBack: {
    title: 'Retirar la corrección',
    intro:
      'Está firmada y todavía no es pública. Si la retira, no se publica: lo publicado sigue igual, y los archivos y las firmas de la corrección quedan en el expediente. Se avisa por correo a quienes la prepararon o firmaron.',
    reason: 'Motivo',
    submit: 'Retirar antes de que se publique',
  },
  takenBack: (version: number, at: Date | string) =>
    `La corrección que iba a ser la versión ${version} se retiró el ${formatInstant(at)}, antes de publicarse. Motivo:`,
  observationMissing: 'Escriba la observación para devolver la corrección.',
  noTables: 'Deje al menos una tabla.',
  done: {
    preparada: 'La corrección quedó preparada. Revise sus archivos.',
    enviada: 'La corrección se envió a firma.',
    firmada: 'Su firma quedó registrada.',
    devuelta: 'La corrección se devolvió a quien la preparó.',
    retirada: 'La corrección se retiró y no se publicará.',
    descartada: 'La corrección se descartó; lo publicado sigue igual.',
  } as Record<string, string>,
}

/** Of the inbox. */
export const correctionsToSignText = {
  title: 'Correcciones por firmar',
  line: (title: string, version: number, submitted: Date | string) =>
    `«${title}», versión ${version}: enviada a firma el ${formatInstant(submitted)}.`,
  sign: 'Leer y firmar',
  signOf: (title: string) => `Leer y firmar la corrección de «${title}»`,
}

/** Of the inbox: releases that were held. */
export const heldToPrepareText = {
  title: 'Publicaciones retenidas, por preparar de nuevo',
  line: (title: string, version: number, held: Date | string) =>
    `«${title}», versión ${version}: retenida el ${formatInstant(held)}, cuando iba a salir.`,
  open: 'Ver por qué y preparar de nuevo',
  openOf: (title: string) => `Ver por qué se retuvo «${title}» y preparar de nuevo`,
}
