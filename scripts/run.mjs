/** `node scripts/run.mjs FILE.ts [arguments]`: runs a TypeScript file on the locked Node after installing if needed. */
import { runTypeScript } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
if (file) runTypeScript(file, args)
else console.error('Uso: node scripts/run.mjs ARCHIVO.ts [argumentos]')
