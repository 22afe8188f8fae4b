import { FILE_TITLES } from '../../catalog/open-data-words.ts'
import { formatBytes, formatDate, formatInstant } from './format.ts'

export const publicationsText = {
  title: 'Publicaciones',
  state:
    'Cada versión publicada queda. Una corrección es una versión nueva; lo retirado conserva su página con el motivo.',
  caption: 'Publicaciones de la entidad',
  all: 'Todas',
  filterLabel: 'Estado de la publicación',
  states: {
    draft: 'Borrador',
    scheduled: 'Programada',
    published: 'Publicada',
    corrected: 'Corregida',
    withdrawn: 'Retirada',
    recalled: 'Retirada sin publicar',
    held: 'Retenida',
  },
  emptyTitle: 'No hay publicaciones en este estado',
  empty: 'Cuando un ejercicio apruebe el paso 7, sus datos abiertos aparecerán aquí.',
  name: 'Conjunto de datos',
  version: 'Versión',
  status: 'Estado',
  cycle: 'Ejercicio',
  date: 'Fecha',
  files: 'Archivos',
  vigencia: (vigencia: number) => `vigencia ${vigencia}`,
  noDate: 'Sin publicar',
  planned: (at: Date) => `Prevista: ${formatInstant(at)}`,
  open: (title: string, version: number) => `${title}, versión ${version}`,
}

export const releaseText = {
  pageTitle: (title: string, version: number) => `${title}, versión ${version}`,
  states: {
    draft: 'Aprobada y sin fecha: no es pública hasta que se diga cuándo.',
    scheduled: (at: Date) =>
      `Será pública el ${formatInstant(at)}. Hasta entonces nadie fuera de los responsables del paso 7 la ve.`,
    published: (at: Date) => `Es pública desde el ${formatInstant(at)}.`,
    corrected: (at: Date) =>
      `Se publicó el ${formatInstant(at)} y una versión posterior la corrigió. Sus archivos siguen disponibles, marcados.`,
    recalled: 'Se firmó y se retiró antes de su hora: nunca fue pública.',
    held: (at: Date) =>
      `Se retuvo el ${formatInstant(at)}, cuando iba a salir: no es pública ni lo será tal como se firmó.`,
    withdrawn: (at: Date) =>
      `Se retiró el ${formatInstant(at)}. Su página pública dice por qué; los archivos ya no se entregan.`,
  },
  reason: 'Motivo del retiro',
  held: {
    title: 'Por qué se retuvo y qué sigue',
    next: 'Prepare otra en su lugar. Puede dejar fuera tablas o cambiar las palabras; sus cifras se protegen de nuevo junto con todo lo público, y la firman quienes aprueban el paso 7.',
    othersPrepare: (names: string) =>
      `La prepara de nuevo ${names}, a quien ya se avisó. Cuando esté lista, la firman quienes aprueban el paso 7.`,
    inPreparation: 'Ya se prepara otra en su lugar.',
    isReplaced: 'Otra versión ocupó su lugar y es pública.',
  },
  heldReasons: {
    release_unsafe:
      'Junto con lo que se hizo público después de prepararla, sus tablas dejarían calcular cifras de muy pocas personas.',
    release_unproven: 'No se alcanzó a comprobar que sus tablas no dejen calcular cifras de muy pocas personas.',
    release_differs: 'Sus archivos no son los que se firmaron.',
  } as Record<string, string>,
  prepareAgain: 'Preparar de nuevo',
  seeAgain: 'Ver la que se prepara en su lugar',
  replacedBy: 'Ver la que ocupó su lugar',
  publicPage: 'Ver la página pública',
  cycle: 'Ejercicio',
  change: 'Qué cambia en esta versión',
  period: 'Periodo',
  periodOf: (from: string, to: string) => `${formatDate(from)} a ${formatDate(to)}`,
  licence: 'Licencia',
  contact: 'Contacto',
  releaseHash: 'Publicación',
  snapshotHash: 'Corte de datos',
  factsTitle: 'Descripción',
  filesTitle: 'Archivos',
  filesCaption: 'Archivos exactos de la versión',
  file: 'Archivo',
  kind: 'Contenido',
  kinds: FILE_TITLES,
  size: 'Tamaño',
  hash: 'Huella SHA-256',
  bytes: formatBytes,
  withdrawal: {
    title: 'Retirar esta versión',
    intro:
      'La página pública seguirá abierta y mostrará el motivo que escriba. Los archivos dejarán de entregarse. No se puede deshacer: para volver a publicar se hace un ejercicio nuevo o una corrección.',
    reason: 'Motivo (lo verá cualquier persona)',
    submit: 'Retirar la publicación',
  },
  done: { retirada: 'La publicación quedó retirada. Su página pública muestra el motivo.' } as Record<string, string>,
}

