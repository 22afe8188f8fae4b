/** What a number variable amounts to over all records of a snapshot: mean and quartiles, and what one person has in them. */
import type { FoundNumbers } from '../../domain/number-summaries.ts'
import { quoteName } from '../duckdb.ts'
import type { Opened } from './opened.ts'
import { requireVariable, UnknownVariable } from './variables.ts'

/** Null where no record has a value. Throws `UnknownVariable` where it is no number. */
export async function numbersOf(from: Opened, code: string): Promise<FoundNumbers | null> {
  const { type } = requireVariable(from.metadata, code)
  if (type !== 'integer' && type !== 'decimal') throw new UnknownVariable(code)
  const key = from.metadata.mapping.find(({ role }) => role === 'person_key')?.code
  const value = `${quoteName(code)}::DOUBLE`
  const [row = []] = await from.database.rows(
    `SELECT count(x), avg(x), quantile_cont(x, 0.25), quantile_cont(x, 0.5), quantile_cont(x, 0.75)
     FROM (SELECT ${value} AS x FROM ${from.from})`,
  )
  const [records = 0, mean = 0, first = 0, median = 0, third = 0] = row.map(Number)
  if (records === 0) return null
  // Records without a key are one group, so they count as one person together; without any key each is its own.
  const shares = key
    ? `SELECT count(*), max(n), max(a), sum(a) FROM (SELECT count(*) AS n, sum(abs(x)) AS a
       FROM (SELECT ${value} AS x, ${quoteName(key)} AS k FROM ${from.from}) WHERE x IS NOT NULL GROUP BY k)`
    : `SELECT count(x), 1, max(abs(x)), sum(abs(x)) FROM (SELECT ${value} AS x FROM ${from.from})`
  const [by = []] = await from.database.rows(shares)
  const [persons = 0, most = 0, largest = 0, sum = 0] = by.map(Number)
  return {
    ...{ persons, mean, quartiles: [first, median, third] },
    ...{ mostRecords: most / records, mostOfSum: sum === 0 ? 0 : largest / sum },
  }
}
