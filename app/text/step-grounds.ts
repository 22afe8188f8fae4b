import { listed } from './cycles.ts'
import { formatDay } from './format.ts'

interface Roles {
  procedure: string
  version: number
  authors: string[]
  reviewers: string[]
  approvers: string[]
}

/** Why somebody may or may not act on a step (J2). */
export const stepGroundsText = {
  title: '¿Por qué puedo o no puedo?',
  rights: {
    edit: 'Elaborar',
    submit: 'Enviar a revisión',
    approve: 'Revisar o aprobar',
    return: 'Devolver',
    reopen: 'Pedir que se reabra',
  },
  yes: 'Sí, ahora.',
  facts: {
    rule: 'Regla',
    position: 'Su cargo',
    act: 'Acto que se lo da',
    until: 'Vence',
    change: 'Quién puede cambiarlo',
  },
  rule: ({ procedure, version, authors, reviewers, approvers }: Roles) =>
    `${procedure}, versión ${version}: elabora ${listed(authors, 'o')}; revisa ${listed(reviewers, 'o')}; aprueba ${listed(approvers, 'y')}. Nadie aprueba lo que elaboró.`,
  position: (name: string, kind: string, absent: string | null) =>
    `${name}${kind === 'encargado' ? ' (encargo)' : ''}${absent ? `, por delegación de ${absent}` : ''}`,
  act: (act: string, from: string) => `${act}, desde el ${formatDay(from)}`,
  until: (to: string | null) => (to ? `El ${formatDay(to)}, al terminar el día` : 'Sin fecha de terminación'),
  noAct: 'Hoy ningún acto lo vincula a este cargo.',
  change:
    'La Administración del sistema cambia quién ocupa un cargo; las funciones de cada paso cambian al adoptar otra versión del procedimiento.',
}
