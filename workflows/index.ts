export { cycle } from './cycle.ts'
export { importFile } from './import.ts'
export { improvement } from './improvement.ts'
export { correction, publication } from './publication.ts'
