import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import type { CatalogNote, Procedure, StepTemplate } from '../../domain/procedures.ts'
import { proceduresText as words } from '../text/administration.ts'
import { dutyName } from '../text/duties.ts'
import { formatDate } from '../text/format.ts'
import { AdminCrumbs } from './admin-crumbs.tsx'
import { DataTable } from './data-table.tsx'
import { type Fact, Facts } from './facts.tsx'
import { HashShort } from './hash-short.tsx'
import { PageHeader } from './page-header.tsx'

interface Props {
  procedure: Procedure
  contentHash: string
  adopted: { adoptedOn: string; actReference: string }
}

/** A version of a procedure as its document reads, from header to related documents. */
export function ProcedureText({ procedure, contentHash, adopted }: Props) {
  const { code, version, title } = procedure
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs
          crumbs={[{ label: words.title, to: '/administracion/procedimientos' }, { label: `${code} v${version}` }]}
        />
        <PageHeader title={words.pageTitle(code, version, title)} state={words.pageState(procedure.validFrom)} />
      </div>
      <Part title={words.header}>
        <Facts
          facts={[
            [words.macroprocess, procedure.macroprocess],
            [words.process, procedure.process],
            [words.objective, procedure.objective],
            [words.scope, procedure.scope],
            [words.leaders, procedure.leaders.join('; ')],
            [words.adoptedOn, `${formatDate(adopted.adoptedOn)}. ${adopted.actReference}`],
            [words.reviewerIsApprover, words.reviewerPolicies[procedure.reviewerIsApprover]],
            [words.openComments, words.openCommentsPolicies[procedure.openComments ?? 'allow']],
            [words.contentHash, <HashShort key="hash" hash={contentHash} purpose={words.contentHash} copy />],
          ]}
        />
      </Part>
      <Part title={words.changes}>
        <DataTable
          caption={words.changes}
          hideCaption
          columns={[
            { key: 'version', header: words.version, rowHeader: true, cell: (row) => row.version },
            { key: 'change', header: words.change, cell: (row) => row.description },
          ]}
          rows={procedure.changes}
          rowKey={(row) => String(row.version)}
        />
      </Part>
      <Part title={words.documentSignatures}>
        <DataTable
          caption={words.documentSignatures}
          hideCaption
          columns={[
            { key: 'role', header: words.role, rowHeader: true, cell: (row) => words.signatureRoles[row.role] },
            { key: 'cargo', header: words.cargo, cell: (row) => row.cargo },
            { key: 'date', header: words.date, cell: (row) => formatDate(row.date) },
          ]}
          rows={procedure.documentSignatures}
          rowKey={(row) => `${row.role} ${row.cargo}`}
        />
      </Part>
      <Part title={words.legalBasis}>
        <List items={procedure.legalBasis} />
      </Part>
      <Part title={words.purposes}>
        <Notes notes={procedure.purposes} />
      </Part>
      <Part title={words.policies}>
        <Notes notes={procedure.policies} />
      </Part>
      <Part title={words.steps}>
        <VStack gap="space-24">
          {procedure.steps.map((step) => (
            <Step key={step.code} step={step} duties={procedure.duties} />
          ))}
        </VStack>
      </Part>
      <Part title={words.glossary}>
        <Facts facts={procedure.glossary.map(({ term, definition }) => [term, definition])} />
      </Part>
      <Part title={words.related}>
        <List items={procedure.relatedDocuments.map(({ name, code: its }) => (its ? `${name} (${its})` : name))} />
      </Part>
    </VStack>
  )
}

function Step({ step, duties }: { step: StepTemplate; duties: Procedure['duties'] }) {
  const name = (duty: string) => dutyName(duty, duties)
  const approvers = step.approvers.map(({ duty, role }) =>
    role === 'consent' ? `${name(duty)} (${words.consent})` : name(duty),
  )
  return (
    <article className="card">
      <VStack gap="space-12">
        <Heading level="3" size="small">
          {words.stepTitle(step.code, step.title)}
        </Heading>
        {step.description.map((paragraph) => (
          <BodyLong key={paragraph} className="reading">
            {paragraph}
          </BodyLong>
        ))}
        <Facts
          facts={[
            [words.areas, step.areas.join('; ')],
            [words.cargos, step.cargos.join('; ')],
            [words.registers, step.registers.join('; ') || words.noRegisters],
            [words.authors, step.authors.map(name).join(', ')],
            [words.reviewers, step.reviewers.map(name).join(', ')],
            [words.approvers, approvers.join(', ')],
            [words.policy, words.policies_[step.policy]],
            [words.term, words.days(step.workingDays)],
            [words.escalates, name(step.escalatesTo)],
            ...(step.buildsOn.length > 0 ? ([[words.buildsOn, step.buildsOn.join(', ')]] as Fact[]) : []),
          ]}
        />
      </VStack>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Heading level="2" size="medium" spacing>
        {title}
      </Heading>
      {children}
    </section>
  )
}

function Notes({ notes }: { notes: CatalogNote[] }) {
  return <List items={notes.map(({ text }) => text)} />
}

function List({ items }: { items: string[] }) {
  return (
    <ul className="reading bullets">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
