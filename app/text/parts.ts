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
