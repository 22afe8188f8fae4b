/** Makes the one file by which a stranger checks a proof: at build time, because what bundles it is not there in production. */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { VERIFIER_PROGRAM } from '../documents/verifier-program.ts'

const ENTRY = fileURLToPath(new URL('../verifier/main.ts', import.meta.url))

/** The program as text: plain JavaScript that can be read, importing nothing but Node's own modules. */
export async function bundleVerifier(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { target: 'node' },
    build: { ssr: ENTRY, target: 'node22', write: false, minify: false },
  })
  const [file, ...more] = Array.isArray(result) || !('output' in result) ? [] : result.output
  if (file?.type !== 'chunk' || more.length > 0) throw new Error('the verifier is not one file')
  const foreign = [...file.imports, ...file.dynamicImports].filter((name) => !name.startsWith('node:'))
  if (foreign.length > 0) throw new Error(`the verifier would need ${foreign.join(', ')}`)
  return file.code
}

/** Part of the web build: whoever has the pages has the program they hand out. */
export function standaloneVerifier(): Plugin {
  return {
    name: 'standalone-verifier',
    apply: 'build',
    async closeBundle() {
      await mkdir(new URL('./', VERIFIER_PROGRAM), { recursive: true })
      await writeFile(VERIFIER_PROGRAM, await bundleVerifier())
    },
  }
}
