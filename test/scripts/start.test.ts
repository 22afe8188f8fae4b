import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { freePort, livePid, writePid } from '../../scripts/processes.ts'

const script = fileURLToPath(new URL('../../scripts/supervise.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-start-'))

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function start(env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' as const, ...env } }
    const child = execFile(process.execPath, [script], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr })
    })
  })
}

test('a port in use is one sentence that says what to do, and nothing is left running', async () => {
  const other = createServer().listen(0, '0.0.0.0')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const { code, output } = await start({ PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(output).toContain(`El puerto ${port} está ocupado por otro programa`)
  expect(output).not.toContain('at ')
  expect(readdirSync(dataDir)).not.toContain('postgres')
})

test('wrong variables are all named at once before anything is started', async () => {
  const { code, output } = await start({ PORT: 'abc', SMTP_URL: 'correo', INSTALLATION: 'prueba' })
  expect(code).toBe(1)
  for (const variable of ['PORT', 'SMTP_URL', 'INSTALLATION']) expect(output).toContain(variable)
})

test('a database and a Temporal of one’s own that do not answer are one sentence each, without the password', async () => {
  const nowhere = '127.0.0.1:1'
  const database = await start({ PORT: '20001', DATABASE_URL: `postgres://dueno:clave-secreta@${nowhere}/caracteriza` })
  expect(database.code).toBe(1)
  expect(database.output).toContain(`La base de datos de DATABASE_URL (${nowhere}/caracteriza) no atendió`)
  const temporal = await start({ PORT: '20001', TEMPORAL_ADDRESS: nowhere })
  expect(temporal.code).toBe(1)
  expect(temporal.output).toContain(`El servidor de Temporal de TEMPORAL_ADDRESS (${nowhere}) no atendió`)
  for (const { output } of [database, temporal]) expect(output).not.toMatch(/clave-secreta|^ {4}at /m)
})

test('a data folder nobody can write in is one sentence', async () => {
  const file = join(dataDir, 'archivo')
  writeFileSync(file, '')
  const { code, output } = await start({ PORT: '20001', DATA_DIR: join(file, 'datos') })
  expect(code).toBe(1)
  expect(output).toContain('No se puede escribir en la carpeta de datos')
})

test('Ctrl-C in the middle of a start leaves nothing running', async () => {
  const early = join(dataDir, 'temprano')
  const env = { ...process.env, NODE_ENV: 'production' as const, DATA_DIR: early, PORT: String(await freePort()) }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  // The pid file is written when Temporal has begun and is not ready yet.
  await expect.poll(() => livePid(join(early, 'run'), 'temporal'), { timeout: 60_000, interval: 20 }).toBeDefined()
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  expect(output.indexOf('Temporal detenido')).toBeGreaterThan(0)
  expect(output.indexOf('PostgreSQL detenido')).toBeGreaterThan(output.indexOf('Temporal detenido'))
  expect(output).not.toContain('Migraciones')
  expect(livePid(join(early, 'run'), 'temporal')).toBeUndefined()
  expect(existsSync(join(early, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('a second start on the same data says that one is running already', async () => {
  writePid(join(dataDir, 'run'), 'supervisor')
  const { code, output } = await start({ PORT: '20001' })
  expect(code).toBe(1)
  expect(output).toContain('ya está en marcha')
})
