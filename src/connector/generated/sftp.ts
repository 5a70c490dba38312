// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Nội dung của một tệp gửi đi / Content of a file that is written
 *
 * Do bảng ánh xạ của người vận hành tạo ra, hoặc là dữ liệu của bản tin; ghi thành JSON, CSV hoặc XML. / Made by the operator's mapping table, or the data of the message; written as JSON, CSV or XML.
 */
export interface Record {
  [k: string]: unknown
}
