import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { daysOfYear } from '../domain/civil-dates.ts'

/** Whether a day lies in a civil year; `day` is an expression of the query. */
export function inYear(day: RawBuilder<unknown>, year: number): RawBuilder<SqlBool> {
  const { first, last } = daysOfYear(year)
  return sql<SqlBool>`${day} between ${first}::date and ${last}::date`
}
