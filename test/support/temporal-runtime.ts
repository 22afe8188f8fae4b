/**
 * What Temporal's workers write in the tests: failures alone. A process has one runtime, to be set before its first use,
 * and Vitest runs many files in one process: whatever starts or replays a workflow loads this module first.
 */
import { Runtime } from '@temporalio/worker'

const silent = () => {}

Runtime.install({
  logger: { ...console, log: silent, trace: silent, debug: silent, info: silent, warn: silent } as never,
})
