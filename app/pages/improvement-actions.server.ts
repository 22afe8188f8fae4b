import { data, redirect } from '@remix-run/node'
import type { z } from 'zod'
import { withActor } from '../../db/client.ts'
import { handsOn } from '../../db/improvement-entries.ts'
import { findAction } from '../../db/improvement-pages.ts'
import {
  ActionCheckInput,
  ActionDropInput,
  ActionProgressInput,
  ActionResultInput,
  ActionVerificationInput,
} from '../../domain/improvement-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { checkAction } from '../commands/check-action.server.ts'
import { closeAction } from '../commands/close-action.server.ts'
import { decideDrop } from '../commands/decide-drop.server.ts'
import { reportAction } from '../commands/report-action.server.ts'
import { verifyAction } from '../commands/verify-action.server.ts'
import type { AppContext } from '../context.server.ts'
import { entryObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { actionText as words } from '../text/improvement.ts'
import { inputErrors } from '../text/inputs.ts'
import { isUpload, type ReceivedForm, receiveForm, type Upload } from '../uploads.server.ts'

interface ActionAnswer {
  errors: FieldError[]
  values: Typed
}

interface Form<T> {
  schema: z.ZodType<T>
  command: Command<T>
}

type Command<T> = (context: AppContext, actor: Actor, code: string, input: T & { files: Upload[] }) => Promise<void>

/** The five forms of an action: wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnAction(context: AppContext, actor: Actor, code: string, request: Request) {
  const received = await receive(context, actor, code, request)
  switch (received.form.get('formulario')) {
    case 'cumplida':
      return await take(context, actor, code, received, { schema: ActionResultInput, command: closeAction })
    case 'verificada':
      return await take(context, actor, code, received, { schema: ActionVerificationInput, command: verifyAction })
    case 'descarte':
      return await take(context, actor, code, received, { schema: ActionDropInput, command: decideDrop })
    case 'eficacia':
      return await take(context, actor, code, received, { schema: ActionCheckInput, command: checkAction })
    default:
      return await take(context, actor, code, received, { schema: ActionProgressInput, command: reportAction })
  }
}

/** Nobody without the right to say something of the action gets to leave a byte. */
async function receive(context: AppContext, actor: Actor, code: string, request: Request): Promise<ReceivedForm> {
  if (!isUpload(request)) return { form: await request.formData(), files: [], refused: null }
  const may = await withActor(context.db, actor, async (trx) => {
    const action = await findAction(trx, actor.entityId, code)
    return action && entryObjection(actor, { ...action, hands: await handsOn(trx, action.id) }) === null
  })
  return await receiveForm(request, may ? context.config.DATA_DIR : undefined)
}

async function take<T>(
  context: AppContext,
  actor: Actor,
  code: string,
  { form, files, refused }: ReceivedForm,
  { schema, command }: Form<T>,
) {
  const typed = typedOf(form)
  const name = typed.formulario ?? 'avance'
  const read = readInput(schema, typed)
  const errors = read.ok ? [] : inputErrors(read.errors, (path) => `${name}-${path}`)
  if (refused) errors.push({ field: `${name}-files`, message: `${refused} ${words.chooseAgain}` })
  if (!read.ok || refused) return data<ActionAnswer>({ errors, values: typed }, { status: 422 })
  const work = async () => {
    await command(context, actor, code, { ...read.input, files })
    return redirect(`/mejora/${code}?hecho=${name}`)
  }
  return await taken(actor, name, typed, work, { result_unshown: 'evidence' })
}
