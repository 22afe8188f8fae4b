import { runTypeScript } from './install.mjs'

runTypeScript('scripts/supervise.ts', process.argv.slice(2))
