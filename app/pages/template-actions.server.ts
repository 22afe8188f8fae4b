import { data, redirect } from '@remix-run/node'
import { problemsOf } from '../../domain/administration.ts'
import { templateContentInput } from '../../domain/report-look.ts'
import { invalidForm, type Typed, typedOf } from '../administration.server.ts'
import { chooseDefaultTemplate, keepTemplate, setTemplateUse } from '../commands/keep-template.server.ts'
import { readTemplate } from '../commands/read-template.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { receiveShield, shieldTicket } from '../shields.server.ts'
import { templatesText } from '../text/templates.ts'
import { queryOf } from './templates.server.ts'

export const TEMPLATES = '/administracion/plantillas'

/** Reads the Word document of the form; goes on to the form of a new template, filled in with what it says. */
export async function readUploaded(context: AppContext, request: Request) {
  const read = await readTemplate(context, request)
  if (read.ok)
    return redirect(`${TEMPLATES}/nueva?${queryOf(read.fields)}&leido=si${read.pictureLeft ? '&sin-imagen=si' : ''}`)
  const message = templatesText.unread[read.reason] ?? templatesText.unreadable
  return data({ errors: [{ field: 'archivo', message }], values: {} as Typed }, { status: 422 })
}

/** Shows what is typed as a sample, or keeps it: as a new template, or as the next version of `templateId`. */
export async function actOnForm(
  context: AppContext,
  actor: Actor,
  request: Request,
  { templateId, name }: { templateId: string | null; name?: string },
) {
  const { typed: sent, shield } = await receiveShield(context, request)
  const typed: Typed = name === undefined ? sent : { ...sent, name }
  if ('sha256' in shield) {
    typed.image = shieldTicket(context, actor.entityId, shield.sha256)
    // Whoever sends a picture wants it shown.
    typed.shield = 'own'
  } else if (shield.code !== 'missing') return invalidForm('plantilla', [{ field: 'image', code: shield.code }], typed)
  const page = `${TEMPLATES}/${templateId ?? 'nueva'}`
  if (typed.intent === 'ver') {
    const parsed = templateContentInput.safeParse(typed)
    if (!parsed.success) return invalidForm('plantilla', problemsOf(parsed.error), typed)
    return redirect(`${page}?${queryOf(typed)}#muestra`)
  }
  const change = await keepTemplate(context, actor, { templateId, typed })
  if (!change.ok) return invalidForm('plantilla', change.problems, typed)
  return redirect(`${TEMPLATES}/${change.saved.id}?hecho=${templateId === null ? 'creada' : 'version'}`)
}

/** The buttons of a template: the entity's from now on, offered no more, offered again. */
export async function actOnUse(context: AppContext, actor: Actor, templateId: string, form: FormData) {
  const { intent } = typedOf(form)
  const page = `${TEMPLATES}/${templateId}`
  if (intent === 'entidad') {
    const change = await chooseDefaultTemplate(context, actor, { template: templateId })
    return change.ok ? redirect(`${page}?hecho=entidad`) : invalidForm('uso', change.problems, {})
  }
  const retired = intent === 'retirar' ? 'si' : 'no'
  const change = await setTemplateUse(context, actor, { template: templateId, retired })
  if (!change.ok) return invalidForm('uso', change.problems, {})
  return redirect(`${page}?hecho=${intent === 'retirar' ? 'retirada' : 'ofrecida'}`)
}
