import { expect, it } from 'vitest'
import { GRANT_FIELDS, grantInput } from '../../domain/grant-inputs.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'

const TODAY = '2026-11-26'
const ID = '01900000-0000-7000-8000-000000000000'
const whole = {
  ...{ formKey: ID, granteeId: ID, pointId: ID, form: 'F004', startsOn: TODAY, endsOn: '2026-12-31', radicado: '1' },
  ...{ radicadoOn: TODAY, reason: 'Atiende en la ventanilla.' },
}

function faultsOf(change: Record<string, string>) {
  const read = readInput(grantInput(TODAY), { ...whole, ...change })
  return read.ok ? [] : inFieldOrder(read.errors, GRANT_FIELDS).map(({ path, code }) => `${path} ${code}`)
}

it('a request tells everything that is wrong with it at once, in the order of its form', () => {
  expect(faultsOf({})).toEqual([])
  const empty = Object.fromEntries(GRANT_FIELDS.map((field) => [field, '']))
  expect(faultsOf(empty).map((fault) => fault.split(' ')[0])).toEqual(GRANT_FIELDS)
  expect(faultsOf({ radicado: '', startsOn: '2026-11-25', endsOn: '2027-01-01', pointId: '' })).toEqual([
    'pointId point_missing',
    'startsOn access_start_past',
    'endsOn access_beyond_vigencia',
    'radicado communication_missing',
  ])
})

it.each([
  [{ endsOn: '2026-11-25' }, 'endsOn access_end_early'],
  [{ startsOn: '2028-01-01', endsOn: '2028-12-31' }, 'startsOn access_start_far'],
  [{ radicadoOn: '2026-11-27' }, 'radicadoOn communication_ahead'],
  [{ endsOn: '2026-02-30' }, 'endsOn access_end_missing'],
])('a request with %o is told %s', (change, fault) => {
  expect(faultsOf(change)).toEqual([fault])
})
