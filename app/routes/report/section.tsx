import { Alert, BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSubmit } from '@remix-run/react'
import { type FormEvent, type MutableRefObject, useRef, useState } from 'react'
import { richHtml } from '../../../documents/rich-html.ts'
import { docFromPlain, richOf } from '../../../domain/rich-text.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AboutSection } from '../../components/report/about-section.tsx'
import { figureWords, type Titled } from '../../components/report/figure-words.ts'
import { Proposals } from '../../components/report/proposals.tsx'
import { type OpenSection, SectionEditor } from '../../components/report/section-editor.tsx'
import { Comments } from '../../components/step/comments.tsx'
import { OthersHere } from '../../components/step/others-here.tsx'
import { actOnComments, attachToOne } from '../../pages/comment-actions.server.ts'
import { actOnProposals } from '../../pages/proposal-actions.server.ts'
import { loadSection } from '../../pages/report.server.ts'
import { actOnSection } from '../../pages/report-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { commentsText } from '../../text/comments.ts'
import { reportText as text } from '../../text/report.ts'
import { shellText } from '../../text/shell.ts'
import { isUpload } from '../../uploads.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(page?.section.title ?? text.title) },
]

export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const page = await loadSection(context, actor, requireId(params.ejercicio, context), params.seccion ?? '')
  return { ...page, html: richHtml(richOf(page.value), { figure: (id) => figureLine(id, page) }) }
}

const figureLine = (id: string, { figures, gone }: { figures: Titled[]; gone: Titled[] }) =>
  richHtml(docFromPlain(figureWords(id, figures, gone)))

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), section: params.seccion ?? '' }
  const here = `/ejercicios/${place.cycleId}/informe/secciones/${place.section}`
  const report = { cycleId: place.cycleId, stepCode: '6' as const }
  if (isUpload(request)) {
    const id = requireId(new URL(request.url).searchParams.get('comentario') ?? '', context)
    return await attachToOne(context, actor, request, { ...report, id }, here)
  }
  const form = await request.formData()
  const said = await actOnComments(context, actor, report, String(form.get('intent') ?? ''), form, here)
  if (said) return said
  try {
    const proposal = await actOnProposals(context, actor, place, form)
    if (proposal) return proposal
    const answer = await actOnSection(context, actor, place, form)
    if (answer.kind === 'done' || (answer.kind === 'saved' && form.has('texto'))) return redirect(here)
    // The editor goes on with what was saved for it, and not with what its page was made from.
    if (answer.kind === 'saved') return data(answer)
    return data(answer, { status: answer.kind === 'conflict' ? 409 : 422 })
  } catch (failure) {
    const refusal = shownRefusal(failure)
    return data({ kind: 'refused' as const, error: refusal.sentence }, { status: refusal.status })
  }
}

export default function Section() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { cycle, section, whyNot } = page
  const report = `/ejercicios/${cycle.id}/informe`
  const edit = answer && 'kind' in answer ? answer : undefined
  const conflict = edit?.kind === 'conflict' ? edit : undefined
  const open = useRef<OpenSection | null>(null)
  const start = useStart(section.code, edit?.kind === 'saved' ? edit.saved : undefined)
  const address = `${report}/secciones/${section.code}`
  return (
    <>
      <CycleCrumbs cycle={cycle} crumbs={[{ label: text.crumb, to: report }, { label: section.title }]} />
      <VStack gap="space-24">
        <PageHeader
          title={section.title}
          state={`${text.sectionState(page.owner.name)}${page.isFinished ? ` ${text.finished}.` : ''}`}
        />
        {edit?.kind === 'refused' && (
          <Alert variant="warning" role="alert">
            {edit.error}
          </Alert>
        )}
        <div className="step-columns">
          <div className="step-columns__main">
            {page.stale.length > 0 && <Stale page={page} open={open} />}
            {page.gone.length > 0 && <Gone figures={page.gone} />}
            {conflict && <Conflict page={page} answer={conflict} />}
            {whyNot || !page.isRich ? (
              <VStack gap="space-16">
                {whyNot && (
                  <Alert variant="info" inline>
                    {whyNot}
                  </Alert>
                )}
                <Words html={page.html} />
              </VStack>
            ) : (
              !conflict && (
                <VStack gap="space-16">
                  <OthersHere
                    others={page.others}
                    address={`/ejercicios/${cycle.id}/pasos/6/presencia?seccion=${section.code}`}
                    of="section"
                  />
                  <SectionEditor
                    key={start.key}
                    value={edit?.kind === 'invalid' ? edit.mine : (start.saved?.value ?? page.value)}
                    base={start.saved?.base ?? page.base}
                    address={address}
                    open={open}
                    sources={page.sources}
                    figures={page.figures}
                    gone={page.gone}
                    error={edit?.kind === 'invalid' ? edit.error : undefined}
                  />
                </VStack>
              )
            )}
            {answer && 'unaccepted' in answer && (
              <Alert variant="warning" role="alert">
                {answer.unaccepted}
              </Alert>
            )}
            <Proposals
              {...page.proposals}
              base={page.base}
              address={address}
              wrong={answer && 'wrong' in answer ? answer.wrong : undefined}
            />
            <HStack gap="space-16" justify="space-between" wrap className="no-print links">
              {page.previous ? (
                <Link to={`${report}/secciones/${page.previous.code}`}>{text.previous(page.previous.title)}</Link>
              ) : (
                <span />
              )}
              {page.next && <Link to={`${report}/secciones/${page.next.code}`}>{text.next(page.next.title)}</Link>}
            </HStack>
          </div>
          <aside className="step-columns__side" aria-label={section.title}>
            <AboutSection page={page} />
            <Comments
              {...page.comments}
              none={commentsText.noneOfSection}
              wrong={answer && 'comment' in answer ? answer.comment : undefined}
              base={address}
              filesAt={`/ejercicios/${cycle.id}/archivos`}
            />
          </aside>
        </div>
      </VStack>
    </>
  )
}

