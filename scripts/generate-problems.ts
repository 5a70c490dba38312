/**
 * Writes docs/problems.md from the table of error codes (src/domain/errors.ts); with --check only
 * says whether the committed file is fresh.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorTable, type Side, type Words } from '../src/domain/errors.ts'

const sides: Readonly<Record<Side, Words>> = {
  client: {
    vi: 'Phía hệ thống gửi: sửa rồi gửi lại',
    en: 'The client: correct it and send again',
  },
  hub: { vi: 'Phía liên thông', en: 'The hub itself' },
  configuration: {
    vi: 'Cấu hình và bảng mã: người vận hành sửa',
    en: 'Configuration and code tables: the operator corrects them',
  },
  system: { vi: 'Phía hệ thống đích', en: 'The target system' },
  network: { vi: 'Đường truyền tới hệ thống đích', en: 'The way to the target system' },
}

const cell = (words: Words): string => `${words.vi}<br>${words.en}`.replaceAll('|', '\\|')

/** The whole text of docs/problems.md: one row per code, under the side whose turn it is. */
export function problemsDocument(): string {
  const sections = Object.entries(sides).map(([side, title]) => {
    const rows = Object.entries(errorTable)
      .filter(([, row]) => row.side === side)
      .map(
        ([code, row]) =>
          `| <a id="${code}"></a>\`${code}\` | ${row.status} | ${cell(row.title)} | ${cell(row.next)} |`,
      )
    return `## ${title.vi} / ${title.en}\n
| Mã / Code | HTTP | Nghĩa / Meaning | Việc cần làm / What to do |
|---|---|---|---|
${rows.join('\n')}\n`
  })
  return `# Mã lỗi / Error codes

<!-- Made by scripts/generate-problems.ts from src/domain/errors.ts. Do not edit: npm run generate. -->

Mỗi lỗi có một mã cố định: API, dòng lệnh, nhật ký và hồ sơ đều dùng mã này. Bảng xếp theo câu hỏi đầu tiên
của người trực: tới lượt ai? Cột HTTP là mã trả lời khi lỗi ra ngoài qua API; lỗi của một lượt gửi không có HTTP.

Every failure has one code that never changes its meaning: the API, the command line, the log and the dossier use it.
The tables answer the first question of whoever is on duty: whose turn is it? HTTP is the status of the answer when the
code leaves through the API; on a delivery it only says the class.

${sections.join('\n')}`
}

if (process.argv[1] === import.meta.filename) {
  const target = join(import.meta.dirname, '../docs/problems.md')
  const text = problemsDocument()
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text)
    console.log('docs/problems.md written')
  } else if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/problems.md is stale: npm run generate')
    process.exitCode = 1
  }
}
