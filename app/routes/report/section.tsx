import { Alert, BodyLong, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useRef } from 'react'
import { richHtml } from '../../../documents/rich-html.ts'
import { docFromPlain, richOf } from '../../../domain/rich-text.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AboutSection } from '../../components/report/about-section.tsx'
import { figureWords, type Titled } from '../../components/report/figure-words.ts'
import { Proposals } from '../../components/report/proposals.tsx'
import { type OpenSection, SectionEditor } from '../../components/report/section-editor.tsx'
import { StaleNumbers } from '../../components/report/stale-numbers.tsx'
import { TwoVersions } from '../../components/report/two-versions.tsx'
import { WrittenWords } from '../../components/report/written-words.tsx'
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
  return { ...page, html: htmlOf(page.value, page) }
}

/** A section as it reads, each figure as one line with its title. */
const htmlOf = (value: string, { figures, gone }: { figures: Titled[]; gone: Titled[] }) =>
  richHtml(richOf(value), { figure: (id) => richHtml(docFromPlain(figureWords(id, figures, gone))) })

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
    const refusal = shownRefusal(failure, actor)
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
            <StaleNumbers page={page} open={open} />
            {page.gone.length > 0 && <Gone figures={page.gone} />}
            {conflict && (
              <TwoVersions
                mine={conflict.mine}
                theirs={{ ...conflict.conflict, html: htmlOf(conflict.conflict.value, page) }}
                address={address}
                sources={page.sources}
                figures={page.figures}
                gone={page.gone}
              />
            )}
            {whyNot || !page.isRich ? (
              <VStack gap="space-16">
                {whyNot && (
                  <Alert variant="info" inline>
                    {whyNot}
                  </Alert>
                )}
                <WrittenWords html={page.html} />
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
