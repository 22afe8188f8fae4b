import { formatInstant } from './format.ts'

/** Conversations beside a step, and who is named in them. */
export const commentsText = {
  title: 'Comentarios',
  none: 'Nadie ha comentado este paso. Los comentarios no hacen parte de lo que se firma.',
  noneOfSection: 'Nadie ha comentado esta sección. Los comentarios no hacen parte de lo que se firma.',
  ofSection: (n: number) => (n === 1 ? 'un comentario sin resolver' : `${n} comentarios sin resolver`),
  open: (n: number) =>
    `${n === 0 ? 'Ninguno está sin resolver' : n === 1 ? 'Uno sin resolver' : `${n} sin resolver`}. No hacen parte de lo que se firma.`,
  closed: (n: number) => (n === 1 ? 'Un comentario resuelto' : `${n} comentarios resueltos`),
  label: 'Escribir un comentario',
  mentionHelp: 'Para avisarle a alguien escriba @ y su cargo.',
  offered: 'Cargos que puede mencionar',
  offeredKeys: (n: number) =>
    `${n === 1 ? 'Un cargo' : `${n} cargos`} para mencionar: elija con las flechas y pulse Entrar.`,
  anchor: 'Sobre qué parte',
  whole: 'Todo el paso',
  group: (title: string) => `Todo «${title}»`,
  submit: 'Comentar',
  about: 'Sobre',
  by: (position: string, at: Date | string) => `${position}, ${formatInstant(at)}`,
  corrected: (at: Date | string) => `corregido el ${formatInstant(at)}`,
  earlier: (n: number) => (n === 1 ? 'Ver lo que decía antes' : `Ver las ${n} versiones anteriores`),
  version: (n: number, at: Date | string) => `Versión ${n}, ${formatInstant(at)}`,
  change: 'Corregir o adjuntar',
  correct: 'Corregir el comentario',
  saveCorrection: 'Guardar la corrección',
  file: 'Archivo del comentario',
  addFile: 'Adjuntar al comentario',
  reply: 'Responder',
  answer: 'Su respuesta',
  resolve: 'Dar por resuelto',
  reopen: 'Volver a abrir',
  isResolved: 'Resuelto',
  blocked: (n: number) =>
    `${n === 1 ? 'Hay un comentario' : `Hay ${n} comentarios`} sin resolver. Este procedimiento pide resolverlos antes de aprobar.`,
  see: 'Ver los comentarios',
}

export const mentionsText = {
  title: 'Lo mencionan',
  line: (by: string, code: string, cycle: string, at: Date | string) =>
    `${by} lo mencionó en un comentario del paso ${code} de «${cycle}», ${formatInstant(at)}.`,
  see: 'Leer y responder',
  seen: 'Ya lo vi',
}
