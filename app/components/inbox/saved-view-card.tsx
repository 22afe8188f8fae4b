import { BodyShort, Button, Heading, Tag } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { SavedView } from '../../../db/saved-views.ts'
import { type DutyNames, dutyName } from '../../text/duties.ts'
import { viewsText } from '../../text/inbox.ts'
import { DutySelect } from './duty-select.tsx'

interface Props {
  view: SavedView & { words: string }
  duties: string[]
  dutyNames: DutyNames
}

/** One saved view: what it asks for, who sees it, and what its owner can do with it. */
export function SavedViewCard({ view, ...choice }: Props) {
  const { id, name, search, words, sharedWith, isMine, isDefault, owner } = view
  return (
    <li className="card saved-view">
      <Heading level="3" size="small">
        <Link to={`/bandeja?${search}`}>{name}</Link>
      </Heading>
      <BodyShort>{words}</BodyShort>
      <div className="page-header__chips">
        {isDefault && (
          <Tag size="small" data-color="success">
            {viewsText.opens}
          </Tag>
        )}
        <span className="quiet">{seenBy({ isMine, sharedWith, owner }, choice.dutyNames)}</span>
      </div>
      <Change id={id} what={isDefault ? 'no-abrir' : 'abrir'}>
        <Button
          type="submit"
          variant="secondary"
          size="small"
          aria-label={viewsText.of(isDefault ? viewsText.leave : viewsText.choose, name)}
        >
          {isDefault ? viewsText.leave : viewsText.choose}
        </Button>
      </Change>
      {isMine && <OwnerChanges view={view} {...choice} />}
    </li>
  )
}

type Seen = Pick<SavedView, 'isMine' | 'sharedWith' | 'owner'>

function seenBy({ isMine, sharedWith, owner }: Seen, names: DutyNames): string {
  if (!isMine) return viewsText.from(owner)
  return sharedWith ? viewsText.sharedWith(dutyName(sharedWith, names)) : viewsText.own
}

function OwnerChanges({ view: { id, name, sharedWith }, ...choice }: Props) {
  return (
    <>
      <details>
        <summary>{viewsText.change}</summary>
        <Change id={id} what="compartir">
          <DutySelect
            name="compartir"
            size="small"
            label={viewsText.share}
            description={viewsText.shareHelp}
            defaultValue={sharedWith ?? ''}
            key={sharedWith}
            {...choice}
          />
          <Button type="submit" variant="secondary" size="small" aria-label={viewsText.of(viewsText.change, name)}>
            {viewsText.change}
          </Button>
        </Change>
      </details>
      <details>
        <summary>{viewsText.remove}</summary>
        <Change id={id} what="borrar">
          <BodyShort>{viewsText.removes}</BodyShort>
          <Button
            type="submit"
            variant="secondary"
            size="small"
            data-color="danger"
            aria-label={viewsText.of(viewsText.confirmRemove, name)}
          >
            {viewsText.confirmRemove}
          </Button>
        </Change>
      </details>
    </>
  )
}

function Change({ id, what, children }: { id: string; what: string; children: ReactNode }) {
  return (
    <Form method="post" action="/bandeja/vistas" className="saved-view__change">
      <input type="hidden" name="vista" value={id} />
      <input type="hidden" name="formulario" value={what} />
      {children}
    </Form>
  )
}
