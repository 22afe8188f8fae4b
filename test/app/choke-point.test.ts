import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const FILES = globSync('{activities,app,db,scripts,workflows}/**/*.{ts,tsx}')

/** Files that call a function, by name; where it is declared is not a call. */
function callersOf(name: string): string[] {
  return FILES.filter((file) => {
    const text = readFileSync(file, 'utf8')
    return new RegExp(`(?<!function )\\b${name}\\(`).test(text)
  }).sort()
}

describe('the way to a delegated access', () => {
  it('is one: only its record transactions sign it, and only its workflow starts them', () => {
    expect(callersOf('recordGrantSignature')).toEqual([
      'activities/record-grant-request.ts',
      'activities/record-grant-verdict.ts',
    ])
    for (const activity of ['recordGrantRequest', 'recordGrantVerdict'])
      expect(callersOf(activity)).toEqual(['workflows/delegation.ts'])
    const writers = FILES.filter((file) => /insertInto\('access_signature'\)/.test(readFileSync(file, 'utf8')))
    expect(writers).toEqual(['db/grant-acts.ts'])
  })

  it('asks whether the duties meet before anything is written', () => {
    const gates = [
      'activities/record-grant-verdict.ts',
      'app/commands/decide-access.server.ts',
      'workflows/delegation.ts',
    ]
    for (const gate of gates) expect(callersOf('objectionsToGrant')).toContain(gate)
    const text = readFileSync('activities/record-grant-verdict.ts', 'utf8')
    expect(text.indexOf('objectionsToGrant(')).toBeLessThan(text.indexOf('recordGrantSignature('))
  })
})

/** Separation of duties stands in one function (features B3); a new way in must come through it, or fail here. */
describe('the way to a signature', () => {
  it('is one: only the record transaction writes it, and only the workflow of the cycle starts that', () => {
    expect(callersOf('recordSignature')).toEqual(['activities/record-decision.ts'])
    expect(callersOf('recordDecision')).toEqual(['workflows/cycle.ts'])
    const writers = FILES.filter((file) => /insertInto\('signature'\)/.test(readFileSync(file, 'utf8')))
    expect(writers).toEqual(['db/signatures.ts'])
  })

  it('asks whether the two duties meet before anything is written', () => {
    const asked = callersOf('objectionsTo')
    for (const gate of ['activities/record-decision.ts', 'app/commands/conduct-act.server.ts', 'workflows/cycle.ts'])
      expect(asked).toContain(gate)
    const text = readFileSync('activities/record-decision.ts', 'utf8')
    expect(text.indexOf('objectionsTo(')).toBeLessThan(text.indexOf('recordSignature('))
  })

  it('is entered by the commands of an act, and nothing else stores one', () => {
    expect(callersOf('storeAct')).toEqual([
      'app/commands/answer-review.server.ts',
      'app/commands/close-campaign.server.ts',
      'app/commands/conduct-act.server.ts',
      'app/commands/decide-acceptance.server.ts',
      'app/commands/decide-access.server.ts',
      'app/commands/decide-disposal.server.ts',
      'app/commands/decide-rights.server.ts',
      'app/commands/decide-run.server.ts',
      'app/commands/open-campaign.server.ts',
      'app/commands/request-access.server.ts',
      'app/commands/start-cycle.server.ts',
    ])
    // A verdict comes from the page of its step, or as one of several from the inbox: each through the same command.
    expect(callersOf('decideStep').filter((file) => file.startsWith('app/'))).toEqual([
      'app/commands/decide-steps.server.ts',
      'app/routes/work/decision.tsx',
    ])
    expect(callersOf('conductAct')).toEqual([
      'app/commands/cancel-cycle.server.ts',
      'app/commands/decide-step.server.ts',
      'app/commands/reopen-step.server.ts',
      'app/commands/submit-step.server.ts',
    ])
  })
})
