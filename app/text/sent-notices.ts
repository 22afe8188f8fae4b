/** Words of what was told to people of a procedure under way. */

import { REVIEWER } from '../../domain/campaigns.ts'
import { HEAD } from '../../domain/dissemination.ts'
import { SUPERIOR } from '../../domain/notices.ts'
import type { NoticeOutcome } from '../../domain/sent-notices.ts'
import { mailText } from './administration.ts'
import { type DutyNames, dutyName } from './duties.ts'

/** Whom a notice is for, where the ledger names no position. */
const FOR: Record<string, string> = {
  in_charge: 'Quien debe actuar',
  [SUPERIOR]: 'El cargo superior',
  [HEAD]: 'Quien dirige la dependencia',
  [REVIEWER]: 'Quien revisa los accesos',
  grantee: 'La persona del acceso',
  heads: 'Quien dirige el organismo',
}

/** What a notice that reached nobody was about, by how its code begins. */
const ABOUT: Record<string, string> = {
  reminder: 'Recordatorio del plazo',
  expiry: 'Aviso de que venció el plazo',
  overdue: 'Aviso de que el plazo sigue vencido',
  delivery: 'Aviso de lo que hay por responder',
}

export const sentNoticesText = {
  title: 'Avisos enviados',
  link: 'Avisos enviados',
  intro:
    'Lo que el sistema avisó por correo, de lo más reciente a lo más antiguo: a qué cargo, sobre qué y si se entregó. No muestra direcciones ni nombres.',
  none: 'Todavía no se ha avisado nada.',
  caption: 'Avisos enviados',
  at: 'Cuándo',
  what: 'Asunto',
  positions: 'A qué cargo',
  outcome: 'Resultado',
  about: (kind: string | null) => ABOUT[kind?.split('-')[0] ?? ''] ?? 'Aviso',
  nobody: 'Sin destinatario',
  noPosition: 'Una persona sin cargo ese día',
  duty: (duty: string, called: DutyNames) => FOR[duty] ?? dutyName(duty, called),
  outcomes: { ...mailText.states, nobody: 'No había a quién avisar' } as Record<NoticeOutcome, string>,
}
