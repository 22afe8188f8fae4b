/** Where a refusal stands on the form that was sent. */
import { expect, it } from 'vitest'
import type { Actor } from '../../app/session.server.ts'
import { taken } from '../../app/taken.server.ts'
import { Refused } from '../../domain/refusals.ts'

const actor = { entity: { dutyNames: {} } } as unknown as Actor
const typed = { formulario: 'muestra', wanted: '900' }
const refused = (code: 'sample_beyond' | 'body_differs' | 'not_visible') =>
  taken(actor, 'muestra', typed, () => Promise.reject(new Refused(code)), { sample_beyond: 'wanted' })

it('is beside the field it names, otherwise above the form, with everything typed', async () => {
  expect(await refused('sample_beyond')).toMatchObject({
    data: { errors: [{ field: 'muestra-wanted', message: expect.stringMatching(/\.$/) }], values: typed },
  })
  expect(await refused('body_differs')).toMatchObject({
    data: { errors: [{ field: 'muestra-' }], values: typed },
    init: { status: 422 },
  })
})

it('is an answer of the page itself where the thing is not there, or something broke', async () => {
  await expect(refused('not_visible')).rejects.toMatchObject({ code: 'not_visible' })
  const broken = taken(actor, 'muestra', typed, () => Promise.reject(new Error('broken')))
  await expect(broken).rejects.toThrow('broken')
})
