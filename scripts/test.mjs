import { runTypeScript } from './install.mjs'

runTypeScript('scripts/test-all.ts', process.argv.slice(2))
