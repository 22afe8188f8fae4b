import type { Area } from '../../domain/permission-subjects.ts'
import { areasOf } from '../../domain/permissions.ts'
import type { MenuItem } from '../components/side-menu.tsx'
import type { Actor } from '../session.server.ts'
import { COLLECTORS } from '../text/collectors.ts'
import { menuText } from '../text/shell.ts'

const AREA_PAGES: [area: Area, to: string, label: string][] = [
  ['inbox', '/bandeja', menuText.bandeja],
  ['cycles', '/ejercicios', menuText.ejercicios],
  ['capture', '/captura', menuText.captura],
  ['access', '/accesos', menuText.accesos],
  ['rights', '/derechos', menuText.derechos],
  ['variables', '/variables', menuText.variables],
  ['connections', '/conexiones', menuText.conexiones],
  ['results', '/resultados', menuText.resultados],
  ['risks', '/riesgos', menuText.riesgos],
  ['improvement', '/mejora', menuText.mejora],
  ['publications', '/publicaciones', menuText.publicaciones],
  ['audit', '/auditoria', menuText.auditoria],
  ['administration', '/administracion', menuText.administracion],
]

/** Pages of no area by themselves, each with the areas that lead to it: the first one the actor has is where they are. */
const LED_TO: [to: string, from: Area[]][] = [
  ['/disposicion', ['administration', 'audit', 'inbox']],
  [COLLECTORS, ['administration', 'audit']],
]

/** The side menu of an actor: only the areas the position may open, and capture where an access in force lets them. */
export function menuOf(actor: Actor): MenuItem[] {
  const areas = areasOf(actor.position.duty)
  const mayCapture = actor.scopes.length > 0
  const open = AREA_PAGES.filter(([area]) => areas.includes(area) && (area !== 'capture' || mayCapture))
  const under = (area: Area) =>
    LED_TO.flatMap(([to, from]) => (from.find((one) => areas.includes(one)) === area ? [to] : []))
  return [
    { to: '/inicio', label: menuText.inicio, under: [] },
    ...open.map(([area, to, label]) => ({ to, label, under: under(area) })),
  ]
}
