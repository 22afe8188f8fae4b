import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONFIG_VARIABLES, ConfigError, parseConfig, parseStartConfig } from '../../domain/config.ts'

const good = {
  DATABASE_URL: 'postgres://dueno:clave@127.0.0.1:5432/caracteriza',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  APP_SECRET: 'a'.repeat(32),
}

function faultsOf(env: Record<string, string | undefined>): ConfigError {
  try {
    parseConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
  }
  throw new Error('the configuration was accepted')
}

test('three variables are enough, everything else has a default', () => {
  expect(parseConfig(good)).toMatchObject({
    PORT: 3000,
    DATA_DIR: '.data',
    TEMPORAL_NAMESPACE: 'caracteriza',
    INSTALLATION: 'demo',
    PUBLIC_URL: 'http://localhost:3000',
  })
})

test('every missing and every wrong variable is named in one answer', () => {
  const wrong = {
    PORT: '70000',
    TEMPORAL_ADDRESS: 'http://x',
    APP_SECRET: 'corto',
    INSTALLATION: 'prueba',
    SMTP_URL: 'correo',
  }
  const error = faultsOf(wrong)
  const named = error.faults.map((fault) => fault.variable).sort()
  expect(named).toEqual(['APP_SECRET', 'DATABASE_URL', 'INSTALLATION', 'PORT', 'SMTP_URL', 'TEMPORAL_ADDRESS'])
  for (const variable of named) expect(error.message).toContain(variable)
  expect(error.message).toContain('6 errores')
})

test('a wrong secret is never repeated in the message', () => {
  expect(faultsOf({ ...good, APP_SECRET: 'secreto-corto' }).message).not.toContain('secreto-corto')
})

test('an empty value means the same as an absent one', () => {
  expect(parseConfig({ ...good, PORT: '', SMTP_URL: ' ' })).toMatchObject({ PORT: 3000 })
})

test('the public address follows the port unless it is given', () => {
  expect(parseConfig({ ...good, PORT: '8080' }).PUBLIC_URL).toBe('http://localhost:8080')
  expect(parseConfig({ ...good, PUBLIC_URL: 'https://datos.example.gov.co' }).PUBLIC_URL).toBe(
    'https://datos.example.gov.co',
  )
})

test('the clock of the tests is refused in production', () => {
  expect(parseConfig({ ...good, TEST_CLOCK: '1000' }).TEST_CLOCK).toBe(1000)
  expect(faultsOf({ ...good, INSTALLATION: 'production', TEST_CLOCK: '1000' }).message).toContain('TEST_CLOCK')
})

test('npm start needs no variable at all', () => {
  expect(parseStartConfig({})).toMatchObject({ PORT: 3000, INSTALLATION: 'demo' })
})

test('the example file documents every variable', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  for (const variable of CONFIG_VARIABLES) expect(example).toMatch(new RegExp(`^#? ?${variable}=`, 'm'))
})

test('the directory takes all of its three variables, by https unless it is on this machine', () => {
  const directory = { OIDC_ISSUER: 'https://directorio.example.gov.co', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }
  expect(parseConfig({ ...good, ...directory })).toMatchObject(directory)
  const named = (env: object) => faultsOf({ ...good, ...env }).faults.map((fault) => fault.variable)
  expect(named({ ...directory, OIDC_CLIENT_SECRET: '' })).toEqual(['OIDC_CLIENT_SECRET'])
  expect(named({ OIDC_ISSUER: directory.OIDC_ISSUER })).toEqual(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  expect(named({ ...directory, OIDC_ISSUER: 'http://directorio.example.gov.co' })).toEqual(['OIDC_ISSUER'])
  expect(parseConfig({ ...good, ...directory, OIDC_ISSUER: 'http://127.0.0.1:9000' }).OIDC_ISSUER).toBeDefined()
})

test('the directory’s entity is a DIVIPOLA code or a NIT, and means nothing without the directory', () => {
  const directory = { OIDC_ISSUER: 'https://directorio.example.gov.co', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }
  const named = (env: object) => faultsOf({ ...good, ...env }).faults.map((fault) => fault.variable)
  for (const OIDC_ENTITY of ['47001', '891780009-4', '891.780.009-4', '891780009'])
    expect(parseConfig({ ...good, ...directory, OIDC_ENTITY }).OIDC_ENTITY).toBe(OIDC_ENTITY)
  for (const OIDC_ENTITY of ['Santa Marta', '4700', '891780009-5'])
    expect(named({ ...directory, OIDC_ENTITY })).toEqual(['OIDC_ENTITY'])
  expect(named({ OIDC_ENTITY: '47001' })).toEqual(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
})
