/**
 * `npm run proofs [-- --only NAME] [--seed N] [--runs N] [--from N]`: the properties of `npm test` at full size. A failing run
 * prints its seed and the smallest counterexample; `--seed` repeats it.
 */
import { parseArgs } from 'node:util'
import { openDatabase, withoutEntity } from '../../db/client.ts'
import { freshDatabase } from '../support/database.ts'
import { proveAuditor } from './auditor.ts'
import { proveClocks } from './clocks.ts'
import { proveCorpus } from './corpus.ts'
import { type Attacked, proveDisclosure } from './disclosure.ts'
import { proveDuties } from './duties.ts'
import { proveErasure } from './erasure.ts'
import { proveFlippedBits } from './flipped-bits.ts'
import { proveNoHalves } from './halves.ts'
import { proveHistories } from './histories.ts'
import { type Killed, proveImport } from './import.ts'
import { LARGE_FILES, proveLarge } from './large.ts'
import { provePermissions, ROWS } from './permissions.ts'
import { PROPERTIES, proveAnew, STRINGS } from './properties.ts'
import { proveRevocation } from './revocation.ts'
import { proveSilence } from './silence.ts'
import { proveTampering } from './tampering.ts'
import { proveWriters } from './writers.ts'
import { proveYears } from './years-of-runs.ts'

interface Proof {
  runs: number
  /** `from` is the first run, for proofs that go on where they ended. */
  prove: (runs: number, seed: number, from: number) => Promise<string>
}

/** What judging one damaged file may take. */
const MAX_MILLISECONDS = 10_000

/** Events of the log that is attacked (promises G16). */
const TAMPERED_EVENTS = 100_000

/** Who write at once (issue 7). */
const WRITERS = 50

