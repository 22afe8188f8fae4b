export { cycle } from './cycle.ts'
export { importFile } from './import.ts'
export { publication } from './publication.ts'
