// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Lĩnh vực
 */
export type DetailAnswerNamed =
  | {
      /**
       * Mã
       */
      code?: string | null
      /**
       * Tên
       */
      name?: string | null
      /**
       * Mã bản ghi
       */
      id?: string | null
      [k: string]: unknown
    }
  | string
  | null
/**
 * Mã và tên
 */
export type DetailAnswerNamed1 =
  | {
      /**
       * Mã
       */
      code?: string | null
      /**
       * Tên
       */
      name?: string | null
      /**
       * Mã bản ghi
       */
      id?: string | null
      [k: string]: unknown
    }
  | string
  | null

/**
 * Chi tiết một thủ tục
 *
 * Trả lời của get-formality-by-citizen.
 */
export interface DetailAnswer {
  /**
   * Mã trả lời
   */
  code: string
  /**
   * Lời báo
   */
  message?: string | null
  /**
   * Dữ liệu
   */
  data?: {
    /**
     * Mã bản ghi
     */
    id: string
    /**
     * Mã thủ tục
     */
    code: string
    /**
     * Tên
     */
    name?: string | null
    /**
     * Loại
     */
    type?: string | null
    /**
     * Trạng thái
     */
    state?: string | null
    category?: DetailAnswerNamed
    /**
     * Cơ quan công bố
     */
    departmentPromulgateName?: string | null
    /**
     * Cơ quan thực hiện
     */
    departmentsExecuting?: DetailAnswerNamed1[] | null
    /**
     * Cơ quan có thẩm quyền
     */
    departmentsAuthority?: DetailAnswerNamed1[] | null
    /**
     * Cơ quan được uỷ quyền
     */
    departmentsAuthorized?: DetailAnswerNamed1[] | null
    /**
     * Cơ quan phối hợp
     */
    departmentsCoordinating?: DetailAnswerNamed1[] | null
    /**
     * Nhóm cơ quan thực hiện
     */
    unitGroupsExecuting?: DetailAnswerNamed1[] | null
    /**
     * Nhóm cơ quan có thẩm quyền
     */
    unitGroupsAuthority?: DetailAnswerNamed1[] | null
    /**
     * Nhóm cơ quan được uỷ quyền
     */
    unitGroupsAuthorized?: DetailAnswerNamed1[] | null
    /**
     * Nhóm cơ quan phối hợp
     */
    unitGroupsCoordinating?: DetailAnswerNamed1[] | null
    /**
     * Đối tượng
     */
    subjectTypesDetails?: DetailAnswerNamed1[] | null
    /**
     * Kết quả
     */
    resultsDetails?: DetailAnswerNamed1[] | null
    /**
     * Căn cứ pháp lý
     */
    legalBasisesDetails?: DetailAnswerNamed1[] | null
    /**
     * Yêu cầu, điều kiện
     */
    requirementsAndConditions?: string | null
    /**
     * Mô tả
     */
    description?: string | null
    /**
     * Nơi tiếp nhận
     */
    dossierReceivingAddresses?: string | null
    /**
     * Cấp xã
     */
    isWard?: boolean | null
    /**
     * Cách thức
     */
    executionMethods?: DetailAnswerMethod[] | null
    /**
     * Trình tự
     */
    executionSteps?: DetailAnswerStep[] | null
    /**
     * Trường hợp
     */
    executionCases?: DetailAnswerCase[] | null
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Một cách thức
 */
export interface DetailAnswerMethod {
  /**
   * Kênh nộp
   */
  submissionMethod?: string | null
  /**
   * Thời hạn
   */
  processingTime?: number | null
  /**
   * Đơn vị
   */
  processingTimeUnit?: string | null
  /**
   * Diễn giải
   */
  description?: string | null
  /**
   * Phí
   */
  fees?: DetailAnswerFee[] | null
  [k: string]: unknown
}
/**
 * Một khoản phí
 */
export interface DetailAnswerFee {
  /**
   * Loại
   */
  type?: string | null
  /**
   * Số tiền
   */
  value?: number | null
  /**
   * Diễn giải
   */
  description?: string | null
  [k: string]: unknown
}
/**
 * Một bước
 */
export interface DetailAnswerStep {
  /**
   * Tên bước
   */
  name?: string | null
  /**
   * Diễn giải
   */
  description?: string | null
  [k: string]: unknown
}
/**
 * Một trường hợp
 */
export interface DetailAnswerCase {
  /**
   * Tên
   */
  name?: string | null
  /**
   * Giấy tờ
   */
  profileComponents?: DetailAnswerComponent[] | null
  [k: string]: unknown
}
/**
 * Một giấy tờ
 */
export interface DetailAnswerComponent {
  /**
   * Tên giấy tờ
   */
  name?: string | null
  /**
   * Mã giấy tờ
   */
  code?: string | null
  /**
   * Số bản chính
   */
  originalQty?: number | null
  /**
   * Số bản sao
   */
  copyQty?: number | null
  /**
   * Có biểu mẫu điện tử
   */
  hasElectronicForm?: boolean | null
  /**
   * Là kết quả thủ tục khác
   */
  isProcessingResult?: boolean | null
  /**
   * Tệp
   */
  attachments?: DetailAnswerFile[] | null
  [k: string]: unknown
}
/**
 * Một tệp
 */
export interface DetailAnswerFile {
  /**
   * Tên tệp
   */
  fileName?: string | null
  [k: string]: unknown
}
/**
 * Hỏi chi tiết một thủ tục
 *
 * POST configuring/formality/get-formality-by-citizen của API đọc công khai (2026).
 */
export interface DetailRequest {
  /**
   * Mã bản ghi thủ tục (UUID)
   */
  id: string
}
/**
 * Một trang danh sách thủ tục theo con trỏ
 *
 * Trả lời của list-all-public-formality-by-citizen.
 */
export interface ListAnswer {
  /**
   * Mã trả lời
   */
  code: string
  /**
   * Lời báo
   */
  message?: string | null
  /**
   * Dữ liệu
   */
  data?: {
    /**
     * Các thủ tục
     */
    items: ListAnswerItem[]
    /**
     * Mã cuối trang
     */
    lastId?: string | null
    /**
     * Tổng số
     */
    total?: number | null
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Một thủ tục trong danh sách
 */
export interface ListAnswerItem {
  /**
   * Mã bản ghi
   */
  id: string
  /**
   * Mã thủ tục
   */
  code: string
  /**
   * Tên
   */
  name?: string | null
  /**
   * Trạng thái
   */
  state?: string | null
  /**
   * Loại
   */
  type?: string | null
  [k: string]: unknown
}
/**
 * Hỏi danh sách thủ tục theo con trỏ
 *
 * POST submitting/formality/list-all-public-formality-by-citizen của API đọc công khai (2026).
 */
export interface ListRequest {
  /**
   * Số mục mỗi trang
   */
  limit: number
  /**
   * Sau mã này; trống: từ đầu
   */
  lastId: string
  /**
   * Từ khoá
   */
  q: string
  /**
   * Lĩnh vực
   */
  categoryId: string
  /**
   * Mã cơ quan
   */
  departmentCode: string
  /**
   * Cấp
   */
  level?: 'COMMUNE' | 'PROVINCE' | 'MINISTRY'
}
/**
 * Một trang danh sách thủ tục theo số trang
 *
 * Trả lời của reporting/formalities; appliedDepartmentIds đã bị bỏ khi đọc.
 */
export interface PagesAnswer {
  /**
   * Mã trả lời
   */
  code: string
  /**
   * Lời báo
   */
  message?: string | null
  /**
   * Dữ liệu
   */
  data?: {
    /**
     * Các thủ tục
     */
    items: PagesAnswerItem[]
    /**
     * Phân trang
     */
    pagination: {
      /**
       * Trang
       */
      currentPage?: number | null
      /**
       * Số mục
       */
      pageSize?: number | null
      /**
       * Tổng số
       */
      total?: number | null
      /**
       * Số trang
       */
      totalPages?: number | null
      [k: string]: unknown
    }
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Một thủ tục trong danh sách
 */
export interface PagesAnswerItem {
  /**
   * Mã bản ghi
   */
  id: string
  /**
   * Mã thủ tục
   */
  code: string
  /**
   * Tên
   */
  name?: string | null
  /**
   * Trạng thái
   */
  state?: string | null
  /**
   * Loại
   */
  type?: string | null
  [k: string]: unknown
}
/**
 * Hỏi danh sách thủ tục theo số trang
 *
 * POST reporting/formalities của API đọc công khai (2026).
 */
export interface PagesRequest {
  /**
   * Từ khoá
   */
  q: string
  /**
   * Trang, từ 1
   */
  currentPage: number
  /**
   * Số mục mỗi trang
   */
  pageSize: number
}
/**
 * Hỏi chi tiết một thủ tục qua mapi
 *
 * Lời gọi LayThuTuc của dịch vụ tích hợp.
 */
export interface ServiceDetailRequest {
  /**
   * Phiên làm việc / Session
   *
   * Do mapi/login cấp, nhắc lại trong mọi lời gọi.
   */
  session: string
  /**
   * Mã đơn vị gọi / Calling agency
   */
  madonvi: string
  /**
   * Tên dịch vụ / Service
   */
  service: 'LayThuTuc'
  /**
   * Mã thủ tục / Procedure code
   */
  maTTHC: string
}
/**
 * Hỏi một danh mục qua mapi
 *
 * Lời gọi LayDanhSachTTHC, LayDanhMucCoQuan, LayDanhMucLinhVuc của dịch vụ chia sẻ.
 */
export interface ServiceListRequest {
  /**
   * Phiên làm việc / Session
   *
   * Do mapi/login cấp, nhắc lại trong mọi lời gọi.
   */
  session: string
  /**
   * Mã đơn vị gọi / Calling agency
   */
  madonvi: string
  /**
   * Tên dịch vụ / Service
   */
  service: 'LayDanhSachTTHC' | 'LayDanhMucCoQuan' | 'LayDanhMucLinhVuc'
}
