import { data, redirect } from '@remix-run/node'
import { isId } from '../../domain/ids.ts'
import { invalid } from '../answer.server.ts'
import type { AppContext } from '../context.server.ts'
import * as own from '../own-account.server.ts'
import { provedOwn } from '../prove.server.ts'
import { type Actor, isRecent, lacksFactor } from '../session.server.ts'
import { proveAgain } from '../sign-in.server.ts'
import { ownAccountText as words } from '../text/account.ts'
import { decisionText } from '../text/decisions.ts'
import { directorySentence, newPasswordText, signInText } from '../text/sign-in.ts'

export async function loadOwnAccount(request: Request, context: AppContext, actor: Actor) {
  return {
    email: actor.email,
    sessions: await own.listOwnSessions(context, actor),
    hasPassword: await own.hasPassword(context, actor),
    refused: directorySentence(new URL(request.url).searchParams.get('directorio')),
    hasFactor: actor.hasFactor,
    requiresFactor: actor.entity.requiresFactor,
  }
}

/** The forms of «Mi cuenta»: end a session or all others, another password. */
export async function actOnOwnAccount(request: Request, context: AppContext, actor: Actor) {
  const form = await request.formData()
  const code = String(form.get('formulario') ?? '')
  const only = String(form.get('sesion') ?? '')
  if (code === 'sesion' && isId(only)) {
    await own.endOtherSessions(context, actor, only)
    return redirect('/cuenta?hecho=sesion')
  }
  if (code === 'sesiones') {
    await own.endOtherSessions(context, actor)
    return redirect('/cuenta?hecho=sesiones')
  }
  if (code !== 'clave') return invalid([], {})
  const wrong = (field: string, message: string) =>
    invalid([{ field: `clave-${field}`, message }], { formulario: code })
  const password = String(form.get('nueva') ?? '')
  if (password.length < 12) return wrong('nueva', newPasswordText.short)
  if (password.length > 128) return wrong('nueva', newPasswordText.long)
  if (password.toLowerCase() === actor.email) return wrong('nueva', newPasswordText.likeEmail)
  if (password !== String(form.get('otra') ?? '')) return wrong('otra', newPasswordText.different)
  const outcome = await proveAgain(request, context, String(form.get('clave') ?? ''), String(form.get('codigo') ?? ''))
  if (typeof outcome !== 'object') return wrong(outcome.startsWith('code') ? 'codigo' : 'clave', AGAINST[outcome])
  await own.changeOwnPassword(context, actor, password)
  return redirect('/cuenta?hecho=clave')
}

const AGAINST = {
  wrong: decisionText.passwordWrong,
  throttled: signInText.throttled,
  code_missing: decisionText.codeMissing,
  code_wrong: decisionText.codeWrong,
}

export async function loadOwnFactor(context: AppContext, actor: Actor) {
  return {
    factor: await own.findOwnFactor(context, actor),
    isRequired: actor.entity.requiresFactor,
    isMissing: lacksFactor(actor),
    asksPassword: !isRecent(actor.provedAt),
  }
}

interface FactorAnswer {
  errors: { field: string; message: string }[]
  /** Recovery codes, in this one answer. */
  codes?: string[]
}

/** The forms of the second factor: begin, confirm, new recovery codes, take away. */
export async function actOnOwnFactor(request: Request, context: AppContext, actor: Actor) {
  const form = await request.formData()
  const code = String(form.get('formulario') ?? '')
  const answer = (errors: FactorAnswer['errors'], status: number, codes?: string[]) =>
    data<FactorAnswer>({ errors, ...(codes && { codes }) }, { status })
  if (code === 'confirmar') {
    const codes = await own.confirmOwnFactor(context, actor, String(form.get('codigo') ?? ''))
    if (codes) return answer([], 200, codes)
    return answer([{ field: 'confirmar-codigo', message: words.factorWrong }], 422)
  }
  if (!['empezar', 'codigos', 'quitar'].includes(code)) return answer([], 422)
  const proof = await provedOwn(request, context, actor, form)
  if (!proof.ok) return answer([{ field: `${code}-clave`, message: proof.message }], 422)
  if (code === 'codigos' && actor.hasFactor) return answer([], 200, await own.renewOwnCodes(context, actor))
  if (code === 'empezar') await own.beginOwnFactor(context, actor)
  if (code === 'quitar') await own.dropOwnFactor(context, actor)
  return redirect(`/cuenta/segundo-factor${code === 'quitar' ? '?hecho=quitado' : ''}`)
}
