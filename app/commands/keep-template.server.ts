import { refuse, type Saved } from '../../db/administration.ts'
import { addTemplate, addTemplateVersion, chooseDefault, markRetired } from '../../db/template-changes.ts'
import { templateChoiceInput, templateInput, templateUseInput } from '../../domain/report-look.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { shieldOfTicket } from '../shields.server.ts'

/** Keeps a template as it is typed: a new one, or the next version of `templateId`, whose name stays. */
export function keepTemplate(
  context: AppContext,
  actor: Actor,
  { templateId, typed }: { templateId: string | null; typed: Typed },
): Promise<Change<Saved>> {
  return administer(context, actor, { schema: templateInput, typed }, async (trx, by, input) => {
    const { name, shield, readabilityTarget, ...look } = input
    const own = shieldOfTicket(context, by.entityId, typed.image ?? '')
    if (shield === 'own' && own === null) return refuse('image', 'missing')
    const content = { look, shield, shieldHash: shield === 'own' ? own : null, readabilityTarget }
    if (templateId === null) return await addTemplate(trx, by, { ...content, name })
    return await addTemplateVersion(trx, by, templateId, content)
  })
}

/** The template the entity prints its reports with, where a cycle chooses none. */
export function chooseDefaultTemplate(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: templateChoiceInput, typed }, (trx, by, { template }) =>
    chooseDefault(trx, by, template),
  )
}

/** Offers a template no more, or again. */
export function setTemplateUse(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: templateUseInput, typed }, (trx, by, { template, retired }) =>
    markRetired(trx, by, { templateId: template, retired }),
  )
}
