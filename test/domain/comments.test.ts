import { describe, expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { mentionedIn, objectionToOpen, objectionToResolving, objectionToRewriting } from '../../domain/comments.ts'

const positions = ['Dirección', 'Dirección TIC', 'Profesional SIG', 'Profesional SIG'].map((name, i) => ({
  name,
  id: i,
}))
const named = (text: string) => mentionedIn(text, positions).map(({ id }) => id)

describe('a mention', () => {
  it.each([
    ['@Profesional SIG, ¿lo revisa?', [2, 3]],
    ['Que lo vea @direccion tic.', [1]],
    ['@Dirección y @Dirección TIC', [0, 1]],
    ['correo@direccion.gov.co y a@Profesional SIG', []],
    ['@Dirección TICs', [0]],
    ['@Nadie @', []],
    ['(@PROFESIONAL SIG)', [2, 3]],
  ])('%s', (text, ids) => {
    expect(named(text)).toEqual(ids)
  })
})

describe('a comment', () => {
  it('keeps its step from being approved only where the procedure version says so', () => {
    expect(objectionToOpen({ ...procedure, openComments: 'block' }, '1', 2)).toMatchObject({ code: 'comments_open' })
    expect(objectionToOpen({ ...procedure, openComments: 'block' }, '1', 0)).toBeNull()
    expect(objectionToOpen({ ...procedure, openComments: undefined }, '1', 2)).toBeNull()
  })

  it('is corrected by whoever wrote it, and resolved by them and those who answer for the step', () => {
    const row = { entityId: 'e', authorDuties: ['a'], deciderDuties: ['d'], askerDuties: [], reopenerDuties: [] }
    expect(objectionToRewriting({ personId: 'p' }, 'q')?.code).toBe('comment_of_other')
    expect(objectionToRewriting({ personId: 'p' }, 'p')).toBeNull()
    expect(objectionToResolving({ personId: 'p' }, row, { personId: 'p', duty: 'x' })).toBeNull()
    expect(objectionToResolving({ personId: 'p' }, row, { personId: 'q', duty: 'd' })).toBeNull()
    expect(objectionToResolving({ personId: 'p' }, row, { personId: 'q', duty: 'x' })?.facts.duties).toBe('a,d')
  })
})
