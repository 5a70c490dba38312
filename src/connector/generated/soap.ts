// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Phong bì SOAP / SOAP envelope
 *
 * Do bảng ánh xạ của người vận hành tạo ra, mọi giá trị đã thoát ký tự. / Made by the operator's mapping table, every value escaped.
 */
export type Envelope = string
