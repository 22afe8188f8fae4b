import { FormDataParseError, MultipartParseError } from '@remix-run/form-data-parser'
import { type AppLoadContext, data, redirect, type ServerBuild } from '@remix-run/node'
import type { Refused } from '../domain/refusals.ts'
import { findReader } from './session.server.ts'
import { errorText } from './text/errors.ts'
import { refusalSentence } from './text/refusals.ts'

/** The three kinds of "no" (house style §2): the only place where an error becomes an answer. */

export interface FieldError {
  /** Name of the field in the form; empty for the form as a whole. */
  field: string
  message: string
  /** Which field it is, where many of a long form have the same label. */
  place?: string
}

/** What an error page is given: never a stack, never anything a person typed. */
export interface ErrorPageData {
  message: string
  requestId: string
  code?: string
}

/** Wrong input: 422 with the sentence beside each field and everything that was typed; 429 after too many attempts. */
export function invalid<V>(errors: FieldError[], values: V, status: 422 | 429 = 422) {
  return data({ errors, values }, { status })
}

/** A page that is not there, or not for this person: the same answer (model.md §8). */
export function notFound(requestId: string, message = errorText.notFound.message): Response {
  return errorResponse(404, { message, requestId })
}

/**
 * After a form that was sent: back to a part (`#…`) of its page, read again. Without the header a save that ends in
 * between (a fetcher) makes the browser take it for a jump within the page, and nothing new is shown.
 */
export function backToPart(address: string): Response {
  return redirect(address, { headers: { 'X-Remix-Revalidate': 'yes' } })
}

/** Wraps every loader and action once, so that no route has to remember how errors are answered. */
export function answeringErrors(build: ServerBuild): ServerBuild {
  const routes: ServerBuild['routes'] = {}
  for (const [id, route] of Object.entries(build.routes)) {
    if (!route) continue
    const { loader, action } = route.module
    const guards = { ...(loader && { loader: guarded(loader) }), ...(action && { action: guarded(action) }) }
    routes[id] = { ...route, module: { ...route.module, ...guards } }
  }
  return { ...build, routes }
}

/** With every file people download: opened as a page it may run nothing (promises §4.8). */
export const SANDBOX = { 'Content-Security-Policy': 'sandbox' }

interface WorkArgs {
  request: Request
  context: AppLoadContext
}

function guarded<A extends WorkArgs, R>(work: (args: A) => R | Promise<R>): (args: A) => Promise<R> {
  return async (args) => {
    try {
      return await work(args)
    } catch (error) {
      throw await answerTo(error, args)
    }
  }
}

async function answerTo(error: unknown, { request, context }: WorkArgs): Promise<unknown> {
  // Redirects, thrown responses and thrown `data(…)` are answers already.
  if (error instanceof Response || isThrownData(error)) return error
  const { requestId } = context
  if (isRefused(error)) {
    const reader = error.facts.duties ? await findReader(request, context) : null
    const message = refusalSentence(error.code, error.facts, reader)
    return errorResponse(error.status, { message, requestId, code: error.code })
  }
  if (isUnreadableForm(error)) return errorResponse(400, { message: errorText.invalid.message, requestId })
  context.log.error({ err: error, requestId }, 'request failed')
  return errorResponse(500, { message: errorText.broken.message, requestId })
}

function errorResponse(status: number, page: ErrorPageData): Response {
  return Response.json(page, { status })
}

function isThrownData(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { type?: unknown }).type === 'DataWithResponseInit'
}

/** A body that says it is a form and is none; browsers never send one. */
function isUnreadableForm(error: unknown): boolean {
  if (error instanceof MultipartParseError || error instanceof FormDataParseError) return true
  return error instanceof TypeError && /\bFormData\b/.test(error.message)
}

/** By name: a page's bundle and the server may each hold a copy of the class. */
function isRefused(error: unknown): error is Refused {
  return error instanceof Error && error.name === 'Refused'
}
