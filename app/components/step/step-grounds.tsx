import type { StepGrounds } from '../../pages/step-grounds.server.ts'
import { stepGroundsText as words } from '../../text/step-grounds.ts'
import { type Fact, Facts } from '../facts.tsx'

/** What the reader may do on the step and why: the rule, their position, the act behind it, and who can change it (J2). */
export function StepGroundsCard({ grounds }: { grounds: StepGrounds }) {
  const { rights, roles, position, by } = grounds
  const { facts } = words
  const may = rights.map(({ code, whyNot }): Fact => [words.rights[code], whyNot ?? words.yes])
  const behind: Fact[] = by
    ? [
        [facts.position, words.position(position, by.kind, by.absentName)],
        [facts.act, words.act(by.act, by.from)],
        [facts.until, words.until(by.to)],
      ]
    : [[facts.position, words.noAct]]
  return (
    <section className="card">
      <details>
        <summary>{words.title}</summary>
        <Facts facts={[...may, [facts.rule, words.rule(roles)], ...behind, [facts.change, words.change]]} />
      </details>
    </section>
  )
}