export const hourText = {
  title: 'Cuándo será pública',
  planned: (at: Date) => `Al aprobarse el paso 7 quedará programada para el ${formatInstant(at)}.`,
  atOnce: 'Al aprobarse el paso 7 se publicará de inmediato. Si debe esperar a una fecha, dígala aquí.',
  waiting:
    'El día y la hora son de Colombia. Puede cambiarlos o cancelarlos hasta ese minuto; cada cambio queda registrado.',
  othersDecide: (names: string) => `Decide la fecha: ${names}.`,
  date: 'Día',
  time: 'Hora (de 00:00 a 23:59)',
  give: 'Programar',
  change: 'Cambiar la fecha',
  now: 'Publicar ahora',
  cancel: 'Cancelar la fecha',
  done: {
    programada: 'La fecha quedó guardada.',
    ahora: 'Se pidió publicar ahora: será pública en unos segundos.',
    cancelada: 'La fecha se canceló: la publicación sigue sin ser pública.',
  } as Record<string, string>,
}

export const disclosureText = {
  title: 'Divulgación',
  locked: (sentence: string) => `Todavía no se puede preparar. ${sentence}`,
  open: 'Complete el paso 7, prepare los archivos y envíelo a revisión.',
  inReview: 'El paso 7 está en revisión: los archivos de abajo son los que se están firmando.',
  approved: 'El paso 7 está aprobado: sus archivos se publican tal como se firmaron.',
  checklistTitle: 'Lista de la publicación',
  checklistDone: 'listo',
  checklistMissing: 'falta',
  form: 'Abrir el formulario del paso 7',
  decide: 'Ir a la decisión del paso 7',
  complete: 'El formulario del paso 7 está completo',
  prepared: 'Los archivos están preparados',
  current: 'Los archivos corresponden a lo escrito en el formulario',
  notCurrent: 'El formulario cambió después de preparar los archivos: prepárelos de nuevo',
  reportReady: 'El informe del paso 6 está emitido y firmado',
  identifiersOut: (columns: number) =>
    columns === 0
      ? 'Anonimización: las fuentes no traen columnas que identifiquen a personas'
      : `Anonimización: ninguna tabla usa una columna que identifique a personas (${columns === 1 ? 'una quedó' : `${columns} quedaron`} fuera de los datos)`,
  identifiersIn: (labels: string) =>
    `Anonimización: quite las tablas que usan columnas que identifican a personas: ${labels}`,
  informed: (count: number) => `Dependencias informadas: ${count}`,
  filesTitle: 'Archivos que se publicarán',
  filesNone: 'Todavía no se han preparado. Se hacen con el título, las tablas y la descripción del formulario.',
  signs:
    'Al aprobar el paso 7 se firman exactamente estos archivos. Si cambia uno solo, la aprobación no vale para él.',
  prepare: 'Preparar archivos',
  prepareAgain: 'Preparar de nuevo',
  cannotPrepare:
    'Para preparar los archivos falta el título, al menos una tabla con su figura, o el informe firmado del paso 6.',
  previewTitle: 'Lo que verá el público',
  previewIntro: 'Las tablas como salen al público: las celdas pequeñas ya están ocultas.',
  previewNone: 'Elija en el formulario las figuras que se publican y aquí se verán.',
  missingFigure: 'Esta figura ya no se puede calcular con el corte aprobado. Elija otra en el formulario.',
  description: 'Descripción',
  restricted: 'Lo que aún no se publica lo ven quienes elaboran, revisan y aprueban el paso 7.',
  published: 'Ver la publicación de este ejercicio',
  done: { preparada: 'Los archivos quedaron preparados. Revíselos y envíe el paso 7 a revisión.' } as Record<
    string,
    string
  >,
}
