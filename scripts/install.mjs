/** What `npm start` and `npm test` need first: the locked packages, and the Node they are meant for. Runs on Node 18. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Compares what is installed with the lockfile by content: file times say nothing after a checkout. */
function isInstalled() {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const { '': _, ...locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const isSame = ([path, entry]) => installed[path]?.version === entry.version
  const isLeftOut = ([path, entry]) => (entry.optional || entry.peer || entry.devOptional) && !installed[path]
  return Object.entries(locked).every((entry) => isSame(entry) || isLeftOut(entry))
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

function install() {
  console.log('Instalando los paquetes (npm ci): unos dos minutos la primera vez')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }
  const flags = ['--include=dev', '--no-audit', '--no-fund']
  const result = spawnSync(npm, ['ci', ...flags], options)
  if (result.error) stop('No se encontró npm: instale Node.js 18 o superior, que lo trae.')
  if (result.status === 0) return
  // A registry that lacks packages for other platforms makes `npm ci` refuse a lockfile that `npm install` accepts.
  console.log('npm ci no aceptó el registro de paquetes; se instala lo mismo con npm install')
  const second = spawnSync(npm, ['install', '--no-save', ...flags], options)
  if (second.status !== 0) stop('No fue posible instalar los paquetes: revise la conexión al registro y repita.')
}

/** The locked Node 24, or the machine's own when it can run TypeScript. */
function nodeProgram() {
  const locked = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(locked)) return locked
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return stop('En este sistema hace falta Node.js 24: el paquete incluido no existe para su plataforma.')
}

/** Runs a TypeScript file with `args` and ends with its exit code; Ctrl-C reaches it through the terminal. */
export function runTypeScript(file, args) {
  if (!isInstalled()) install()
  const bin = join(root, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const env = {
    ...process.env,
    PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
    // What V8 has compiled once is kept for every later process: half of the time one needs to load.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'code'),
  }
  const child = spawn(nodeProgram(), [join(root, file), ...args], { cwd: root, env, stdio: 'inherit' })
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
