import fc from 'fast-check'

/**
 * The same generated cases in every run, so that a green commit stays green: other cases are tried on purpose, by
 * `npm run proofs -- --only properties`, which gives each run another seed.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) })
