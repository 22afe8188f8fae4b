import { listAgencies } from '../../../db/agencies.ts'
import { listCalendarDays } from '../../../db/calendar-days.ts'
import type { Trx } from '../../../db/client.ts'
import { listDutyNames } from '../../../db/duty-names.ts'
import { listIncidents } from '../../../db/incidents.ts'
import { listOutgoingMail } from '../../../db/outgoing-mail.ts'
import { listPeople } from '../../../db/people.ts'
import { listPositions } from '../../../db/position-changes.ts'
import { listProcedures } from '../../../db/procedures.ts'
import { listTenures } from '../../../db/tenure-changes.ts'
import { listAdministrationEvents } from '../../../db/timeline.ts'
import { ADMINISTRATION_EVENTS } from '../../../domain/event-kinds.ts'
import { requireRight } from '../../commands/permitted.server.ts'
import { textIn } from '../../params.server.ts'
import type { Actor } from '../../session.server.ts'
import {
  calendarText,
  dutyChoice,
  incidentName,
  mailText,
  objectName,
  postsText,
  tenuresText,
} from '../../text/administration.ts'
import { eventSentence } from '../../text/events.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { timelineFilters } from '../../text/timeline.ts'
import { FILE_PAGE, type Listing, listing, type OpenListing, wholeListing } from './listing.server.ts'

/** Lists of an area that is closed to everybody else. */
function administered(open: (trx: Trx, entityId: string, search: URLSearchParams) => Promise<Listing>): OpenListing {
  return async (trx: Trx, actor: Actor, search) => {
    requireRight(actor, 'administer')
    return await open(trx, actor.entityId, search)
  }
}

const people = administered(async (trx, entityId, search) => {
  const name = textIn(search, 'nombre')
  const filters = name ? { search: name } : {}
  return listing(
    (cursor) => listPeople(trx, entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.person]: ({ displayName }) => displayName,
      [words.email]: ({ email }) => email,
      [words.positions]: ({ positions }) => positions.join(', '),
      [words.account]: ({ hasAccount }) => (hasAccount ? words.yes : words.no),
      [words.endedOn]: ({ endedOn }) => endedOn,
    },
    { filters },
  )
})

const tenures = administered(async (trx, entityId) =>
  listing((cursor) => listTenures(trx, entityId, { cursor, limit: FILE_PAGE }), {
    [words.person]: ({ personName }) => personName,
    [words.position]: ({ positionName }) => positionName,
    [words.agency]: ({ agencyName }) => agencyName,
    [words.held]: ({ kind }) => tenuresText.kinds[kind],
    [words.from]: ({ from }) => from,
    [words.to]: ({ to }) => to,
    [words.state]: ({ inForce }) => (inForce ? tenuresText.inForce : tenuresText.notInForce),
    [words.act]: ({ actReference }) => actReference,
  }),
)

const positions = administered(async (trx, entityId) => {
  const called = await listDutyNames(trx, entityId)
  return listing((cursor) => listPositions(trx, entityId, { cursor, limit: FILE_PAGE }), {
    [words.position]: ({ name }) => name,
    [words.duty]: ({ duty }) => dutyChoice(duty, called),
    [words.heads]: ({ headsAgency }) => (headsAgency ? words.yes : words.no),
    [words.holders]: ({ holders }) =>
      holders.map((one) => (one.kind === 'encargado' ? postsText.encargado(one.name) : one.name)).join(', '),
    [words.agency]: ({ agencyName }) => agencyName,
    [words.endedOn]: ({ endedOn }) => endedOn,
  })
})

const agencies = administered(async (trx, entityId) =>
  listing((cursor) => listAgencies(trx, entityId, { cursor, limit: FILE_PAGE }), {
    [words.agency]: ({ name }) => name,
    [words.code]: ({ code }) => code,
    [words.parentAgency]: ({ parentName }) => parentName,
    [words.email]: ({ contactEmail }) => contactEmail,
    [words.positions]: (agency) => agency.positions,
    [words.endedOn]: ({ endedOn }) => endedOn,
  }),
)

const mail = administered(async (trx, entityId) =>
  listing((cursor) => listOutgoingMail(trx, entityId, cursor, FILE_PAGE), {
    [words.subject]: ({ subject }) => subject,
    [words.addressee]: ({ personName }) => personName,
    [words.state]: ({ status }) => mailText.states[status] ?? null,
    [words.writtenAt]: ({ writtenAt }) => formatSheetInstant(writtenAt),
    [words.settledAt]: ({ settledAt }) => settledAt && formatSheetInstant(settledAt),
    [words.attempts]: ({ attempts }) => attempts,
  }),
)

const changes = administered(async (trx, entityId, search) => {
  const filters = timelineFilters(search)
  return listing(
    (cursor) =>
      listAdministrationEvents(trx, entityId, { ...filters, types: ADMINISTRATION_EVENTS, cursor, limit: FILE_PAGE }),
    {
      [words.at]: ({ at }) => formatSheetInstant(at),
      [words.what]: eventSentence,
      [words.person]: ({ personName }) => personName,
      [words.position]: ({ positionName }) => positionName,
    },
    { filters },
  )
})

const incidents = administered(async (trx, entityId, search) => {
  const isClosed = search.get('estado') === 'cerradas'
  return listing(
    (cursor) => listIncidents(trx, entityId, { isClosed, cursor, limit: FILE_PAGE }),
    {
      [words.incident]: ({ kind }) => incidentName(kind),
      [words.about]: ({ objectType }) => objectName(objectType),
      [words.cycle]: ({ cycle }) => cycle?.name ?? null,
      [words.step]: ({ cycle }) => cycle?.stepCode ?? null,
      [words.openedAt]: ({ openedAt }) => formatSheetInstant(openedAt),
      [words.closedAt]: ({ closedAt }) => closedAt && formatSheetInstant(closedAt),
      [words.closedBy]: ({ closedBy }) => closedBy,
      [words.note]: ({ note }) => note,
    },
    { filters: isClosed ? { isClosed } : {} },
  )
})

const own_days = administered(async (trx, entityId) =>
  listing((cursor) => listCalendarDays(trx, entityId, { cursor, limit: FILE_PAGE }), {
    [words.day]: ({ day }) => day,
    [words.kind]: ({ kind }) => calendarText.kinds[kind],
    [words.reason]: ({ name }) => name,
    [words.act]: ({ actReference }) => actReference,
    [words.writtenAt]: ({ addedAt }) => formatSheetInstant(addedAt),
  }),
)

const procedures = administered(async (trx, entityId) =>
  wholeListing(await listProcedures(trx, entityId), {
    [words.code]: ({ code }) => code,
    [words.version]: ({ version }) => version,
    [words.procedure]: ({ title }) => title,
    [words.adoptedOn]: ({ adoptedOn }) => adoptedOn,
    [words.act]: ({ actReference }) => actReference,
  }),
)

/** Lists of the administration of the entity. */
export const ADMINISTRATION_LISTINGS = {
  ...{ people, tenures, positions, agencies },
  ...{ mail, changes, incidents, own_days, procedures },
}
