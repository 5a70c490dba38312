// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Nội dung gửi tới một hệ thống REST / Body for a REST system
 *
 * Do bảng ánh xạ của người vận hành tạo ra; muốn kiểm tra chặt hơn thì nêu lược đồ riêng trong cấu hình (schema). / Made by the operator's mapping table; for a stricter check name a schema in the configuration.
 */
export interface Body {
  [k: string]: unknown
}
