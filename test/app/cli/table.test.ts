import { describe, expect, it } from 'vitest'
import { renderPairs, renderTable } from '../../../src/app/cli/table.ts'

const columns = [
  { title: 'Mã' },
  { title: 'Lý do', flex: true },
  { title: 'Số', align: 'right' as const },
]
const long = 'Hệ thống đích không trả lời trong thời gian cho phép nên chưa rõ kết quả '
  .repeat(2)
  .trim()

describe('table', () => {
  it('wraps a flexible column until the table fits', () => {
    const text = renderTable(columns, [['1842.3', long, '7']], { tty: true, columns: 60 })
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
    expect(text.replace(/\s+/g, ' ')).toContain('chưa rõ kết quả')
    expect(text.split('\n')[1]).toMatch(/^─+ +─+ +─+$/)
  })

  it('never breaks what people copy', () => {
    const id = '01890000-0000-7000-8000-000000000001'
    const text = renderTable(columns, [[id, long, '7']], { tty: true, columns: 40 })
    expect(text).toContain(id)
  })

  it('writes one line a row where nobody looks', () => {
    const text = renderTable(
      columns,
      [
        ['1', long, '7'],
        ['2', '', '12'],
      ],
      { tty: false, columns: 60 },
    )
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain(long)
    expect(text).not.toContain('─')
  })

  it('lines up labels and leaves out what has no value', () => {
    expect(
      renderPairs([
        ['Mã', '1'],
        ['Lý do', null],
        ['Hạn', 'a\nb'],
      ]),
    ).toBe('Mã   1\nHạn  a\n     b')
  })
})
