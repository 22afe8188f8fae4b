import { formatLongInstant } from './format.ts'

/** Words of the shared parts of pages. */
export const partsText = {
  hash: (purpose: string) => `${purpose}: huella SHA-256`,
  hashPurpose: 'Contenido',
  copyHash: 'Copiar la huella completa',
  suppressed: 'oculta',
  suppressedWhy: 'Cifra oculta para que nadie pueda ser reconocido.',
  pages: 'Páginas de la lista',
  firstPage: 'Volver al principio',
  nextPage: 'Ver más',
  scrollHint: (label: string) => `${label}. Si no cabe, desplácese hacia los lados.`,
  steps: 'Pasos del ejercicio',
  stepOf: (code: string, count: number) => `Paso ${code} de ${count}`,
}

/** Name of the parameter that carries the columns of a table. */
export const COLUMNS_NAME = 'columnas'

/** Columns of a table: which, in what order, and what each is filtered by. */
export const columnsText = {
  title: (shown: number, all: number) => `Columnas (${shown} de ${all})`,
  help: (fixed: string) => `«${fixed}» queda fija a la izquierda. Lo que elija queda en la dirección de la página.`,
  forward: 'Subir',
  back: 'Bajar',
  hide: 'Ocultar',
  show: 'Mostrar',
  hidden: (header: string) => `${header} (oculta)`,
  act: (act: string, header: string) => `${act} la columna ${header}`,
  usual: 'Volver a las columnas de siempre',
  filterBy: (header: string) => `Filtrar por ${header}`,
  any: 'Todos',
  filter: 'Filtrar la tabla',
  clear: 'Quitar filtros de la tabla',
  nothing: 'Ninguna fila cumple los filtros de la tabla.',
}

export const receiptText = {
  title: 'Quedó registrado',
  pendingTitle: 'Su acto está guardado',
  pending: 'Se está terminando de registrar por sí solo. No hace falta repetirlo.',
  code: 'Código del comprobante',
  when: (at: string) => `Registrado el ${formatLongInstant(at)}.`,
}

export const confirmFormText = {
  cancel: 'Cancelar',
  sending: 'Enviando…',
}

export const formErrorsText = {
  title: (page: string) => `Error: ${page}`,
}

/** A form that is gone from the page when its answer comes. */
export const notTakenText = { copy: 'No se guardó lo que usted escribió. Cópielo si lo necesita:' }
