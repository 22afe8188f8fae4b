/** Documentary table: which series a cycle belongs to, how long it is kept and what becomes of it then (domain facts §5.3; Acuerdo AGN 001 de 2024). */
import { z } from 'zod'
import { bogotaDate, daysOfYear, isCivilDate, yearOf } from './civil-dates.ts'
import { type Objection, objection } from './refusals.ts'
import { isStorable } from './storable.ts'

/** Conservación total, eliminación, selección, medio técnico. */
export const DISPOSITIONS = ['CT', 'E', 'S', 'MT'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** Of them, those by which content may go; of a selection, what was not chosen does. */
export const ELIMINATING: readonly Disposition[] = ['E', 'S']

export interface RetentionRule {
  /** Parts with dots between: dependencia, serie, subserie. */
  code: string
  name: string
  /** Years in archivo de gestión and in archivo central. */
  officeYears: number
  centralYears: number
  disposition: Disposition
}

/** The series a TRD belongs to: the longest code it begins with, part by part. */
export function seriesOf<R extends Pick<RetentionRule, 'code'>>(trd: string, rules: readonly R[]): R | null {
  const parts = trd.trim().split('.')
  const begins = (code: string) => code.split('.').every((part, i) => part === parts[i])
  const lengthOf = ({ code }: Pick<RetentionRule, 'code'>) => code.split('.').length
  return rules
    .filter(({ code }) => begins(code))
    .reduce<R | null>((longest, one) => (longest && lengthOf(longest) >= lengthOf(one) ? longest : one), null)
}

/** Last civil day on which it is kept: its years count from the end of the one in which it ended. */
export function keptUntil(
  endedAt: Date | string,
  { officeYears, centralYears }: Pick<RetentionRule, 'officeYears' | 'centralYears'>,
): string {
  return daysOfYear(yearOf(bogotaDate(endedAt)) + officeYears + centralYears).last
}

/** A cycle as its retention is judged. `endedAt`: null while it goes on. */
export interface RetainedCycle {
  endedAt: Date | string | null
  rule: RetentionRule | null
  /** A disposal of it waits, goes on or was carried out. */
  isUnderDisposal: boolean
}

/** Why its content may not be proposed for elimination on a civil date, the first reason first. */
export function objectionsToElimination({ endedAt, rule, isUnderDisposal }: RetainedCycle, today: string): Objection[] {
  if (endedAt === null) return [objection('still_open')]
  if (isUnderDisposal) return [objection('disposal_exists')]
  if (rule === null) return [objection('no_series')]
  if (!ELIMINATING.includes(rule.disposition)) return [objection('kept_for_good', { disposition: rule.disposition })]
  const until = keptUntil(endedAt, rule)
  return today > until ? [] : [objection('retention_running', { until })]
}

const text = (max: number) =>
  z.string('missing').trim().min(1, 'missing').max(max, 'too_long').refine(isStorable, 'bad_characters')
const years = z
  .string('missing')
  .trim()
  .min(1, 'missing')
  .refine((typed) => /^\d{1,2}$/.test(typed), 'not_years')
  .transform(Number)
const day = z.string('missing').trim().min(1, 'missing').refine(isCivilDate, 'not_a_date')

/** One version of a series, as it was adopted. */
export const retentionRuleInput = z
  .object({
    formKey: z.uuid('not_found'),
    code: text(60).refine((typed) => /^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/.test(typed), 'not_a_series'),
    name: text(200),
    officeYears: years,
    centralYears: years,
    disposition: z.enum(DISPOSITIONS, 'missing'),
    act: text(200),
    actDate: day,
    inForceFrom: day,
  })
  .refine(({ actDate, inForceFrom }) => actDate <= inForceFrom, { path: ['inForceFrom'], error: 'before_its_act' })
export type RetentionRuleInput = z.infer<typeof retentionRuleInput>
