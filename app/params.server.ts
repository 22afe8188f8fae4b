import type { AppLoadContext } from '@remix-run/node'
import { isId } from '../domain/ids.ts'
import { STEP_CODES, type StepCode } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import { notFound } from './answer.server.ts'

/** An id in an address; anything that cannot be one is a page that is not there. */
export function requireId(value: string | undefined, context: AppLoadContext): string {
  if (!isId(value)) throw notFound(context.requestId)
  return value
}

export function requireStepCode(value: string | undefined, context: AppLoadContext): StepCode {
  const code = STEP_CODES.find((known) => known === value)
  if (!code) throw notFound(context.requestId)
  return code
}

/** The cycle that the address of a list names. Throws `Refused('not_visible')` where it names none. */
export function cycleIn(search: URLSearchParams): string {
  const id = search.get('ejercicio') ?? undefined
  if (!isId(id)) throw new Refused('not_visible')
  return id
}

/** How many events a checkpoint holds, as an address says it; 0, which no checkpoint has, where it says no number. */
export function sizeIn(value: string | undefined): bigint {
  return /^[1-9]\d{0,17}$/.test(value ?? '') ? BigInt(value ?? '') : 0n
}

export function vigenciaIn(search: URLSearchParams): number | undefined {
  const asked = search.get('vigencia') ?? ''
  return /^20\d\d$/.test(asked) ? Number(asked) : undefined
}

/** What was typed to search by, as PostgreSQL takes it; empty where nothing was. */
export function textIn(search: URLSearchParams, name: string): string {
  return (search.get(name) ?? '').replaceAll('\u0000', '').toWellFormed().trim().slice(0, 100)
}
