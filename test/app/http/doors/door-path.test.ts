import { describe, expect, it } from 'vitest'
import { compilePath, splitDoorUrl } from '../../../../src/app/http/doors/door-path.ts'

describe('door-path', () => {
  it.each([
    ['/a/:id', '/a/1', { id: '1' }],
    ['/a/:id', '/A/1/', { id: '1' }],
    ['/a/:id/b/:other', '/a/%C3%A9/b/2', { id: 'é', other: '2' }],
    ['/a.b', '/a.b', {}],
  ])('fits %s to %s', (path, candidate, parameters) => {
    expect(compilePath(path)(candidate)).toEqual(parameters)
  })

  it.each([
    ['/a/:id', '/a/1/2'],
    ['/a/:id', '/a/'],
    ['/a/:id', '/a/%E0%A4%A'],
    ['/a.b', '/axb'],
    ['/a', '/ab'],
  ])('does not fit %s to %s', (path, candidate) => {
    expect(compilePath(path)(candidate)).toBeUndefined()
  })

  it('splits an address into system, path and query', () => {
    expect(splitDoorUrl('/doors/tthc/a/b?x=1&y=?')).toEqual({
      system: 'tthc',
      path: '/a/b',
      query: 'x=1&y=?',
    })
    expect(splitDoorUrl('/doors/tthc')).toEqual({ system: 'tthc', path: '/', query: '' })
  })
})
