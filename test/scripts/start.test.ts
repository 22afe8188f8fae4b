import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { writePid } from '../../scripts/processes.ts'

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

test('a second start on the same data says that one is running already', async () => {
  writePid(join(dataDir, 'run'), 'supervisor')
  const { code, output } = await start({ PORT: '20001' })
  expect(code).toBe(1)
  expect(output).toContain('ya está en marcha')
})
