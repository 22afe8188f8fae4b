import { Alert, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { chooseTemplate } from '../../commands/choose-template.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { TemplateChoice } from '../../components/templates/template-choice.tsx'
import { loadReport } from '../../pages/report.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { commentsText } from '../../text/comments.ts'
import { proposalsText } from '../../text/proposals.ts'
import { reportText as text } from '../../text/report.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(text.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadReport(context, actor, requireId(params.ejercicio, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const chosen = String((await request.formData()).get('plantilla') ?? '')
  try {
    await chooseTemplate(context, actor, { cycleId, versionId: chosen === '' ? null : requireId(chosen, context) })
    return redirect(`/ejercicios/${cycleId}/informe#plantilla`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ error: refusal.sentence }, { status: refusal.status })
  }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type Section = Page['sections'][number]

export default function Report() {
  const { cycle, sections, documents, target, whyNot, template } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/ejercicios/${cycle.id}/informe`
  const step = `/ejercicios/${cycle.id}/pasos/6`
  const done = sections.filter((one) => one.isFinished).length
  const isSigned = documents.length > 0 && whyNot !== null
  return (
    <>
      <CycleCrumbs cycle={cycle} crumbs={[{ label: text.crumb }]} />
      <VStack gap="space-32">
        <PageHeader
          title={text.title}
          state={[isSigned ? text.signed : text.state(done, sections.length), whyNot].filter(Boolean).join(' ')}
          action={
            <HStack gap="space-16" wrap>
              {isSigned ? (
                <Button as="a" href={`${base}/archivo/pdf?documento=${documents.at(-1)?.id}`} download>
                  {text.downloadSigned}
                </Button>
              ) : (
                <Button as={Link} to={`${base}/vista`}>
                  {text.preview}
                </Button>
              )}
              <Button as={Link} to={step} variant="secondary">
                {text.toStep}
              </Button>
            </HStack>
          }
        />
        {answer && (
          <Alert variant="warning" role="alert">
            {answer.error}
          </Alert>
        )}
        <section aria-labelledby="secciones">
          <Heading level="2" size="small" id="secciones" spacing>
            {text.sections}
          </Heading>
          <DataTable
            caption={text.sections}
            hideCaption
            columns={columnsOf(base, target, isSigned)}
            rows={sections}
            rowKey={(one) => one.code}
          />
        </section>
        <TemplateChoice template={template} />
        {!isSigned && <Unsigned base={base} step={step} mayWrite={whyNot === null} />}
        <section aria-labelledby="firmados">
          <Heading level="2" size="small" id="firmados">
            {text.issued}
          </Heading>
          {documents.length === 0 && <p className="quiet">{text.noneIssued}</p>}
          {documents.map((document) => (
            <div key={document.id} className="report-issued">
              <p>
                {text.issuedOn(document.issuedAt)} · <Link to={`/verificar/${document.code}`}>{text.verify}</Link>
              </p>
              <Files
                address={(format) => `${base}/archivo/${format}?documento=${document.id}`}
                formats={document.files.map((file) => file.format)}
              />
            </div>
          ))}
        </section>
      </VStack>
    </>
  )
}

/** What is still written elsewhere, and the report as it would be printed now. */
function Unsigned({ base, step, mayWrite }: { base: string; step: string; mayWrite: boolean }) {
  return (
    <>
      <section aria-labelledby="listas">
        <Heading level="2" size="small" id="listas">
          {text.lists}
        </Heading>
        <p className="quiet">{text.listsHelp}</p>
        {mayWrite && (
          <HStack gap="space-16" wrap className="links">
            <Link to={`${step}#recomendaciones`}>{text.recommendations}</Link>
            <Link to={`${step}#glosario`}>{text.glossary}</Link>
          </HStack>
        )}
      </section>
      <section aria-labelledby="borrador">
        <Heading level="2" size="small" id="borrador">
          {text.draft}
        </Heading>
        <p className="quiet">{text.draftHelp}</p>
        <Files address={(format) => `${base}/archivo/${format}`} formats={['pdf', 'docx', 'html']} />
      </section>
    </>
  )
}

function Files({ address, formats }: { address: (format: string) => string; formats: string[] }) {
  return (
    <HStack gap="space-16" wrap as="ul" className="plain-list links">
      {formats.map((format) => (
        <li key={format}>
          <a href={address(format)} download>
            {text.download[format]}
          </a>
        </li>
      ))}
    </HStack>
  )
}

function columnsOf(base: string, target: number, isSigned: boolean): Column<Section>[] {
  return [
    {
      key: 'section',
      header: text.columns.section,
      rowHeader: true,
      cell: (one) => (
        <Link className="row-link" to={`${base}/secciones/${one.code}`}>
          {one.title}
        </Link>
      ),
    },
    {
      key: 'owner',
      header: text.columns.owner,
      cell: (one) => (
        <>
          {one.owner || text.nobody}
          {one.isMine && <span className="quiet"> · {text.mine}</span>}
        </>
      ),
    },
    {
      key: 'state',
      header: text.columns.state,
      cell: (one) => (
        <>
          <span className="whole">{isSigned ? `✓ ${text.inSigned}` : stateOf(one)}</span>
          {one.comments > 0 && (
            <Link className="row-link" to={`${base}/secciones/${one.code}#comentarios`}>
              {commentsText.ofSection(one.comments)}
            </Link>
          )}
          {one.proposals > 0 && (
            <Link className="row-link" to={`${base}/secciones/${one.code}#propuestas`}>
              {proposalsText.ofSection(one.proposals)}
            </Link>
          )}
        </>
      ),
    },
    { key: 'reading', header: text.columns.reading, cell: (one) => <Reading section={one} target={target} /> },
    {
      key: 'numbers',
      header: text.columns.numbers,
      cell: (one) => (
        <>
          {one.stale > 0 && <strong>▲ {text.stale(one.stale)} · </strong>}
          {one.typed > 0 ? text.typed(one.typed) : text.noTyped}
        </>
      ),
    },
  ]
}

function stateOf({ isFinished, isBlank }: Section): string {
  if (isFinished) return `✓ ${text.finished}`
  return isBlank ? `▲ ${text.blank}` : text.writing
}

function Reading({ section: { readability }, target }: { section: Section; target: number }) {
  if (!readability) return <span className="quiet">{text.tooShort}</span>
  return (
    <span className="phrase">
      {text.grade(readability.inflesz, readability.grade)}
      {readability.inflesz < target && (
        <>
          <br />
          <span className="quiet">▲ {text.belowTarget(target)}</span>
        </>
      )}
    </span>
  )
}
