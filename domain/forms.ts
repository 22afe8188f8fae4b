/** Everything a step form needs: its definition, its entries, its shape, its review, its way to a newer version. */
export * from './draft-merge.ts'
export * from './form-changes.ts'
export * from './form-definition.ts'
export * from './form-entries.ts'
export * from './form-review.ts'
export * from './form-shape.ts'
export * from './form-upgrade.ts'