/** What the editor starts from: the page, or what was saved in its place; another key only when that is somebody's new start. */
function useStart(section: string, saved: { base: string; value: string } | undefined) {
  const last = useRef<{ section: string; base: string } | null>(null)
  if (saved) last.current = { section, base: saved.base }
  const base = last.current?.section === section ? last.current.base : ''
  return { key: `${section} ${base}`, saved }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function Words({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by documents/rich-html.ts, every text escaped
  return <div className="rich card" dangerouslySetInnerHTML={{ __html: html }} />
}

/** With script what was typed a moment ago is saved first, and brought up to date as well. */
function Stale({
  page: { stale, base, value, whyNot },
  open,
}: {
  page: Page
  open: MutableRefObject<OpenSection | null>
}) {
  const submit = useSubmit()
  const refresh = async (event: FormEvent) => {
    const editing = open.current
    if (!editing) return
    event.preventDefault()
    if (!(await editing.flush())) return
    const { base, documento } = editing.now()
    submit({ intent: 'actualizar', base, guardado: documento }, { method: 'post' })
  }
  return (
    <Alert variant="warning">
      <Heading level="2" size="xsmall">
        {text.staleTitle(stale.length)}
      </Heading>
      <ul>
        {stale.map(({ ref, title, before, now }) => (
          <li key={ref}>{text.staleLine(title, before, now)}</li>
        ))}
      </ul>
      {!whyNot && stale.some(({ now }) => now !== null) && (
        <Form method="post" onSubmit={refresh}>
          <input type="hidden" name="base" value={base} />
          <input type="hidden" name="guardado" value={value} />
          <Button type="submit" size="small" name="intent" value="actualizar">
            {text.refresh}
          </Button>
        </Form>
      )}
    </Alert>
  )
}

/** Said here as well: without script the text shows a code. */
function Gone({ figures }: { figures: Titled[] }) {
  return (
    <Alert variant="warning">
      {figures.map(({ id, title }) => (
        <BodyLong key={id}>{text.figureGone(title)}</BodyLong>
      ))}
    </Alert>
  )
}

interface ConflictProps {
  page: Page
  answer: { mine: string; conflict: { base: string; value: string; savedBy: string; savedAt: string } }
}

/** Both versions of the section; what was typed is saved over the other only when its author says so. */
function Conflict({ page, answer: { mine, conflict } }: ConflictProps) {
  const [isSettled, setSettled] = useState(false)
  return (
    <VStack gap="space-16">
      {!isSettled && <Theirs page={page} conflict={conflict} />}
      <SectionEditor
        key={conflict.base}
        value={mine}
        base={conflict.base}
        address={`/ejercicios/${page.cycle.id}/informe/secciones/${page.section.code}`}
        sources={page.sources}
        figures={page.figures}
        gone={page.gone}
        onSaved={() => setSettled(true)}
      />
    </VStack>
  )
}

/** What the other person saved, until one's own words stand in its place. */
function Theirs({ page, conflict }: { page: Page; conflict: ConflictProps['answer']['conflict'] }) {
  return (
    <>
      <Alert variant="warning" role="alert">
        <Heading level="2" size="xsmall">
          {text.conflictTitle}
        </Heading>
        {text.conflict(conflict.savedBy, conflict.savedAt)}
      </Alert>
      <section aria-labelledby="guardado">
        <Heading level="2" size="xsmall" id="guardado" spacing>
          {text.theirs}
        </Heading>
        <Words html={richHtml(richOf(conflict.value), { figure: (id) => figureLine(id, page) })} />
      </section>
    </>
  )
}
