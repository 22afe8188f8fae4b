import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TEMPORAL_VERSION } from '../../scripts/temporal-programs.ts'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const compose = read('docker-compose.yml')
const variables = [...compose.matchAll(/\$\{(\w+)(:[-?])?([^}]*)\}/g)].map(([, name = '', kind = '', rest = '']) => ({
  name,
  kind,
  rest,
}))

test('every variable of the containers is described where all variables are', () => {
  const example = read('.env.example')
  for (const { name } of variables) expect(example).toMatch(new RegExp(`^#? ?${name}=`, 'm'))
})

test('no secret has a default: each is asked for with a sentence that says what to write', () => {
  const secrets = variables.filter(({ name }) => /PASSWORD|SECRET/.test(name))
  expect(new Set(secrets.map(({ name }) => name)).size).toBe(4)
  for (const { kind, rest } of secrets) expect([kind, rest]).toEqual([':?', expect.stringContaining('escriba en .env')])
})

test('nothing is offered beyond the machine itself', () => {
  const ports = [...compose.matchAll(/^ +- "([^"]*):\d+"$/gm)].map(([, host]) => host)
  expect(ports.length).toBe(2)
  for (const host of ports) expect(host).toMatch(/^127\.0\.0\.1:/)
})

test('the containers run the Temporal that this version is tested with', () => {
  const images = [...compose.matchAll(/temporalio\/(?:server|admin-tools):(\S+)/g)].map(([, version]) => version)
  expect(images).toEqual([TEMPORAL_VERSION, TEMPORAL_VERSION, TEMPORAL_VERSION])
})