const PROOFS: Record<string, Proof> = {
  /** G11: what `can` says of a row and whether PostgreSQL returns it. */
  permissions: {
    runs: 100_000,
    prove: async (runs, seed) => {
      const database = await freshDatabase()
      const owner = openDatabase(database.ownerUrl, { max: 1 })
      try {
        await withoutEntity(owner, (trx) => provePermissions(trx, runs, seed))
        return `${runs} sets of rules on ${ROWS.length} rows each: no row on which they differ`
      } finally {
        await owner.close()
        await database.drop()
      }
    },
  },
  /** G20: damaged files, each with its sentence, in a reader that outlives them. */
  corpus: {
    runs: 10_000,
    prove: async (runs, seed, from) => {
      const found = await proveCorpus(runs, seed, from)
      const codes = Object.entries(found.codes).map(([code, count]) => `${code} ${count}`)
      if (found.slowestMilliseconds > MAX_MILLISECONDS) throw new Error(`one file took ${found.slowestMilliseconds} ms`)
      const worst = `slowest ${Math.round(found.slowestMilliseconds)} ms, peak ${Math.round(found.peakMegabytes)} MB`
      return `${found.files} damaged files, ${found.accepted} still readable, ${worst} (${codes.join(', ')})`
    },
  },
  /** C2, G15: nobody gets in before the first day of an access nor after its last. */
  clocks: {
    runs: 5_000,
    prove: async (runs, seed) => {
      const database = await freshDatabase()
      const owner = openDatabase(database.ownerUrl, { max: 1 })
      try {
        const { grants, judged } = await withoutEntity(owner, (trx) => proveClocks(trx, runs, seed))
        return `${grants} accesses, judged ${judged} times at frozen instants in four time zones, by the rule and by PostgreSQL`
      } finally {
        await owner.close()
        await database.drop()
      }
    },
  },
  /** G16: each attack on the sealed log is found, and the event named where that is promised. */
  tampering: {
    runs: 50,
    prove: async (runs, seed) => {
      const { events, attacks, named } = await proveTampering(runs, seed, TAMPERED_EVENTS)
      return `${attacks} attacks on ${events} events, all found, ${named} of them by the very event as promised`
    },
  },
  /** G18: no write without its event, no event without its write, wherever it is interrupted. */
  halves: {
    runs: 1_000,
    prove: async (runs, seed) => {
      const { writes, kills, undone } = await proveNoHalves(runs, seed)
      return `${kills} transactions ended in the middle of ${writes} writes, ${undone} writes undone: no row without its event, no event without its row`
    },
  },
  /** G16: one tree over all that many write at once, whatever becomes of those who seal it. */
  writers: {
    runs: 1_000,
    prove: async (runs, seed) => {
      const { events, kills, checkpoints } = await proveWriters(WRITERS, runs, seed)
      return `${WRITERS} writers × ${runs}: ${events} events in one tree without gap or fork, ${checkpoints} checkpoints, sealers ended ${kills} times`
    },
  },
  /** G17: a proof with one bit turned over proves nothing. */
  bits: {
    runs: 100_000,
    prove: async (runs, seed) => {
      const { proofs } = await proveFlippedBits(runs, seed)
      return `${runs} bits turned over in ${proofs} right proofs: none of them holds`
    },
  },
  /** N8: what is answered of each day of random histories is what the product said that day. */
  asof: {
    runs: 100,
    prove: async (runs, seed, from) => {
      const { days, changes, answers } = await proveHistories(runs, seed, 40, from)
      return `${runs - from} histories of ${days} days in all, ${changes} changes: each of ${answers} answers is what the product said then`
    },
  },
  /** G12: authors and approvers are never one natural person. */
  duties: {
    runs: 10_000,
    prove: async (runs, seed) => {
      const { signatures, approvals, substituted, refusals } = proveDuties(runs, seed)
      const barred = (refusals.own_work ?? 0) + (refusals.reviewer_approves ?? 0)
      return `${runs} histories, ${signatures} signatures, ${approvals} approved steps, ${substituted} acts by a substitute, ${barred} meetings of duties refused`
    },
  },
  /** G27 to G29: an outsider with every published file of random people, and a solver of their own. */
  disclosure: {
    runs: 1000,
    prove: async (runs, seed, from) => {
      const tell = (done: number, { hidden }: Attacked) =>
        console.error(
          `disclosure: ${done} of ${runs}, ${hidden} hidden counts; goes on with --seed ${seed} --from ${done}`,
        )
      const { hidden, ranged, narrow, related } = await proveDisclosure(runs, seed, from, tell)
      const known = `${related} of them with a variable that follows from another`
      const counts = `${hidden} hidden counts, ${ranged} of them beside ranges and «o»`
      return `${2 * (runs - from)} snapshots, ${known}, ${counts}: none worked out, ${narrow} bound narrowly`
    },
  },
  /** Every property of pure rules, each run with cases of its own. */
  properties: {
    runs: 100,
    prove: async (runs, seed, from) => {
      await proveAnew(PROPERTIES, runs, seed, from)
      return `${runs - from} runs of ${PROPERTIES.length} files of properties, each with other cases`
    },
  },
  /** G21: hostile text, each run other strings; every one of them in every text of every form. */
  strings: {
    runs: 5,
    prove: async (runs, seed, from) => {
      await proveAnew(STRINGS, runs, seed, from)
      return `${runs - from} runs of ${STRINGS.length} files, each with other strings: none lost, changed or run`
    },
  },
  /** G13: delegates with live sessions, half of them revoked, and endings that race with what is written. */
  revocation: {
    runs: 200,
    prove: async (runs, seed) => {
      const { revoked, untouched, slowestMs, races, written, approved } = await proveRevocation(runs, runs * 5, seed)
      const refused = `${revoked} revoked, each refused at the next request (${Math.round(slowestMs)} ms at most), ${untouched} untouched`
      return `${refused}; ${races} races, ${written} of them captured a citizen, nothing dated after the end; ${races} approvals met by a withdrawal, ${approved} came first, one of the two held each time; every end proved by a probe`
    },
  },
  /** G14: accesses nobody answers for under each rule, and all confirmed in one breath. */
  silence: {
    runs: 300,
    prove: async (runs) => {
      const found = Object.entries(await proveSilence(runs))
      const lines = found.map(
        ([rule, { kept, ended, alone }]) => `${rule}: ${kept} kept, ${ended} ended, ${alone} of them nobody's`,
      )
      return `${runs} accesses under each rule: ${lines.join('; ')}; every end recorded once, denied at its door and in the evidence`
    },
  },
  /** D5, P10: the Schedules of controls, so many years. */
  years: {
    runs: 3,
    prove: async (runs) => {
      const { weekly, monthly, missed } = await proveYears(runs)
      return `${runs} years: ${weekly} weekly and ${monthly} monthly runs, none lost or doubled, ${missed} let pass and missed`
    },
  },
  /** G19: citizens erased at their request, every tenth of so many. */
  erasure: {
    runs: 10_000,
    prove: async (runs) => {
      const { citizens, erased, tables } = await proveErasure(runs)
      return `${erased} of ${citizens} citizens erased: none of theirs opens, the others all do; nothing in the clear in ${tables} tables`
    },
  },
  /** I7: whoever audits, at every address in every way and at many that nobody thought of. */
  auditor: {
    runs: 5_000,
    prove: async (runs, seed, from) => {
      const tell = (done: number) =>
        console.error(`auditor: ${done} of ${runs}; goes on with --seed ${seed} --from ${done}`)
      const { answers, shown, refused } = await proveAuditor(runs, seed, from, tell)
      return `${answers} answers to control interno, ${shown} shown, ${refused} refused: no value of a citizen in any`
    },
  },
  /** Issue 4: the worker killed while it imports the city file. */
  import: {
    runs: 100,
    prove: async (runs, seed, from) => {
      const tell = (done: number, so: Killed) =>
        console.error(`import: ${done} of ${runs}, ${whenOf(so)}; goes on with --seed ${seed} --from ${done}`)
      const so = await proveImport(runs, seed, from, tell)
      return `${so.kills} kills (${whenOf(so)}): each import ended once, byte for byte as one that nobody disturbed`
    },
  },
  /** Issue 4, part 1: the largest workbook and CSV taken whole, the widest refused. */
  large: {
    runs: LARGE_FILES,
    prove: async (runs, seed, from) => {
      const tell = (done: number, said: string) =>
        console.error(`large: ${done} of ${runs}, ${said}; goes on with --seed ${seed} --from ${done}`)
      await proveLarge(runs, seed, from, tell)
      return `files ${from + 1} to ${runs}: taken whole or refused in a sentence, none of our processes beyond 512 MB`
    },
  },
}

const whenOf = ({ before, reading, after }: Killed) =>
  `${before} before it began, ${reading} while it went on, ${after} after its end`

const { values } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string' }, runs: { type: 'string' }, from: { type: 'string' } },
})
const names = values.only ? [values.only] : Object.keys(PROOFS)
const seed = Number(values.seed ?? Math.trunc(performance.timeOrigin % 2_147_483_647))
let failed = 0
for (const name of names) {
  const proof = PROOFS[name]
  if (!proof) {
    console.error(`No existe la prueba ${name}. Pruebas: ${Object.keys(PROOFS).join(', ')}.`)
    process.exit(2)
  }
  const start = performance.now()
  try {
    const found = await proof.prove(Number(values.runs ?? proof.runs), seed, Number(values.from ?? 0))
    console.log(`${name}: ${found} (seed ${seed}, ${Math.round((performance.now() - start) / 1000)} s)`)
  } catch (error) {
    failed += 1
    console.error(`${name}: FAILED (seed ${seed})\n${error instanceof Error ? error.message : String(error)}`)
  }
}
process.exit(failed > 0 ? 1 : 0)
