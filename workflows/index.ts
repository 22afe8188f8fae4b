export { cycle } from './cycle.ts'
export { importFile } from './import.ts'
export { correction, publication } from './publication.ts'
