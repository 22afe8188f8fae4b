import { expect, it } from 'vitest'
import {
  CALI_AGENCIES,
  CALI_DELEGATIONS,
  CALI_ORGANISMOS,
  CALI_POINTS,
  CALI_POSITIONS,
} from '../../catalog/demo/cali.ts'
import { TABLE_1 } from '../../catalog/demo/city-file.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { GRANTERS } from '../../domain/grants.ts'

it('Cali has the 28 organismos of Tabla 1, each headed by one position', () => {
  expect(CALI_ORGANISMOS).toHaveLength(TABLE_1.length)
  expect(TABLE_1).toHaveLength(28)
  for (const code of CALI_AGENCIES.map((agency) => agency.code))
    expect(CALI_POSITIONS.filter(({ agency, headsAgency }) => headsAgency && agency === code)).toHaveLength(1)
})

it('Cali attends in 18 centres and 8 windows, each of an agency whose head is not who decides', () => {
  const deciding = CALI_POSITIONS.filter(({ duty }) => GRANTERS.includes(duty)).map(({ agency }) => agency)
  expect(deciding).toEqual(['atencion-ciudadano'])
  expect(CALI_POINTS.filter(({ kind }) => kind === 'centro')).toHaveLength(18)
  expect(CALI_POINTS.filter(({ kind }) => kind === 'ventanilla')).toHaveLength(8)
  for (const { agency } of CALI_POINTS) expect(deciding).not.toContain(agency)
  const [positions, points] = [CALI_POSITIONS.map(({ position }) => position), CALI_POINTS.map(({ name }) => name)]
  for (const { head, clerk, point } of CALI_DELEGATIONS)
    expect([positions, positions, points].map((all, i) => all.includes([head, clerk, point][i] ?? ''))).toEqual(
      Array(3).fill(true),
    )
})

it('no name, code or mailbox stands twice in a municipality', () => {
  for (const { agencies, points, users } of DEMO_ENTITIES)
    for (const names of [
      ...[agencies.map(({ code }) => code), agencies.map(({ name }) => name)],
      ...[points.map(({ name }) => name), users.map(({ email }) => email), users.map(({ position }) => position)],
    ])
      expect(new Set(names).size).toBe(names.length)
})
