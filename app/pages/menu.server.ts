import type { Area } from '../../domain/permission-subjects.ts'
import { areasOf } from '../../domain/permissions.ts'
import type { MenuItem } from '../components/side-menu.tsx'
import type { Actor } from '../session.server.ts'
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

/** The side menu of an actor: only the areas the position may open, and capture where an access in force lets them. */
export function menuOf(actor: Actor): MenuItem[] {
  const areas = areasOf(actor.position.duty)
  const mayCapture = actor.scopes.length > 0
  const open = AREA_PAGES.filter(([area]) => areas.includes(area) && (area !== 'capture' || mayCapture))
  return [{ to: '/inicio', label: menuText.inicio }, ...open.map(([, to, label]) => ({ to, label }))]
}
