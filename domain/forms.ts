/** Everything a step form needs: its definition, its entries, its shape, its review. */
export * from './form-definition.ts'
export * from './form-entries.ts'
export * from './form-review.ts'
export * from './form-shape.ts'
